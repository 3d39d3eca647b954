"""The figures of one KPI and subject in a fiscal year."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.metrics.domain.calendar import natural_named
from services.metrics.domain.errors import (
    DayLiesAhead,
    EntryIsUnknown,
    EntrySaysOtherwise,
    EntryWasWithdrawn,
    KpiIsComputed,
    OnlySystemsReport,
    PeriodIsNotOver,
    PeriodIsSealed,
    ReasonIsMissing,
    SourceCarriesGoals,
)
from services.metrics.domain.figure import Batch, Correction, Figure, Measurement, Said
from services.metrics.domain.kpi import Definition
from services.metrics.domain.kpi_ledger import (
    KpiLedger,
    KpiYear,
    LedgerOpened,
    Measured,
    MeasurementCorrected,
    MeasurementWithdrawn,
    PeriodSealed,
)
from services.metrics.domain.subjects import Subject, Voice
from shared.access.refusals_of_figures import (
    NotYourFigures,
    OwnFigures,
)
from shared.kernel.facts import Fact
from shared.kernel.ids import id_of
from tests.support.scenario import Scenario, scenario

CHEN = Subject(kind="person", id=uuid4())
ABOUT = KpiYear(kpi_id=uuid4(), subject=CHEN, fiscal_year="2026")
OF = {"kpi_id": ABOUT.kpi_id, "subject": CHEN}
LEAD, HERSELF, ERP = Voice(manager=True), Voice(subject=True), Voice(service=True)
TODAY, DAY = date(2026, 8, 14), date(2026, 8, 13)
ENTRY, SECOND, CORRECTION = uuid4(), uuid4(), uuid4()
JULY = natural_named("2026-07")
assert JULY is not None
JULY_DAY = date(2026, 7, 31)


def kpi(**other: Any) -> Definition:
    return Definition(
        **{
            "code": "revenue",
            "name_zh": "销售收入",
            "name_en": "Revenue",
            "unit": "CNY",
            "direction": "higher",
            "over_time": "sum",
            "over_units": "sum",
            "frequency": "day",
            "grain": "replace",
            "owner_id": uuid4(),
            **other,
        }
    )


def said(value: int = 9_000, day: date = DAY) -> Said:
    return Said(value=Decimal(value), period=day.isoformat(), observed_on=day)


def figure(value: int = 9_000, day: date = DAY, **other: Any) -> Figure:
    return Figure(**{"said": said(value, day), "origin": "typed", "source": "erp", **other})


def new(value: int = 9_000, day: date = DAY, **other: Any) -> Measurement:
    own = {k: other.pop(k) for k in ("entry_id", "correction", "reason") if k in other}
    return Measurement(**{"entry_id": ENTRY, "figure": figure(value, day, **other), **own})


def measured(value: int = 9_000, day: date = DAY, entry: UUID = ENTRY, **other: Any) -> Measured:
    own = {k: other.pop(k) for k in ("after_sealing", "reason") if k in other}
    return Measured(**OF, entry_id=entry, **figure(value, day, **other).flat(), **own)


def corrected(
    value: int, correction: UUID = CORRECTION, day: date = DAY, **other: Any
) -> MeasurementCorrected:
    return MeasurementCorrected(
        **{
            **OF,
            "entry_id": ENTRY,
            "correction_id": correction,
            **dict(said(value, day)),
            "reason": "refund",
            **other,
        }
    )


def right(value: int, day: date = DAY, **other: Any) -> Correction:
    return Correction(
        **{
            "entry_id": ENTRY,
            "correction_id": CORRECTION,
            "said": said(value, day),
            "reason": "refund",
            **other,
        }
    )


OPENED = LedgerOpened(**dict(ABOUT))
SEALED = PeriodSealed(**OF, period=JULY)
WITHDRAWN = MeasurementWithdrawn(**OF, entry_id=ENTRY, reason="wrong person")


def ledger() -> Scenario[KpiLedger]:
    return scenario(KpiLedger)


def test_the_first_figure_opens_the_ledger() -> None:
    ledger().when(lambda x: x.measure(ABOUT, new(), kpi(), LEAD, TODAY)).then(OPENED, measured())


def test_a_further_figure_is_one_fact() -> None:
    ledger().given(OPENED, measured()).when(
        lambda x: x.measure(ABOUT, new(1, TODAY, entry_id=SECOND), kpi(), LEAD, TODAY)
    ).then(measured(1, TODAY, SECOND))


def test_batch_and_note_stay_with_the_figure() -> None:
    batch = Batch(id=uuid4(), file="july.csv", row=17)
    more = {"batch": batch, "note": "cash", "external_id": "INV-1", "origin": "imported"}
    ledger().given(OPENED).when(lambda x: x.measure(ABOUT, new(**more), kpi(), ERP, TODAY)).then(
        measured(**more)
    )


def test_an_entry_known_already_records_nothing() -> None:
    ledger().given(OPENED, measured(), measured(5, TODAY, SECOND)).when(
        lambda x: x.measure(ABOUT, new(), kpi(), LEAD, TODAY)
    ).then_nothing()


def test_the_same_external_id_with_the_same_content_records_nothing() -> None:
    ledger().given(OPENED, measured(external_id="INV-1")).when(
        lambda x: x.measure(ABOUT, new(entry_id=SECOND, external_id="INV-1"), kpi(), LEAD, TODAY)
    ).then_nothing()


def test_the_same_external_id_with_other_content_is_refused() -> None:
    ledger().given(OPENED, measured(external_id="INV-1")).when(
        lambda x: x.measure(ABOUT, new(8, entry_id=SECOND, external_id="INV-1"), kpi(), LEAD, TODAY)
    ).then_refused(EntrySaysOtherwise, field="external_id", entry="INV-1")


def test_the_same_external_id_of_another_source_is_another_entry() -> None:
    other = {"external_id": "INV-1", "source": "crm"}
    ledger().given(OPENED, measured(external_id="INV-1")).when(
        lambda x: x.measure(ABOUT, new(8, entry_id=SECOND, **other), kpi(), LEAD, TODAY)
    ).then(measured(8, entry=SECOND, **other))


def test_marked_a_correction_it_replaces_the_entry_of_that_external_id() -> None:
    ledger().given(OPENED, measured(external_id="INV-1")).when(
        lambda x: x.measure(
            ABOUT,
            new(8, entry_id=SECOND, external_id="INV-1", correction=True, reason="refund"),
            kpi(),
            LEAD,
            TODAY,
        )
    ).then(corrected(8, id_of("correction", ENTRY, 1)))


def test_a_marked_correction_sent_again_records_nothing() -> None:
    ledger().given(OPENED, measured(external_id="INV-1"), corrected(8), corrected(7, SECOND)).when(
        lambda x: x.measure(
            ABOUT, new(8, external_id="INV-1", correction=True, reason="r"), kpi(), LEAD, TODAY
        )
    ).then_nothing()


def test_a_marked_correction_needs_its_reason() -> None:
    ledger().given(OPENED, measured()).when(
        lambda x: x.measure(ABOUT, new(8, correction=True), kpi(), LEAD, TODAY)
    ).then_refused(ReasonIsMissing, field="reason")


def test_a_withdrawn_entry_is_not_corrected_by_its_external_id() -> None:
    ledger().given(OPENED, measured(external_id="INV-1"), WITHDRAWN).when(
        lambda x: x.measure(
            ABOUT, new(8, external_id="INV-1", correction=True, reason="r"), kpi(), LEAD, TODAY
        )
    ).then_refused(EntryWasWithdrawn)


def test_what_the_source_says_already_records_nothing() -> None:
    ledger().given(OPENED, measured()).when(
        lambda x: x.measure(ABOUT, new(entry_id=SECOND), kpi(), LEAD, TODAY)
    ).then_nothing()


def test_a_new_value_of_the_same_day_supersedes() -> None:
    ledger().given(OPENED, measured()).when(
        lambda x: x.measure(ABOUT, new(8, entry_id=SECOND), kpi(), LEAD, TODAY)
    ).then(measured(8, entry=SECOND))


def test_equal_transactions_each_count() -> None:
    ledger().given(OPENED, measured()).when(
        lambda x: x.measure(ABOUT, new(entry_id=SECOND), kpi(grain="add"), LEAD, TODAY)
    ).then(measured(entry=SECOND))


def test_a_withdrawn_figure_can_be_recorded_again() -> None:
    ledger().given(OPENED, measured(), WITHDRAWN).when(
        lambda x: x.measure(ABOUT, new(entry_id=SECOND), kpi(), LEAD, TODAY)
    ).then(measured(entry=SECOND))


@pytest.mark.parametrize(
    ("measurement", "definition", "voice", "refusal"),
    [
        (new(day=date(2026, 8, 15)), kpi(), LEAD, DayLiesAhead),
        (new(source="insights"), kpi(), LEAD, SourceCarriesGoals),
        (
            new(),
            kpi(over_time="ratio_of_sums", numerator_id=ENTRY, denominator_id=SECOND),
            LEAD,
            KpiIsComputed,
        ),
        (new(), kpi(), HERSELF, OwnFigures),
        (new(origin="imported"), kpi(), Voice(subject=True, service=True), OwnFigures),
        (new(), kpi(), Voice(), NotYourFigures),
        (new(origin="system"), kpi(), LEAD, OnlySystemsReport),
    ],
)
def test_what_must_not_be_measured_is_refused(
    measurement: Measurement, definition: Definition, voice: Voice, refusal: type
) -> None:
    ledger().when(lambda x: x.measure(ABOUT, measurement, definition, voice, TODAY)).then_refused(
        refusal
    )


def test_late_figures_are_welcome_until_sealing() -> None:
    ledger().given(OPENED).when(
        lambda x: x.measure(ABOUT, new(day=JULY_DAY), kpi(), LEAD, TODAY)
    ).then(measured(day=JULY_DAY))


def test_after_sealing_a_figure_must_be_marked_a_correction() -> None:
    ledger().given(OPENED, SEALED).when(
        lambda x: x.measure(ABOUT, new(day=JULY_DAY), kpi(), LEAD, TODAY)
    ).then_refused(PeriodIsSealed, field="observed_on", period="2026-07")


def test_after_sealing_a_marked_figure_needs_its_reason() -> None:
    ledger().given(OPENED, SEALED).when(
        lambda x: x.measure(ABOUT, new(day=JULY_DAY, correction=True), kpi(), LEAD, TODAY)
    ).then_refused(ReasonIsMissing)


def test_after_sealing_a_reasoned_figure_is_recorded_as_late() -> None:
    late = {"day": JULY_DAY, "reason": "found in a drawer"}
    ledger().given(OPENED, SEALED).when(
        lambda x: x.measure(ABOUT, new(correction=True, **late), kpi(), LEAD, TODAY)
    ).then(measured(after_sealing=True, **late))


def test_days_outside_the_sealed_period_stay_open() -> None:
    ledger().given(OPENED, SEALED).when(lambda x: x.measure(ABOUT, new(), kpi(), LEAD, TODAY)).then(
        measured()
    )


def test_a_correction_may_move_the_day() -> None:
    proof = {"batch": Batch(id=uuid4())}
    ledger().given(OPENED, measured()).when(
        lambda x: x.correct(ABOUT, right(8, date(2026, 8, 12), **proof), LEAD, TODAY)
    ).then(corrected(8, day=date(2026, 8, 12), **proof))


def test_a_correction_into_a_sealed_period_is_flagged() -> None:
    ledger().given(OPENED, measured(), SEALED).when(
        lambda x: x.correct(ABOUT, right(8, JULY_DAY), LEAD, TODAY)
    ).then(corrected(8, day=JULY_DAY, after_sealing=True))


def test_a_correction_out_of_a_sealed_period_is_flagged() -> None:
    ledger().given(OPENED, measured(day=JULY_DAY), SEALED).when(
        lambda x: x.correct(ABOUT, right(8), LEAD, TODAY)
    ).then(corrected(8, after_sealing=True))


def test_a_correction_known_already_or_of_no_effect_records_nothing() -> None:
    ledger().given(OPENED, measured(), corrected(8)).when(
        lambda x: x.correct(ABOUT, right(7), LEAD, TODAY)
    ).then_nothing()
    ledger().given(OPENED, measured()).when(
        lambda x: x.correct(ABOUT, right(9_000), LEAD, TODAY)
    ).then_nothing()


@pytest.mark.parametrize(
    ("correction", "voice", "refusal"),
    [
        (right(1, entry_id=SECOND), LEAD, EntryIsUnknown),
        (right(1, date(2026, 9, 1)), LEAD, DayLiesAhead),
        (right(1), HERSELF, OwnFigures),
        (right(1), Voice(), NotYourFigures),
    ],
)
def test_what_must_not_be_corrected_is_refused(
    correction: Correction, voice: Voice, refusal: type
) -> None:
    ledger().given(OPENED, measured()).when(
        lambda x: x.correct(ABOUT, correction, voice, TODAY)
    ).then_refused(refusal)


def test_a_withdrawn_entry_cannot_be_corrected() -> None:
    ledger().given(OPENED, measured(), WITHDRAWN).when(
        lambda x: x.correct(ABOUT, right(1), LEAD, TODAY)
    ).then_refused(EntryWasWithdrawn)


def test_an_entry_is_withdrawn_once() -> None:
    ledger().given(OPENED, measured()).when(
        lambda x: x.withdraw(ABOUT, ENTRY, "wrong person", LEAD)
    ).then(WITHDRAWN)
    ledger().given(OPENED, measured(), WITHDRAWN).when(
        lambda x: x.withdraw(ABOUT, ENTRY, "again", LEAD)
    ).then_nothing()


def test_withdrawing_from_a_sealed_period_is_flagged() -> None:
    ledger().given(OPENED, measured(day=JULY_DAY), SEALED).when(
        lambda x: x.withdraw(ABOUT, ENTRY, "wrong person", LEAD)
    ).then(WITHDRAWN.model_copy(update={"after_sealing": True}))


def test_no_one_withdraws_their_own_nor_unknown_figures() -> None:
    ledger().given(OPENED, measured()).when(
        lambda x: x.withdraw(ABOUT, ENTRY, "low", HERSELF)
    ).then_refused(OwnFigures)
    ledger().when(lambda x: x.withdraw(ABOUT, ENTRY, "low", LEAD)).then_refused(EntryIsUnknown)


def test_a_period_that_has_ended_is_sealed_once() -> None:
    ledger().given(OPENED).when(lambda x: x.seal(ABOUT, JULY, LEAD, TODAY)).then(SEALED)
    ledger().given(OPENED, SEALED).when(lambda x: x.seal(ABOUT, JULY, LEAD, TODAY)).then_nothing()


def test_sealing_opens_a_ledger_without_figures() -> None:
    ledger().when(lambda x: x.seal(ABOUT, JULY, LEAD, TODAY)).then(OPENED, SEALED)


def test_a_running_period_is_not_sealed() -> None:
    ledger().when(lambda x: x.seal(ABOUT, JULY, LEAD, date(2026, 7, 31))).then_refused(
        PeriodIsNotOver, period="2026-07"
    )


def test_no_one_seals_their_own_figures() -> None:
    ledger().when(lambda x: x.seal(ABOUT, JULY, HERSELF, TODAY)).then_refused(OwnFigures)


def test_facts_that_do_not_belong_change_nothing() -> None:
    blank = KpiLedger()
    assert blank.after(Fact()) is blank
    assert blank.after(WITHDRAWN) == blank
