"""What every command about subjects' figures starts from: calendar, voices, definitions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol
from uuid import UUID

from services.metrics.application.entries import SubjectEntry
from services.metrics.application.premises import Premises, Voices
from services.metrics.domain.kpi import Definition, Kpi
from services.metrics.domain.subjects import Subject, Voice
from services.metrics.domain.tenant_calendar import TenantCalendar
from shared.eventing.journal import Work
from shared.kernel.clock import Clock


class OnSubject(Protocol):
    """An entry about one KPI of one subject."""

    @property
    def kpi_id(self) -> UUID:
        """The KPI."""
        ...

    @property
    def subject(self) -> SubjectEntry:
        """Whose figure it is."""
        ...


@dataclass(frozen=True)
class Known:
    """What one command knows before it decides about figures of subjects."""

    work: Work
    today: date
    calendar: TenantCalendar
    voices: Voices

    def kpi(self, kpi_id: UUID) -> Kpi:
        """The KPI, loaded before."""
        return self.work.load(Kpi, kpi_id)

    def definition(self, kpi_id: UUID) -> Definition:
        """What the KPI counts and how; refused when it was never defined."""
        return self.kpi(kpi_id).known()

    def voice(self, one: OnSubject) -> Voice:
        """How the one who asks stands to this subject and KPI."""
        voice, asker = self.voices.of[one.subject.id], self.voices.asker
        owns = asker is not None and asker == self.definition(one.kpi_id).owner_id
        return replace(voice, owner=True) if owns else voice


def know(premises: Premises, clock: Clock, work: Work, entries: Sequence[OnSubject]) -> Known:
    """Everything that deciding about these entries takes, in a constant number of queries."""
    for feed, position in premises.positions().items():
        work.on_premise(feed, position)
    work.load_many(Kpi, {one.kpi_id for one in entries})
    today = clock.today()
    subjects = {subject_of(one) for one in entries}
    return Known(
        work, today, premises.calendar(), premises.voices(work.asked.actor, subjects, today)
    )


def subject_of(one: OnSubject) -> Subject:
    """The subject of an entry in the domain's words."""
    return Subject(kind=one.subject.kind, id=one.subject.id)
