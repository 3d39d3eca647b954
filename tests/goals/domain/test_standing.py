"""How a key result stands, against its original and its current terms."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.goals.domain.kpi_figures import Definition, Figure, KpiFigures
from services.goals.domain.measure import KpiBinding, PlanPoint, Threshold, YesNo
from services.goals.domain.standing import KeyResultKnown, standing
from tests.support.goals import (
    FIRST,
    LAST,
    RULES,
    agreement,
    checked,
    known,
    metric,
    said,
    terms,
)

AUGUST, SEPTEMBER = date(2026, 8, 1), date(2026, 9, 1)
DOWN = said({"target": Decimal(1000), "plan": ()}, AUGUST, 1)
UP = said({"target": Decimal(1100), "plan": ()}, SEPTEMBER, 2)
CUSTOMERS = known(terms(), DOWN, UP, entries=[checked(date(2026, 9, 20), 660)])


def test_progress_is_told_against_1200_and_against_1100() -> None:
    now = standing(CUSTOMERS, LAST, RULES)
    assert now.progress.original == Decimal("0.55")
    assert now.progress.current == Decimal("0.6")
    assert (now.progress.baseline_effect, now.progress.target_effect) == (0, Decimal("0.05"))


def test_a_corrected_baseline_leaves_the_original() -> None:
    corrected = known(
        terms(metric(100, 1200)),
        said({"baseline": Decimal(0)}, AUGUST, 1),
        entries=[checked(AUGUST, 600)],
    )
    now = standing(corrected, SEPTEMBER, RULES).progress
    assert (now.original, now.current) == (Decimal("0.454545"), Decimal("0.5"))
    assert now.baseline_effect == Decimal("0.045455")


def test_without_a_check_in_it_has_not_started_then_is_at_risk() -> None:
    quiet = known(terms())
    first_week = standing(quiet, date(2026, 7, 6), RULES)
    assert (first_week.status, first_week.figure_overdue) == ("not_started", False)
    later = standing(quiet, date(2026, 9, 1), RULES)
    assert (later.status, later.figure_overdue, later.attention.stale) == ("at_risk", True, True)


def test_a_dropped_key_result_keeps_its_last_progress() -> None:
    dropped = known(
        terms(),
        entries=[checked(date(2026, 7, 20), 240), checked(SEPTEMBER, 900)],
        dropped_from=AUGUST,
    )
    assert standing(dropped, LAST, RULES).progress.original == Decimal("0.2")
    assert dropped.lives_on(date(2026, 7, 31))
    assert not dropped.lives_on(AUGUST)


def test_what_is_reached_once_for_all_asks_for_no_more() -> None:
    done = standing(known(terms(YesNo()), entries=[checked(FIRST, 1)]), SEPTEMBER, RULES)
    undone = standing(known(terms(YesNo()), entries=[checked(FIRST, 0)]), SEPTEMBER, RULES)
    assert (done.attention.due, done.attention.stale) == (None, False)
    assert undone.attention.stale


def test_a_dropped_key_result_is_still_expected_against_the_original() -> None:
    dropped = standing(known(terms(), dropped_from=AUGUST), LAST, RULES)
    assert (dropped.expected_original, dropped.expected < 1) == (1, True)


def test_a_plan_says_what_is_expected() -> None:
    plan = (PlanPoint(due=date(2026, 7, 31), value=Decimal(600)),)
    now = standing(known(terms(plan=plan)), date(2026, 7, 31), RULES)
    assert (now.expected, now.expected_original) == (Decimal("0.5"), Decimal("0.5"))


def monthly(*values: int) -> KeyResultKnown:
    keep = Threshold(operator="at_least", lower=Decimal(95), judged="period_ratio", period="month")
    stricter = said({"lower": Decimal(98)}, date(2026, 8, 10), 1)
    entries = [checked(date(2026, 7 + n, 20), value) for n, value in enumerate(values)]
    return known(terms(keep), stricter, entries=entries)


def test_each_month_is_judged_on_the_bound_then_in_force() -> None:
    now = standing(monthly(96, 97, 98), LAST, RULES).progress
    assert (now.original, now.current) == (1, Decimal("0.666667"))
    assert now.target_effect is None


def test_months_to_come_are_not_judged_before_the_deadline() -> None:
    early = standing(monthly(96, 99, 99), date(2026, 7, 25), RULES)
    assert early.progress.current == 1
    assert early.status == "met"


def test_a_month_left_unmeasured_is_not_met_in_the_end() -> None:
    assert standing(monthly(96), LAST, RULES).progress.current == Decimal("0.333333")


def test_a_threshold_that_replaced_another_measure_has_no_past_periods() -> None:
    keep = Threshold(operator="at_least", lower=Decimal(95), judged="period_ratio")
    says = {name: getattr(keep, name) for name in Threshold.model_fields}
    replaced = known(
        terms(YesNo()),
        said({**says, "unit": "%"}, AUGUST, 1),
        entries=[checked(date(2026, 8, 20), 96)],
    )
    assert standing(replaced, date(2026, 8, 25), RULES).progress.current == 1


def kpi_measured(deadline: date = LAST) -> KeyResultKnown:
    binding = KpiBinding(kpi_id=UUID(int=7), definition_version=1, subject_id=UUID(int=8))
    days = [date(2026, 6, 30), FIRST, date(2026, 8, 10), LAST]
    figures = [Figure(str(day), day, n, Decimal(300)) for n, day in enumerate(days)]
    bound = terms(kpi=binding, deadline=deadline)
    return KeyResultKnown(agreement(bound), KpiFigures(Definition("sum"), figures))


def test_a_kpi_measures_from_the_start_to_the_day() -> None:
    stands = [standing(kpi_measured(), day, RULES) for day in (FIRST, SEPTEMBER, LAST)]
    assert [s.said.value for s in stands] == [300, 600, 900]
    assert stands[1].observed_on == date(2026, 8, 10)


def test_a_kpi_measures_no_further_than_the_deadline() -> None:
    assert standing(kpi_measured(SEPTEMBER), LAST, RULES).said.value == 600


def test_before_the_start_a_kpi_says_nothing() -> None:
    before = standing(kpi_measured(), date(2026, 6, 30), RULES)
    assert (before.said.value, before.observed_on, before.status) == (None, None, "not_started")


def test_before_the_start_check_ins_are_known() -> None:
    early = known(terms(), entries=[checked(date(2026, 6, 25), 12)])
    assert standing(early, date(2026, 6, 26), RULES).said.value == 12


@given(st.integers(0, 2000), st.integers(0, 91), st.lists(st.integers(1, 3000), max_size=4))
def test_revisions_of_the_target_never_touch_the_original(
    value: int, day: int, targets: list[int]
) -> None:
    on = FIRST + timedelta(days=day)
    revisions = [
        said({"target": Decimal(target)}, FIRST + timedelta(days=10 * n), n + 1)
        for n, target in enumerate(targets)
    ]
    entries = [checked(FIRST, value)]
    plain = standing(known(terms(), entries=entries), on, RULES)
    revised = standing(known(terms(), *revisions, entries=entries), on, RULES)
    assert revised.progress.original == plain.progress.original == plain.progress.current
    assert revised.expected_original == plain.expected
    assert revised.progress.current is not None
    assert revised.progress.current - (revised.progress.original or 0) == (
        (revised.progress.baseline_effect or 0) + (revised.progress.target_effect or 0)
    )
