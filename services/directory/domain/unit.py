"""Companies, departments and teams: a dated tree with heads and champions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from services.directory.domain.errors import CodeTaken, UnitIsClosed, UnitUnderItself
from services.directory.domain.words import UnitKind
from shared.kernel.facts import Fact

# What can have happened


class Founded(Fact, name="directory.Unit.Founded"):
    """A unit exists from this day on; the top of the tree has no parent."""

    code: str
    kind: UnitKind
    parent_id: UUID | None
    counts_as_department: bool
    effective_from: date


class Named(Fact, name="directory.Unit.Named"):
    """What the unit is called in Chinese and English."""

    name_zh: str
    name_en: str


class Moved(Fact, name="directory.Unit.Moved"):
    """From this day on the unit belongs to another parent."""

    parent_id: UUID
    effective_from: date


class HeadAppointed(Fact, name="directory.Unit.HeadAppointed"):
    """From this day on this person heads the unit."""

    person_id: UUID
    effective_from: date


class ChampionAppointed(Fact, name="directory.Unit.ChampionAppointed"):
    """From this day on this person is the unit's OKR champion."""

    person_id: UUID
    effective_from: date


class Closed(Fact, name="directory.Unit.Closed"):
    """This was the unit's last day; nobody holds a post in it afterwards."""

    last_day: date


class ClosuresMarked(Fact, name="directory.Unit.ClosuresMarked"):
    """On these days nobody works in the unit and below, whatever the calendar says."""

    days: tuple[date, ...]
    reason: str


class ClosuresLifted(Fact, name="directory.Unit.ClosuresLifted"):
    """On these days the unit works as the calendar says after all."""

    days: tuple[date, ...]


# What can be asked


@dataclass(frozen=True)
class Unit:
    """A part of the enterprise: founded, named, moved, led."""

    code: str = ""
    parent_id: UUID | None = None
    names: tuple[str, str] = ("", "")
    head_id: UUID | None = None
    champion_id: UUID | None = None
    last_day: date | None = None
    closures: dict[date, str] = field(default_factory=dict)

    def found(
        self,
        me: UUID,
        code: str,
        kind: UnitKind,
        parent_id: UUID | None,
        *,
        department: bool,
        day: date,
    ) -> Iterator[Fact]:
        """Begin to exist; once, under one code, and never below itself."""
        if parent_id == me:
            raise UnitUnderItself(field="parent_id")
        if self.code and self.code != code:
            raise CodeTaken(field="code", code=self.code)
        if not self.code:
            yield Founded(
                code=code,
                kind=kind,
                parent_id=parent_id,
                counts_as_department=department,
                effective_from=day,
            )

    def call(self, name_zh: str, name_en: str) -> Iterator[Fact]:
        """Be called so from now on."""
        if (name_zh, name_en) != self.names:
            yield Named(name_zh=name_zh, name_en=name_en)

    def move(self, me: UUID, parent_id: UUID | None, day: date) -> Iterator[Fact]:
        """Belong to another parent from this day on; never to itself."""
        if parent_id == me:
            raise UnitUnderItself(field="parent_id")
        if parent_id is not None and parent_id != self.parent_id:
            yield Moved(parent_id=parent_id, effective_from=day)

    def appoint(self, head: UUID | None, champion: UUID | None, day: date) -> Iterator[Fact]:
        """Be headed and championed by these people; leaving one out leaves it as it is."""
        if head is not None and head != self.head_id:
            yield HeadAppointed(person_id=head, effective_from=day)
        if champion is not None and champion != self.champion_id:
            yield ChampionAppointed(person_id=champion, effective_from=day)

    def close(self, last_day: date) -> Iterator[Fact]:
        """Be no more after this day; saying the same day again records nothing."""
        if self.last_day == last_day:
            return
        if self.last_day is not None:
            raise UnitIsClosed(field="last_day", code=self.code, last_day=self.last_day)
        yield Closed(last_day=last_day)

    def must_be_open(self, day: date, field: str) -> None:
        """Refuse what would tie somebody to the unit after its last day."""
        if self.last_day is not None and day > self.last_day:
            raise UnitIsClosed(field=field, code=self.code, last_day=self.last_day)

    def mark_closures(self, days: Iterable[date], reason: str) -> Iterator[Fact]:
        """Do not work on these days; what is known already is left out."""
        new = tuple(day for day in sorted(set(days)) if self.closures.get(day) != reason)
        if new:
            yield ClosuresMarked(days=new, reason=reason)

    def lift_closures(self, days: Iterable[date]) -> Iterator[Fact]:
        """Work on these days after all; where none was marked, nothing is lifted."""
        known = tuple(day for day in sorted(set(days)) if day in self.closures)
        if known:
            yield ClosuresLifted(days=known)

    # What is true afterwards

    def after(self, fact: Fact) -> "Unit":
        """The unit once this fact is known; assigns, never judges."""
        match fact:
            case Founded(code=code, parent_id=parent_id):
                return replace(self, code=code, parent_id=parent_id)
            case Named(name_zh=name_zh, name_en=name_en):
                return replace(self, names=(name_zh, name_en))
            case Moved(parent_id=parent_id):
                return replace(self, parent_id=parent_id)
            case HeadAppointed(person_id=person_id):
                return replace(self, head_id=person_id)
            case ChampionAppointed(person_id=person_id):
                return replace(self, champion_id=person_id)
            case Closed(last_day=last_day):
                return replace(self, last_day=last_day)
            case ClosuresMarked(days=days, reason=reason):
                return replace(self, closures=self.closures | dict.fromkeys(days, reason))
            case ClosuresLifted(days=days):
                kept = {d: why for d, why in self.closures.items() if d not in days}
                return replace(self, closures=kept)
        return self
