"""Who may: what a command's streams say of it is judged before anything is recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from shared.eventing.asking import Asked
from shared.kernel.facts import Fact


@dataclass(frozen=True, slots=True)
class Touched:
    """One stream that a command asked something of.

    ``before`` is its aggregate as it was known, ``None`` when nothing had happened to it yet;
    ``after`` is the same with ``facts``. A command that was refused leaves no facts. ``concerns``
    is what the command itself told of it that the aggregate does not know.
    """

    stream: UUID
    before: Any
    after: Any
    facts: Sequence[Fact]
    concerns: Sequence[Any] = ()


class Rights(Protocol):
    """Judges commands."""

    def must(self, asked: Asked, touched: Sequence[Touched]) -> str | None:
        """The id of the rule that allows it, to be recorded with the facts; else refused."""
        ...
