"""What metrics does with figures of KPIs, thousands at a time: load, ask, save."""

from collections.abc import Sequence
from dataclasses import dataclass
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
from services.metrics.application.rights import OfFigures
from services.metrics.domain.baseline import Evidence
from services.metrics.domain.errors import CorrectionLeavesTheYear
from services.metrics.domain.figure import Batch, Correction, Figure, Measurement, Said
from services.metrics.domain.kpi import Definition
from services.metrics.domain.kpi_ledger import KpiLedger, KpiYear
from services.metrics.domain.subjects import Origin, Voice
from shared.eventing.asking import Answer, Asked
from shared.eventing.journal import Journal, Work
from shared.kernel.clock import Clock
from shared.kernel.ids import id_of


def ledger_of(about: KpiYear) -> UUID:
    """The stream of a KPI ledger."""
    return id_of("kpi_ledger", about.kpi_id, about.subject.id, about.fiscal_year)


@dataclass(frozen=True)
class Shelf:
    """Where a figure goes: its ledger, the KPI, and how the one who asks stands to it."""

    year: KpiYear
    stream: UUID
    kpi: Definition
    voice: Voice


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
            days = [one.observed_on for one in said]
            shelves = _shelves(known, "measurements", entries, days)
            work.answer.more["recorded"] = 0
            for n, one in enumerate(entries):
                with placed("measurements", n):
                    _record(known, shelves[n], one, said[n], n)

        return self._journal.decide(asked, decide)

    def correct_measurements(self, asked: Asked, command: CorrectMeasurements) -> Answer:
        """Entries say something else; the first figures stay readable."""

        def decide(work: Work) -> None:
            entries = command.corrections
            known = know(self._premises, self._clock, work, entries)
            days = [one.fiscal_day for one in entries]
            shelves = _shelves(known, "corrections", entries, days)
            for n, one in enumerate(entries):
                with placed("corrections", n):
                    _correct(known, shelves[n], one, n)

        return self._journal.decide(asked, decide)

    def withdraw_measurements(self, asked: Asked, command: WithdrawMeasurements) -> Answer:
        """Entries count no longer."""

        def decide(work: Work) -> None:
            entries = command.withdrawals
            known = know(self._premises, self._clock, work, entries)
            days = [one.fiscal_day for one in entries]
            shelves = _shelves(known, "withdrawals", entries, days)
            for n, one in enumerate(entries):
                with placed("withdrawals", n):
                    _withdraw(known, shelves[n], one, n)

        return self._journal.decide(asked, decide)

    def seal_periods(self, asked: Asked, command: SealPeriods) -> Answer:
        """From now on these periods change only by correction with a reason."""

        def decide(work: Work) -> None:
            entries = command.seals
            known = know(self._premises, self._clock, work, entries)
            days = [known.calendar.named(one.period).last for one in entries]
            shelves = _shelves(known, "seals", entries, days)
            for n, one in enumerate(entries):
                with placed("seals", n):
                    _seal(known, shelves[n], one, n)

        return self._journal.decide(asked, decide)


def _shelves(
    known: Known, items: str, entries: Sequence[OnSubject], days: Sequence[date]
) -> list[Shelf]:
    """The shelf of each entry, made once for all that go to the same; their ledgers are loaded."""
    code = {day: known.calendar.around("year", day).code for day in set(days)}
    made: dict[tuple[UUID, UUID, str], Shelf] = {}
    shelves = []
    for n, (one, day) in enumerate(zip(entries, days, strict=True)):
        key = one.kpi_id, one.subject.id, code[day]
        if key not in made:
            with placed(items, n):
                made[key] = _shelf(known, one, code[day])
        shelves.append(made[key])
    known.work.load_many(KpiLedger, [shelf.stream for shelf in made.values()])
    return shelves


def _shelf(known: Known, one: OnSubject, fiscal_year: str) -> Shelf:
    year = KpiYear(kpi_id=one.kpi_id, subject=subject_of(one), fiscal_year=fiscal_year)
    return Shelf(year, ledger_of(year), known.definition(one.kpi_id), known.voice(one))


def _all_said(known: Known, entries: Sequence[MeasurementEntry]) -> list[Said]:
    """What each entry says; a period is looked up once for all that name the same day or code."""
    found: dict[object, tuple[str, date]] = {}
    said = []
    for n, one in enumerate(entries):
        with placed("measurements", n):
            key = one.kpi_id, one.observed_on, one.period
            if key not in found:
                found[key] = _when(known, one)
            period, day = found[key]
            said.append(Said(value=one.value, period=period, observed_on=day))
    return said


def _when(known: Known, one: MeasurementEntry | MeasurementCorrection) -> tuple[str, date]:
    """The period key and the business day of an entry."""
    frequency = known.definition(one.kpi_id).frequency
    period, day = known.calendar.of_figure(frequency, one.observed_on, one.period, known.today)
    return period.code, day


def _record(known: Known, shelf: Shelf, one: MeasurementEntry, said: Said, n: int) -> None:
    work, stream = known.work, shelf.stream
    _concern(known, shelf, f"measurements[{n}]", one.origin)
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
    facts = work.change(
        KpiLedger,
        stream,
        lambda x: x.measure(shelf.year, new, shelf.kpi, shelf.voice, known.today),
    )
    work.answer.more["recorded"] += bool(facts)


def _concern(known: Known, shelf: Shelf, place: str, origin: Origin = "typed") -> None:
    about = OfFigures(shelf.year.subject, shelf.kpi.owner_id, origin, place)
    known.work.concern(shelf.stream, about)


def _correct(known: Known, shelf: Shelf, one: MeasurementCorrection, n: int) -> None:
    _concern(known, shelf, f"corrections[{n}]")
    period, day = _when(known, one)
    if known.calendar.around("year", day).code != shelf.year.fiscal_year:
        raise CorrectionLeavesTheYear(field="observed_on", year=shelf.year.fiscal_year)
    request_id = known.work.asked.request_id
    right = Correction(
        entry_id=_stored(known.work, shelf.stream, one.entry_id),
        correction_id=one.correction_id or id_of("correction", request_id, n),
        said=Said(value=one.value, period=period, observed_on=day),
        reason=one.reason,
        batch=_batch(one.batch),
        evidence=_evidence(one.evidence),
    )
    known.work.change(
        KpiLedger,
        shelf.stream,
        lambda x: x.correct(shelf.year, right, shelf.voice, known.today),
        expected=one.expected_version,
    )


def _withdraw(known: Known, shelf: Shelf, one: MeasurementWithdrawal, n: int) -> None:
    _concern(known, shelf, f"withdrawals[{n}]")
    entry_id = _stored(known.work, shelf.stream, one.entry_id)
    known.work.change(
        KpiLedger,
        shelf.stream,
        lambda x: x.withdraw(shelf.year, entry_id, one.reason, shelf.voice),
        expected=one.expected_version,
    )


def _seal(known: Known, shelf: Shelf, one: SealEntry, n: int) -> None:
    _concern(known, shelf, f"seals[{n}]")
    period = known.calendar.named(one.period)
    known.work.change(
        KpiLedger,
        shelf.stream,
        lambda x: x.seal(shelf.year, period, shelf.voice, known.today),
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
