"""The figures of one KPI and subject in one fiscal year, and everything that put them right."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.metrics.domain.baseline import Evidence
from services.metrics.domain.calendar import NamedPeriod
from services.metrics.domain.entries import Entries
from services.metrics.domain.errors import (
    DayLiesAhead,
    EntrySaysOtherwise,
    EntryWasWithdrawn,
    KpiIsComputed,
    PeriodIsNotOver,
    PeriodIsSealed,
    ReasonIsMissing,
    SourceCarriesGoals,
)
from services.metrics.domain.figure import Batch, Correction, Figure, Measurement, Said
from services.metrics.domain.kpi import Definition, carries_goals
from services.metrics.domain.subjects import Origin, Subject, Voice
from shared.kernel.facts import Fact
from shared.kernel.ids import id_of


class KpiYear(BaseModel):
    """Which KPI, whose figures, which fiscal year: the natural key of a ledger."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kpi_id: UUID
    subject: Subject
    fiscal_year: str


# What can have happened


class LedgerOpened(Fact, name="metrics.KpiLedger.LedgerOpened"):
    """The ledger of this KPI, subject and fiscal year exists."""

    kpi_id: UUID
    subject: Subject
    fiscal_year: str


class Measured(Fact, name="metrics.KpiLedger.Measured"):
    """A figure was recorded; late ones after sealing say why."""

    kpi_id: UUID
    subject: Subject
    entry_id: UUID
    value: Decimal
    period: str
    observed_on: date
    origin: Origin
    source: str
    external_id: str | None = None
    batch: Batch | None = None
    evidence: Evidence | None = None
    note: str = ""
    after_sealing: bool = False
    reason: str = ""


class MeasurementCorrected(Fact, name="metrics.KpiLedger.MeasurementCorrected"):
    """An entry should have said this from the beginning; its rank in time and its source stay."""

    kpi_id: UUID
    subject: Subject
    entry_id: UUID
    correction_id: UUID
    value: Decimal
    period: str
    observed_on: date
    reason: str
    after_sealing: bool = False
    batch: Batch | None = None
    evidence: Evidence | None = None


class MeasurementWithdrawn(Fact, name="metrics.KpiLedger.MeasurementWithdrawn"):
    """An entry counts no longer."""

    kpi_id: UUID
    subject: Subject
    entry_id: UUID
    reason: str
    after_sealing: bool = False


class PeriodSealed(Fact, name="metrics.KpiLedger.PeriodSealed"):
    """Figures of these days change only by correction with a reason."""

    kpi_id: UUID
    subject: Subject
    period: NamedPeriod


# What can be asked


@dataclass(frozen=True)
class KpiLedger:
    """A year of figures: an entry is measured once, then corrected or withdrawn by further facts;
    after its period is sealed only corrections that say why are taken.
    """

    opened: bool = False
    entries: Entries = field(default_factory=Entries)
    sealed: tuple[NamedPeriod, ...] = ()

    def measure(
        self, about: KpiYear, new: Measurement, kpi: Definition, by: Voice, today: date
    ) -> Iterator[Fact]:
        """Record a figure; one known already records nothing, one that differs is a correction."""
        by.must_report(new.figure.origin)
        self._must_be_fit(new.figure, kpi, today)
        known = self.entries.known_as(new.entry_id, new.figure)
        if known is not None:
            yield from self._again(about, known, new)
        elif not self._repeats(new.figure, kpi):
            late = self._must_be_open_for(new)
            if not self.opened:
                yield LedgerOpened(**dict(about))
            yield Measured(
                kpi_id=about.kpi_id,
                subject=about.subject,
                entry_id=new.entry_id,
                **new.figure.flat(),
                after_sealing=late,
                reason=new.reason,
            )

    def correct(self, about: KpiYear, right: Correction, by: Voice, today: date) -> Iterator[Fact]:
        """Say what an entry should have said, its day included; the first figure stays readable."""
        by.must_answer_for_figures()
        if right.correction_id in self.entries.corrections:
            return
        entry = self.entries.named(right.entry_id)
        if entry.withdrawn:
            raise EntryWasWithdrawn(field="entry_id")
        self._must_have_come(right.said.observed_on, today)
        if right.said == entry.said:
            return
        days = (entry.said.observed_on, right.said.observed_on)
        yield MeasurementCorrected(
            kpi_id=about.kpi_id,
            subject=about.subject,
            entry_id=right.entry_id,
            correction_id=right.correction_id,
            **dict(right.said),
            reason=right.reason,
            after_sealing=any(self._seal_over(day) for day in days),
            batch=right.batch,
            evidence=right.evidence,
        )

    def withdraw(self, about: KpiYear, entry_id: UUID, reason: str, by: Voice) -> Iterator[Fact]:
        """Let an entry count no longer; withdrawing it twice records nothing."""
        by.must_answer_for_figures()
        entry = self.entries.named(entry_id)
        if not entry.withdrawn:
            sealed = self._seal_over(entry.said.observed_on) is not None
            yield MeasurementWithdrawn(
                kpi_id=about.kpi_id,
                subject=about.subject,
                entry_id=entry_id,
                reason=reason,
                after_sealing=sealed,
            )

    def seal(self, about: KpiYear, period: NamedPeriod, by: Voice, today: date) -> Iterator[Fact]:
        """Close a period that has ended; sealing it twice records nothing."""
        by.must_answer_for_figures()
        if period in self.sealed:
            return
        if period.last >= today:
            raise PeriodIsNotOver(field="period", period=period.code, last=period.last.isoformat())
        if not self.opened:
            yield LedgerOpened(**dict(about))
        yield PeriodSealed(kpi_id=about.kpi_id, subject=about.subject, period=period)

    def _must_be_fit(self, figure: Figure, kpi: Definition, today: date) -> None:
        if kpi.over_time == "ratio_of_sums":
            raise KpiIsComputed(field="kpi_id", code=kpi.code)
        if carries_goals(figure.source):
            raise SourceCarriesGoals(field="source")
        self._must_have_come(figure.said.observed_on, today)

    def _must_have_come(self, day: date, today: date) -> None:
        if day > today:
            raise DayLiesAhead(field="observed_on", day=day.isoformat())

    def _again(self, about: KpiYear, known: UUID, new: Measurement) -> Iterator[Fact]:
        """What an entry once said may be sent again; other content must be marked a correction."""
        entry, said = self.entries.named(known), new.figure.said
        if said in entry.history:
            return
        if not new.correction:
            raise EntrySaysOtherwise(
                field="external_id", entry=new.figure.external_id or str(known)
            )
        if entry.withdrawn:
            raise EntryWasWithdrawn(field="external_id")
        self._must_have_a_reason(new)
        days = (entry.said.observed_on, said.observed_on)
        yield MeasurementCorrected(
            kpi_id=about.kpi_id,
            subject=about.subject,
            entry_id=known,
            correction_id=id_of("correction", known, len(entry.history)),
            **dict(said),
            reason=new.reason,
            after_sealing=any(self._seal_over(day) for day in days),
            batch=new.figure.batch,
            evidence=new.figure.evidence,
        )

    def _repeats(self, figure: Figure, kpi: Definition) -> bool:
        """Whether the source says of this period what it said last, without a name of its own."""
        nameless = kpi.grain == "replace" and figure.external_id is None
        return nameless and self.entries.stands_already(figure)

    def _must_be_open_for(self, new: Measurement) -> bool:
        """Whether the day is sealed; then it takes a correction with a reason and nothing else."""
        seal = self._seal_over(new.figure.said.observed_on)
        if seal is None:
            return False
        if not new.correction:
            raise PeriodIsSealed(field="observed_on", period=seal.code)
        self._must_have_a_reason(new)
        return True

    def _must_have_a_reason(self, new: Measurement) -> None:
        if not new.reason:
            raise ReasonIsMissing(field="reason")

    def _seal_over(self, day: date) -> NamedPeriod | None:
        return next((period for period in self.sealed if day in period), None)

    # What is true afterwards

    def after(self, fact: Fact) -> "KpiLedger":
        """The ledger once this fact is known; assigns, never judges."""
        match fact:
            case LedgerOpened():
                return replace(self, opened=True)
            case Measured():
                entries = self.entries.measured(
                    fact.entry_id, _said(fact), fact.source, fact.external_id
                )
                return replace(self, entries=entries)
            case MeasurementCorrected():
                entries = self.entries.corrected(fact.entry_id, fact.correction_id, _said(fact))
                return replace(self, entries=entries)
            case MeasurementWithdrawn():
                return replace(self, entries=self.entries.withdrawn(fact.entry_id))
            case PeriodSealed(period=period):
                return replace(self, sealed=(*self.sealed, period))
        return self


def _said(fact: Measured | MeasurementCorrected) -> Said:
    return Said(value=fact.value, period=fact.period, observed_on=fact.observed_on)
