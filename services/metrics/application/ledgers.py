"""What metrics does with figures of KPIs, thousands at a time: load, ask, save."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from services.metrics.application.commands import (
    CorrectMeasurements,
    RecordMeasurements,
    SealPeriods,
    WithdrawMeasurements,
)
from services.metrics.application.entries import (
    BatchEntry,
    EvidenceEntry,
    MeasurementCorrection,
    MeasurementEntry,
    MeasurementWithdrawal,
    SealEntry,
)
from services.metrics.application.on_subjects import Known, OnSubject, know, subject_of
from services.metrics.application.placed import placed
from services.metrics.application.premises import Premises
from services.metrics.domain.baseline import Evidence
from services.metrics.domain.errors import CorrectionLeavesTheYear
from services.metrics.domain.figure import Batch, Correction, Figure, Measurement, Said
from services.metrics.domain.kpi_ledger import KpiLedger, KpiYear
from shared.eventing.asking import Answer, Asked
from shared.eventing.journal import Journal, Work
from shared.kernel.clock import Clock
from shared.kernel.ids import id_of


def ledger_of(about: KpiYear) -> UUID:
    """The stream of a KPI ledger."""
    return id_of("kpi_ledger", about.kpi_id, about.subject.id, about.fiscal_year)


class KpiLedgers:
    """One method per command about figures; of each list all entries are done or none."""

    def __init__(self, journal: Journal, premises: Premises, clock: Clock) -> None:
        self._journal, self._premises, self._clock = journal, premises, clock

    def record_measurements(self, asked: Asked, command: RecordMeasurements) -> Answer:
        """Figures are recorded; those known already change nothing."""

        def decide(work: Work) -> None:
            entries = command.measurements
            known = know(self._premises, self._clock, work, entries)
            said = _all_said(known, entries)
            years = _years(known, entries, [one.observed_on for one in said])
            work.answer.more["recorded"] = 0
            for n, one in enumerate(entries):
                with placed("measurements", n):
                    _record(known, years[n], one, said[n], n)

        return self._journal.decide(asked, decide)

    def correct_measurements(self, asked: Asked, command: CorrectMeasurements) -> Answer:
        """Entries say something else; the first figures stay readable."""

        def decide(work: Work) -> None:
            entries = command.corrections
            known = know(self._premises, self._clock, work, entries)
            years = _years(known, entries, [one.fiscal_day for one in entries])
            for n, one in enumerate(entries):
                with placed("corrections", n):
                    _correct(known, years[n], one, n)

        return self._journal.decide(asked, decide)

    def withdraw_measurements(self, asked: Asked, command: WithdrawMeasurements) -> Answer:
        """Entries count no longer."""

        def decide(work: Work) -> None:
            entries = command.withdrawals
            known = know(self._premises, self._clock, work, entries)
            years = _years(known, entries, [one.fiscal_day for one in entries])
            for n, one in enumerate(entries):
                with placed("withdrawals", n):
                    _withdraw(known, years[n], one)

        return self._journal.decide(asked, decide)

    def seal_periods(self, asked: Asked, command: SealPeriods) -> Answer:
        """From now on these periods change only by correction with a reason."""

        def decide(work: Work) -> None:
            entries = command.seals
            known = know(self._premises, self._clock, work, entries)
            lasts = [known.calendar.named(one.period).last for one in entries]
            years = _years(known, entries, lasts)
            for n, one in enumerate(entries):
                with placed("seals", n):
                    _seal(known, years[n], one)

        return self._journal.decide(asked, decide)


def _years(known: Known, entries: Sequence[OnSubject], days: Sequence[date]) -> list[KpiYear]:
    """The ledger of each entry, all of them loaded at once."""
    code = {day: known.calendar.around("year", day).code for day in set(days)}
    years = [
        KpiYear(kpi_id=one.kpi_id, subject=subject_of(one), fiscal_year=code[day])
        for one, day in zip(entries, days, strict=True)
    ]
    known.work.load_many(KpiLedger, {ledger_of(year) for year in years})
    return years


def _all_said(known: Known, entries: Sequence[MeasurementEntry]) -> list[Said]:
    said = []
    for n, one in enumerate(entries):
        with placed("measurements", n):
            said.append(_said(known, one))
    return said


def _said(known: Known, one: MeasurementEntry | MeasurementCorrection) -> Said:
    """What the entry says: value, period key and day."""
    frequency = known.definition(one.kpi_id).frequency
    period, day = known.calendar.of_figure(frequency, one.observed_on, one.period, known.today)
    return Said(value=one.value, period=period.code, observed_on=day)


def _record(known: Known, year: KpiYear, one: MeasurementEntry, said: Said, n: int) -> None:
    stream, work = ledger_of(year), known.work
    name = (one.source, one.external_id) if one.external_id else (work.asked.request_id, n)
    new = Measurement(
        entry_id=id_of("entry", stream, *((one.entry_id,) if one.entry_id else name)),
        figure=Figure(
            said=said,
            origin=one.origin,
            source=one.source,
            external_id=one.external_id,
            batch=_batch(one.batch),
            evidence=_evidence(one.evidence),
            note=one.note,
        ),
        correction=one.correction,
        reason=one.reason,
    )
    definition, voice = known.definition(one.kpi_id), known.voice(one)
    facts = work.change(
        KpiLedger, stream, lambda x: x.measure(year, new, definition, voice, known.today)
    )
    work.answer.more["recorded"] += bool(facts)


def _correct(known: Known, year: KpiYear, one: MeasurementCorrection, n: int) -> None:
    stream, work = ledger_of(year), known.work
    said = _said(known, one)
    if known.calendar.around("year", said.observed_on).code != year.fiscal_year:
        raise CorrectionLeavesTheYear(field="observed_on", year=year.fiscal_year)
    right = Correction(
        entry_id=_stored(work, stream, one.entry_id),
        correction_id=one.correction_id or id_of("correction", work.asked.request_id, n),
        said=said,
        reason=one.reason,
        batch=_batch(one.batch),
        evidence=_evidence(one.evidence),
    )
    work.change(
        KpiLedger,
        stream,
        lambda x: x.correct(year, right, known.voice(one), known.today),
        expected=one.expected_version,
    )


def _withdraw(known: Known, year: KpiYear, one: MeasurementWithdrawal) -> None:
    stream = ledger_of(year)
    entry_id = _stored(known.work, stream, one.entry_id)
    known.work.change(
        KpiLedger,
        stream,
        lambda x: x.withdraw(year, entry_id, one.reason, known.voice(one)),
        expected=one.expected_version,
    )


def _seal(known: Known, year: KpiYear, one: SealEntry) -> None:
    period = known.calendar.named(one.period)
    known.work.change(
        KpiLedger,
        ledger_of(year),
        lambda x: x.seal(year, period, known.voice(one), known.today),
        expected=one.expected_version,
    )


def _stored(work: Work, stream: UUID, given: UUID) -> UUID:
    """The entry under its own id, or under the one that whoever brought it gave it."""
    known = given in work.load(KpiLedger, stream).entries.by_id
    return given if known else id_of("entry", stream, given)


def _batch(said: BatchEntry | None) -> Batch | None:
    return Batch(id=said.id, file=said.file, row=said.row) if said else None


def _evidence(said: EvidenceEntry | None) -> Evidence | None:
    return Evidence(link=said.link, sha256=said.sha256) if said else None
