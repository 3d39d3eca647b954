"""Where the business stood: set once, corrected, taken anew."""

from decimal import Decimal
from uuid import uuid4

from services.metrics.domain.baseline import (
    Baseline,
    BaselineCorrected,
    BaselineSet,
    Evidence,
    Rebaselined,
)
from services.metrics.domain.calendar import NamedPeriod, natural_named
from services.metrics.domain.commitment import Commitment
from services.metrics.domain.errors import (
    BaselineIsMissing,
    BaselineOfSamePeriod,
    BaselineStands,
)
from services.metrics.domain.subjects import About, Subject, Voice
from shared.access.refusals_of_figures import (
    OwnFigures,
)
from tests.support.scenario import Scenario, scenario

LEAD, CHEN_HERSELF = Voice(manager=True), Voice(subject=True, manager=True)
CHEN = Subject(kind="person", id=uuid4())


def named(code: str) -> NamedPeriod:
    period = natural_named(code)
    assert period is not None
    return period


ABOUT = About(kpi_id=uuid4(), subject=CHEN, period=named("2026-Q3"))


def stood(value: str = "300000", taken_from: str = "2026-Q2") -> Baseline:
    return Baseline(value=Decimal(value), taken_from=named(taken_from), method="sum of invoices")


def was_set(baseline: Baseline) -> BaselineSet:
    return BaselineSet(kpi_id=ABOUT.kpi_id, subject=CHEN, period=ABOUT.period, baseline=baseline)


CORRECTED = BaselineCorrected(value=Decimal(310000), reason="returns")


def commitment() -> Scenario[Commitment]:
    return scenario(Commitment)


def test_a_baseline_is_set_once() -> None:
    commitment().when(lambda c: c.set_baseline(ABOUT, stood(), LEAD)).then(was_set(stood()))


def test_the_same_baseline_again_records_nothing() -> None:
    commitment().given(was_set(stood())).when(
        lambda c: c.set_baseline(ABOUT, stood(), LEAD)
    ).then_nothing()


def test_another_baseline_is_refused() -> None:
    commitment().given(was_set(stood())).when(
        lambda c: c.set_baseline(ABOUT, stood("1"), LEAD)
    ).then_refused(BaselineStands, field="value", value=Decimal(300000))


def test_setting_the_original_again_after_a_correction_records_nothing() -> None:
    commitment().given(was_set(stood()), CORRECTED).when(
        lambda c: c.set_baseline(ABOUT, stood(), LEAD)
    ).then_nothing()


def test_no_one_sets_their_own_baseline() -> None:
    commitment().when(lambda c: c.set_baseline(ABOUT, stood(), CHEN_HERSELF)).then_refused(
        OwnFigures
    )


def test_a_correction_keeps_period_and_method() -> None:
    proof = Evidence(link="https://erp/1", sha256=None)
    fact = BaselineCorrected(value=Decimal(310000), reason="returns", evidence=proof)
    state = (
        commitment()
        .given(was_set(stood()))
        .when(lambda c: c.correct_baseline(Decimal(310000), "returns", proof, LEAD))
        .then(fact)
    )
    assert state.baseline == stood("310000").model_copy(update={"evidence": proof})
    assert state.original == stood()


def test_a_correction_to_the_standing_value_records_nothing() -> None:
    commitment().given(was_set(stood())).when(
        lambda c: c.correct_baseline(Decimal(300000), "none", None, LEAD)
    ).then_nothing()


def test_what_was_never_set_is_neither_corrected_nor_taken_anew() -> None:
    commitment().when(lambda c: c.correct_baseline(Decimal(1), "why", None, LEAD)).then_refused(
        BaselineIsMissing
    )
    commitment().when(lambda c: c.rebaseline(stood(), "why", LEAD)).then_refused(BaselineIsMissing)
    assert Commitment().after(CORRECTED).baseline is None


def test_a_baseline_is_taken_anew_from_another_period() -> None:
    anew = stood("420000", "2026-Q3")
    state = (
        commitment()
        .given(was_set(stood()))
        .when(lambda c: c.rebaseline(anew, "merger", LEAD))
        .then(Rebaselined(baseline=anew, reason="merger"))
    )
    assert (state.baseline, state.original) == (anew, stood())


def test_taking_the_same_baseline_anew_records_nothing() -> None:
    commitment().given(was_set(stood())).when(
        lambda c: c.rebaseline(stood(), "why", LEAD)
    ).then_nothing()


def test_another_value_of_the_same_period_is_a_correction() -> None:
    commitment().given(was_set(stood())).when(
        lambda c: c.rebaseline(stood("5"), "why", LEAD)
    ).then_refused(BaselineOfSamePeriod, field="taken_from", period="2026-Q2")


def test_no_one_corrects_or_renews_their_own_baseline() -> None:
    given = was_set(stood())
    commitment().given(given).when(
        lambda c: c.correct_baseline(Decimal(1), "why", None, CHEN_HERSELF)
    ).then_refused(OwnFigures)
    commitment().given(given).when(
        lambda c: c.rebaseline(stood("5", "2026-Q1"), "why", CHEN_HERSELF)
    ).then_refused(OwnFigures)
