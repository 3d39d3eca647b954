"""One KPI from measurements and promises to points, and what a gap does."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.appraisal.domain.coverage import WorkingDays, due_periods
from services.appraisal.domain.working import Ledger, Question, figure
from shared.kernel.ids import id_of
from shared.kernel.periods import Period
from tests.support.appraisals import (
    LAST,
    QUARTER,
    commitment,
    entry,
    item,
    kpi,
    plan_point,
    record,
    terms,
)

D = Decimal
WORKING = WorkingDays()
DAYS = [period.first for period in due_periods(QUARTER, "day", WORKING)]
END = datetime(2026, 9, 30, 16, tzinfo=UTC)
AFTER = date(2026, 10, 8)


def every_day(value, *, without=(), **more):
    return tuple(
        entry(value, on=day, rank=n, **more)
        for n, day in enumerate(DAYS, start=1)
        if n not in without
    )


def ask(entries=(), *, an_item=None, promised="one", until=LAST, today=AFTER, **more):
    given = {
        "item": an_item or item(),
        "days": QUARTER,
        "ledger": Ledger(kpi=kpi(), entries=entries),
        "commitment": commitment(terms(target=66)) if promised == "one" else promised,
        "working": WORKING,
        "until": until,
        "today": today,
        "end_of_last": END,
    }
    return figure(Question(**{**given, **more}))


def test_the_quarter_has_66_working_days_here():
    assert len(DAYS) == 66


def test_a_full_quarter_on_target_is_100_points_with_its_records():
    answer = ask(every_day(1))
    assert (answer.actual, answer.target, answer.achievement) == (66, 66, 1)
    assert (answer.points, answer.covered, answer.due, answer.missing) == (100, 66, 66, "none")
    assert record(66) in answer.evidence
    assert record(1, id_of("commitment")) in answer.evidence
    assert answer.formula == "1 + (66 - 66) / |66|; points(x) = 100"


def test_a_figure_without_an_agreed_target_blocks():
    assert ask(every_day(1), promised=None).missing == "no_commitment"
    unsigned = commitment(terms(agreed_at=None))
    assert ask(every_day(1), promised=unsigned).blocks


def test_the_original_target_gives_points_beside():
    revised = commitment(terms(1, 132), terms(2, 66))
    answer = ask(every_day(1), promised=revised)
    assert (answer.agreed_target, answer.original_target) == (66, 132)
    assert (answer.points, answer.points_against_original) == (100, 50)


GAP = range(34, 67)  # the last 33 of 66 days were not measured


def test_renormalise_takes_points_from_the_covered_days_against_their_own_plan():
    answer = ask(every_day(1, without=GAP), an_item=item(missing="renormalise"))
    assert (answer.actual, answer.target, answer.points) == (33, 33, 100)
    assert (answer.covered, answer.due, answer.missing, answer.blocks) == (
        33,
        66,
        "uncovered",
        False,
    )


def test_renormalise_follows_the_plan_of_the_covered_days():
    steep = commitment(terms(target=66, plan=(plan_point(DAYS[32], 11),)))
    answer = ask(every_day(1, without=GAP), an_item=item(missing="renormalise"), promised=steep)
    assert (answer.target, answer.achievement) == (11, 3)


def test_renormalise_drops_an_item_of_which_nothing_was_measured():
    answer = ask((), an_item=item(missing="renormalise"))
    assert answer.dropped
    assert answer.points is None


def test_a_gap_in_typed_figures_is_never_renormalised():
    answer = ask(every_day(1, without=GAP, origin="typed"), an_item=item(missing="renormalise"))
    assert (answer.policy, answer.points) == ("zero", 50)


def test_zero_multiplies_the_points_by_the_coverage():
    answer = ask(every_day(1, without=GAP), an_item=item(missing="zero"))
    assert (answer.points, answer.points_against_original) == (50, 50)
    assert ask((), an_item=item(missing="zero")).points == 0


def test_block_shows_the_points_and_lets_no_total_through():
    answer = ask(every_day(1, without=GAP), an_item=item(missing="block"))
    assert answer.points == 100
    assert answer.blocks


def test_missing_days_never_become_zeros_of_the_actual():
    mean = Ledger(kpi=kpi(over_time="mean", direction="lower"), entries=every_day(12, without=GAP))
    answer = ask(an_item=item(missing="zero"), ledger=mean, promised=commitment(terms(target=12)))
    assert (answer.actual, answer.points) == (12, 50)


def test_in_the_running_period_only_days_gone_by_are_due():
    until = DAYS[9]
    answer = ask(every_day(1, without=range(10, 67)), until=until, today=until)
    assert (answer.covered, answer.due, answer.target, answer.points) == (9, 9, 9, 100)


def test_before_the_first_day_nothing_is_due_and_nothing_blocks():
    before = QUARTER.first - timedelta(days=1)
    answer = ask((), until=before, today=before)
    assert (answer.missing, answer.dropped, answer.blocks) == ("nothing_due", True, False)


def test_suspended_days_leave_coverage_and_target():
    closed = Period(first=DAYS[33], last=DAYS[-1])
    suspended = commitment(terms(target=66), suspended=(closed,))
    answer = ask(every_day(1, without=GAP), promised=suspended)
    assert (answer.covered, answer.due, answer.target, answer.points) == (33, 33, 33, 100)


def test_threshold_and_stretch_shrink_with_the_target():
    promised = commitment(terms(target=66, threshold=33, stretch=99))
    a_curve = item(preset="threshold_target_stretch", missing="renormalise")
    answer = ask(every_day(D("1.5"), without=GAP), an_item=a_curve, promised=promised)
    assert answer.points == 120


def test_a_ratio_of_sums_is_read_from_its_components():
    won = Ledger(kpi=kpi("orders_won"), entries=every_day(3))
    chances = Ledger(kpi=kpi("opportunities"), entries=every_day(10, without=(66,)))
    rate = kpi("win_rate", over_time="ratio_of_sums")
    answer = ask(
        an_item=item("win_rate", missing="zero"),
        ledger=Ledger(kpi=rate),
        above=won,
        below=chances,
        promised=commitment(terms(target="0.3")),
    )
    assert answer.actual == D("0.304615")
    assert (answer.covered, answer.due, answer.target) == (65, 66, D("0.3"))


def test_a_denominator_of_zero_has_no_value():
    answer = ask(
        an_item=item("win_rate", missing="block"),
        ledger=Ledger(kpi=kpi("win_rate", over_time="ratio_of_sums")),
        above=Ledger(kpi=kpi("orders_won"), entries=every_day(0)),
        below=Ledger(kpi=kpi("opportunities"), entries=every_day(0)),
    )
    assert (answer.actual, answer.missing, answer.blocks) == (None, "no_value", True)


def test_a_target_of_zero_has_only_curves_on_the_actual():
    none_wanted = commitment(terms(target=0))
    lower = Ledger(kpi=kpi(direction="lower"), entries=every_day(0))
    by_ratio = ask(ledger=lower, promised=none_wanted)
    assert (by_ratio.missing, by_ratio.blocks) == ("target_is_zero", True)
    by_actual = ask(ledger=lower, promised=none_wanted, an_item=item(preset="pass_fail"))
    assert by_actual.points == 100


def test_a_commitment_without_a_threshold_can_not_be_read_by_a_curve_that_needs_one():
    answer = ask(every_day(1), an_item=item(preset="threshold_target_stretch"))
    assert (answer.missing, answer.blocks) == ("curve_needs_more", True)


def test_within_bounds_is_judged_by_the_deviation():
    stock = Ledger(kpi=kpi(direction="within", over_time="mean"), entries=every_day(50))
    promised = commitment(terms(target=None, low=40, high=60))
    answer = ask(ledger=stock, promised=promised, an_item=item(preset="pass_fail"))
    assert (answer.points, answer.achievement) == (100, None)
    assert answer.formula == "x = 50; points(x) = 100"


def test_a_veto_that_was_missed_is_said():
    missed = ask(every_day(D("0.5")), an_item=item(preset="veto"))
    assert (missed.points, missed.veto) == (0, True)
    assert not ask(every_day(1), an_item=item(preset="veto")).veto


def test_a_level_follows_its_plan_while_the_period_runs():
    level = Ledger(kpi=kpi(over_time="last"), entries=every_day(50))
    planned = commitment(terms(target=100, plan=(plan_point(date(2026, 7, 31), 50),)))
    half_way = ask(ledger=level, promised=planned, until=date(2026, 8, 14), today=date(2026, 8, 15))
    assert (half_way.target, half_way.points) == (50, 100)
    assert ask(ledger=level, promised=planned).points == 50


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.integers(0, 5), min_size=66, max_size=66),
    st.sets(st.integers(1, 66), max_size=40),
    st.sampled_from(["renormalise", "zero", "block"]),
)
def test_whatever_was_measured_points_stay_in_range_and_the_order_is_nothing(values, gap, policy):
    entries = [
        entry(value, on=day, rank=n)
        for n, (day, value) in enumerate(zip(DAYS, values, strict=True), start=1)
        if n not in gap
    ]
    answer = ask(tuple(entries), an_item=item(missing=policy))
    again = ask(tuple(reversed(entries)), an_item=item(missing=policy))
    assert answer == again
    assert answer.covered == 66 - len(gap)
    assert answer.points is None or 0 <= answer.points <= 120


@pytest.mark.parametrize("gap", [0, 10, 40])
def test_zero_never_gives_more_than_renormalise(gap):
    entries = every_day(1, without=range(1, gap + 1))
    zero = ask(entries, an_item=item(missing="zero")).points
    renormalised = ask(entries, an_item=item(missing="renormalise")).points
    assert zero is not None
    assert renormalised is not None
    assert zero <= renormalised


def test_a_ratio_without_its_components_has_no_value():
    answer = ask(every_day(1), ledger=Ledger(kpi=kpi(over_time="ratio_of_sums")))
    assert (answer.actual, answer.missing) == (None, "uncovered")


def test_a_ratio_in_percent_reads_95():
    rate = Ledger(kpi=kpi("rate", over_time="ratio_of_sums", unit="%"))
    parts = (
        Ledger(kpi=kpi("a"), entries=every_day(95)),
        Ledger(kpi=kpi("b"), entries=every_day(100)),
    )
    answer = ask(ledger=rate, above=parts[0], below=parts[1])
    assert answer.actual == 95
