"""Companies, departments and teams: a dated tree with heads and champions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from services.directory.domain.errors import (
    CodeTaken,
    UnitClosesBeforeItReopens,
    UnitIsClosed,
    UnitIsOpen,
    UnitUnderItself,
)
from services.directory.domain.words import Lead, UnitKind
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


class HeadVacated(Fact, name="directory.Unit.HeadVacated"):
    """From this day on nobody heads the unit."""

    effective_from: date


class ChampionVacated(Fact, name="directory.Unit.ChampionVacated"):
    """From this day on the unit has no OKR champion."""

    effective_from: date


class Closed(Fact, name="directory.Unit.Closed"):
    """This was the unit's last day; nobody holds a post in it afterwards."""

    last_day: date


class Reopened(Fact, name="directory.Unit.Reopened"):
    """From this day on the unit is there again, after it was closed."""

    effective_from: date
    reason: str


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
    reopens_on: date | None = None
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

    def leave_vacant(self, part: Lead, day: date) -> Iterator[Fact]:
        """Be headed or championed by nobody from this day on; twice records nothing."""
        if part == "head" and self.head_id is not None:
            yield HeadVacated(effective_from=day)
        if part == "champion" and self.champion_id is not None:
            yield ChampionVacated(effective_from=day)

    def close(self, last_day: date) -> Iterator[Fact]:
        """Be no more after this day; saying the same day again records nothing."""
        if self.ends == last_day:
            return
        if self.ends is not None:
            raise UnitIsClosed(field="last_day", code=self.code, last_day=self.ends)
        if self.reopens_on is not None and last_day < self.reopens_on:
            raise UnitClosesBeforeItReopens(
                field="last_day", code=self.code, reopens_on=self.reopens_on
            )
        yield Closed(last_day=last_day)

    def reopen(self, day: date, reason: str) -> Iterator[Fact]:
        """Be there again from a day after the last one; the same day again records nothing."""
        if self.reopens_on == day:
            return
        if self.ends is None or day <= self.ends:
            raise UnitIsOpen(field="effective_from", code=self.code, day=day)
        yield Reopened(effective_from=day, reason=reason)

    @property
    def ends(self) -> date | None:
        """The last day after which the unit is no more; none for one that opens again."""
        return self.last_day if self.reopens_on is None else None

    def must_be_open(self, day: date, field: str) -> None:
        """Refuse what would tie somebody to the unit on a day on which it is closed."""
        closed = self.last_day is not None and day > self.last_day
        if closed and (self.reopens_on is None or day < self.reopens_on):
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
        return replace(self, **self._placed(fact), **self._led(fact), **self._opened(fact))

    def _placed(self, fact: Fact) -> dict[str, Any]:
        match fact:
            case Founded(code=code, parent_id=parent_id):
                return {"code": code, "parent_id": parent_id}
            case Named(name_zh=name_zh, name_en=name_en):
                return {"names": (name_zh, name_en)}
            case Moved(parent_id=parent_id):
                return {"parent_id": parent_id}
        return {}

    def _led(self, fact: Fact) -> dict[str, Any]:
        match fact:
            case HeadAppointed(person_id=person_id):
                return {"head_id": person_id}
            case ChampionAppointed(person_id=person_id):
                return {"champion_id": person_id}
            case HeadVacated():
                return {"head_id": None}
            case ChampionVacated():
                return {"champion_id": None}
        return {}

    def _opened(self, fact: Fact) -> dict[str, Any]:
        match fact:
            case Closed(last_day=last_day):
                return {"last_day": last_day, "reopens_on": None}
            case Reopened(effective_from=day):
                return {"reopens_on": day}
            case ClosuresMarked(days=days, reason=reason):
                return {"closures": self.closures | dict.fromkeys(days, reason)}
            case ClosuresLifted(days=days):
                kept = {d: why for d, why in self.closures.items() if d not in days}
                return {"closures": kept}
        return {}
