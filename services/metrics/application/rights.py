"""What a command is about, for deciding who may: whose figures, of whose KPI, whose key result.

Commands tell it, because a ledger knows neither the KPI's owner nor who answers for a key result.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from services.metrics.domain.subjects import Origin, Subject
from shared.access.things import NOTHING, Thing
from shared.eventing.rights import Touched


@dataclass(frozen=True)
class OfFigures:
    """Figures, terms or seals of a subject; ``origin`` where figures come in."""

    subject: Subject
    owner: UUID
    origin: Origin = "typed"
    place: str | None = field(default=None, compare=False)

    def thing(self) -> Thing:
        """As the policy knows it."""
        by = "system" if self.origin in ("system", "derived") else "hand"
        return Thing(
            {"subject": [self.subject.id], "owner": [self.owner]},
            {"kind": self.subject.kind, "by": by},
            self.place,
        )


@dataclass(frozen=True)
class OfKeyResult:
    """What is said about a key result."""

    responsible: UUID
    place: str | None = field(default=None, compare=False)

    def thing(self) -> Thing:
        """As the policy knows it."""
        return Thing({"responsible": [self.responsible]}, field=self.place)


def things(touched: Touched, _today: date) -> Sequence[Thing]:
    """What the command told of a stream; a KPI's definition concerns the whole company."""
    return [concern.thing() for concern in touched.concerns] or [NOTHING]
