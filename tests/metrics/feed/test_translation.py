"""One fact, one record: what is published says what was recorded, and no more."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from services.metrics.domain import baseline, commitment, key_result_ledger, kpi, kpi_ledger
from services.metrics.feed.translation import TRANSLATION
from shared.contracts import kpis, measurements
from shared.eventing.mapper import encode
from shared.kernel.actors import service
from shared.kernel.facts import Envelope, Fact, stored_names
from tests.metrics.api.test_sentences import (
    ABOUT,
    DAY,
    DEFINITION,
    ENTRY,
    FIRST,
    FIX,
    MEASURED,
    ONE,
    PROMISE,
    Q3,
    STOOD,
    TARGET,
    TOLD,
    WHY,
)

ENVELOPE = Envelope(actor=service("import"))


def published(fact: Fact) -> object:
    return TRANSLATION.contract_of(fact.stored_name, encode(fact, ENVELOPE))


def test_every_fact_of_metrics_is_published_once():
    own = {name for name in stored_names() if name.startswith("metrics.")}
    assert {entry.fact.stored_name for entry in TRANSLATION.entries} == own


@pytest.mark.parametrize("fact", [fact for fact, _ in TOLD], ids=lambda one: type(one).__name__)
def test_every_fact_can_be_read_as_its_record(fact):
    entry = next(e for e in TRANSLATION.entries if e.fact is type(fact))
    assert type(published(fact)) is entry.contract


def test_a_check_in_is_published_without_words():
    fact = key_result_ledger.CheckedIn(**FIRST, value=Decimal("1.50"), milestones_done=("live",))
    assert published(fact) == measurements.CheckedIn(
        **FIRST, value=Decimal("1.50"), milestones_done=("live",)
    )
    worded = key_result_ledger.CheckInWorded(
        key_result_id=ONE, entry_id=ONE, progress="p", obstacles="o", support_needed="s"
    )
    assert published(worded).audience == "own"


def test_the_reason_of_a_check_ins_correction_stays_inside():
    record = published(key_result_ledger.CheckInCorrected(**FIX, value=Decimal(2)))
    assert record == measurements.CheckInCorrected(**ENTRY, correction_id=ONE, value=Decimal(2))
    assert "reason" not in record.model_dump()


def test_a_definition_is_published_with_its_number():
    assert published(kpi.Defined(definition=DEFINITION)) == kpis.KpiDefined(**dict(DEFINITION))
    later = kpi.Redefined(definition=DEFINITION, number=3, effective_from=DAY, reason="why")
    assert published(later) == kpis.KpiRedefined(
        **dict(DEFINITION), definition=3, effective_from=DAY, reason="why"
    )


def test_a_figure_is_published_as_it_was_recorded():
    batch = {"id": UUID(int=7), "file": "july.csv", "row": 17}
    fact = kpi_ledger.Measured.model_validate({**MEASURED, "batch": batch, "note": "cash"})
    told = {**MEASURED, "subject": ABOUT["subject"].model_dump(), "batch": batch, "note": "cash"}
    assert published(fact) == kpis.Measured.model_validate(told)


def test_a_promise_and_its_revision_are_published_as_a_whole():
    offer = published(commitment.Offered(**PROMISE, definition=1, terms=TARGET))
    assert (offer.terms.target, offer.period.code) == (Decimal("400.50"), "2026-Q3")
    revision = published(commitment.Revised(**PROMISE, **WHY, terms=TARGET))
    assert (revision.category, revision.terms_number) == ("learned", 2)


def test_baselines_are_published_with_value_and_period():
    first = published(baseline.BaselineSet(**ABOUT, period=Q3, baseline=STOOD))
    assert (first.value, first.taken_from.code, first.method) == (
        Decimal("300.00"),
        "2026-Q3",
        "invoices",
    )
    anew = published(baseline.Rebaselined(baseline=STOOD, reason="merger"))
    assert (anew.value, anew.taken_from.first, anew.reason) == (
        Decimal("300.00"),
        date(2026, 7, 1),
        "merger",
    )
