"""What a decision is about, who asks, and what surrounds both."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol
from uuid import UUID

from shared.kernel.actors import Actor

EVERYWHERE = UUID(int=0)


@dataclass(frozen=True)
class Asker:
    """Who asks: the person whose rights count, or a named service.

    ``hand`` is the person who acts: the delegate when acting under a delegation, else the same.
    ``roles`` pairs a role with the unit in which (and below which) it holds, or ``EVERYWHERE``.
    ``active`` is false for people who left, were deactivated, or are not known here. A delegation
    may be limited to one unit and those below (``limit``). ``uncovered``: it holds, but not for the
    work of this service, so they ask as themselves and may only look.
    """

    person: UUID | None = None
    hand: UUID | None = None
    service: str | None = None
    active: bool = False
    roles: frozenset[tuple[str, UUID]] = frozenset()
    limit: UUID | None = None
    uncovered: bool = False

    @property
    def stands_in(self) -> bool:
        """Whether a delegate acts for somebody else."""
        return self.hand is not None and self.hand != self.person

    def holds(self, role: str, units: Collection[UUID]) -> bool:
        """Whether the role holds everywhere, or in one of these units."""
        return any(r == role and (u == EVERYWHERE or u in units) for r, u in self.roles)


NOBODY = Asker()


@dataclass(frozen=True)
class Thing:
    """What is asked for, by its parts: ``parts["holder"]`` are ids, ``marks`` words.

    A part that is missing is empty: nobody stands to it in any way.
    ``field`` names the input that pointed at it, for the refusal; ``action`` what is done to it
    where that is not what the command is called.
    """

    parts: Mapping[str, Collection[UUID]] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    field: str | None = None
    action: str | None = None

    def ids(self, part: str) -> Collection[UUID]:
        """The people and units that make up one part."""
        return self.parts.get(part, ())


NOTHING = Thing()


@dataclass(frozen=True)
class Lead:
    """Someone leads a unit: as its ``head`` or its ``champion``."""

    person: UUID
    part: str
    unit: UUID


@dataclass(frozen=True)
class Around:
    """What lies around people and units today.

    ``above``: everyone above a person by links of any kind and then by the line.
    ``within``: the units that contain a unit or a person's posts, itself included.
    ``led_by``: heads and champions of those units.
    """

    above: Mapping[UUID, Collection[UUID]] = field(default_factory=dict)
    within: Mapping[UUID, Collection[UUID]] = field(default_factory=dict)
    led_by: Mapping[UUID, Collection[Lead]] = field(default_factory=dict)


class Directory(Protocol):
    """The organisation as a service knows it, for deciding."""

    def asker(self, actor: Actor, today: date) -> Asker:
        """Who this actor is today."""
        ...

    def around(self, ids: Iterable[UUID], today: date) -> Around:
        """What lies around these people and units, in a constant number of queries."""
        ...
