"""How an objective stands: its key results together, against original and current."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.goals.domain.measure import YesNo
from services.goals.domain.objective_standing import (
    Line,
    ObjectiveStanding,
    Together,
    line,
    objective_standing,
    present_weights,
    unit_progress,
)
from services.goals.domain.rollup import Part
from services.goals.domain.standing import KeyResultKnown
from tests.support.goals import FIRST, LAST, RULES, checked, known, metric, terms

AUGUST, SEPTEMBER = date(2026, 8, 1), date(2026, 9, 1)


def at(percent: int, number: int, weight: int | None = None, **more: object) -> KeyResultKnown:
    entries = [checked(FIRST, percent, confidence=6)]
    return known(terms(metric(0, 100), number, weight=weight), entries=entries, **more)


def stands(
    *key_results: KeyResultKnown,
    children: tuple[Part, ...] = (),
    how: Together = Together(),  # noqa: B008
    on: date = SEPTEMBER,
    confidence: int | None = None,
) -> ObjectiveStanding:
    lines = [line(kr, on, RULES, confidence) for kr in key_results]
    return objective_standing(lines, children, on, RULES, how)


def figures(standing: ObjectiveStanding) -> tuple[Decimal | None, Decimal | None]:
    return standing.vs_original.progress, standing.vs_current.progress


def test_an_unrevised_objective_stands_alike_against_both() -> None:
    assert figures(stands(at(20, 1), at(80, 2))) == (Decimal("0.5"), Decimal("0.5"))


def test_dropping_the_weakest_raises_current_and_not_original() -> None:
    before = stands(at(20, 1), at(80, 2))
    after = stands(at(20, 1, dropped_from=AUGUST), at(80, 2))
    assert figures(after) == (figures(before)[0], Decimal("0.8"))


def test_dropping_what_was_never_measured_counts_0_in_the_original() -> None:
    unmeasured = known(terms(metric(0, 100), 1), dropped_from=FIRST)
    assert figures(stands(unmeasured, at(80, 2))) == (Decimal("0.4"), Decimal("0.8"))


def test_a_later_key_result_enters_only_current() -> None:
    joined = at(100, 3, added_later=True)
    published = (at(20, 1, 5000), at(80, 2, 5000))
    assert figures(stands(*published, joined)) == (Decimal("0.5"), Decimal("0.666667"))


percents = st.lists(st.integers(-50, 150), min_size=2, max_size=6)


@given(percents)
def test_dropping_the_weakest_never_lifts_the_original(some: list[int]) -> None:
    before = stands(*(at(p, n) for n, p in enumerate(some, 1)))
    weakest = some.index(min(some))
    dropped = [
        at(p, n + 1, dropped_from=AUGUST if n == weakest else None) for n, p in enumerate(some)
    ]
    after = stands(*dropped)
    assert after.vs_original.progress == before.vs_original.progress
    assert after.vs_current.progress is not None
    assert before.vs_current.progress is not None
    assert after.vs_current.progress >= before.vs_current.progress - Decimal("0.0001")


def test_an_added_weight_in_a_whole_set_counts_as_much_as_the_mean() -> None:
    assert present_weights([6000, 4000, None]) == (6000, 4000, 5000)
    assert present_weights([6000, None]) == (6000, 4000)
    assert present_weights([]) == ()


def test_children_may_count_instead_of_or_beside_key_results() -> None:
    child = Part(Decimal(1), 10_000)
    by = {s: Together(source=s) for s in ("key_results", "children", "both")}  # type: ignore[arg-type]
    own = (at(20, 1), at(80, 2))
    totals = {s: figures(stands(*own, children=(child,), how=how))[1] for s, how in by.items()}
    assert totals == {"key_results": Decimal("0.5"), "children": 1, "both": Decimal("0.666667")}
    only_child = stands(children=(child,), how=by["both"])
    assert (figures(only_child)[1], only_child.status) == (1, "achieved")


def test_a_sum_of_own_figures_does_not_reach_the_children() -> None:
    child = Part(Decimal("0.4"), 10_000)
    assert figures(stands(children=(child,), how=Together("sum", source="children")))[1] == Decimal(
        "0.4"
    )
    assert figures(stands(at(20, 1), at(80, 2), how=Together("sum")))[1] == Decimal("0.5")


def test_without_key_results_there_is_nothing_to_tell() -> None:
    empty = stands()
    assert (empty.status, empty.vs_current.reason) == ("no_data", "nothing_below")


def test_confidence_is_the_weighted_mean_of_what_was_given() -> None:
    sure, unsure = (line(at(50, n), SEPTEMBER, RULES, c) for n, c in ((1, 9), (2, 4)))
    silent = line(at(50, 3), SEPTEMBER, RULES)
    mixed = objective_standing([sure, unsure, silent], (), SEPTEMBER, RULES, Together())
    assert mixed.confidence == Decimal("6.5")
    assert stands(at(50, 1)).confidence is None


def test_overdue_and_stale_are_told_of_the_whole() -> None:
    late = stands(at(50, 1), on=date(2026, 7, 16))
    assert (late.overdue, late.stale) == (True, False)
    assert stands(at(50, 1), on=date(2026, 7, 23)).stale


@pytest.mark.parametrize(("percent", "status"), [(100, "achieved"), (70, "on_track")])
def test_its_status_follows_progress_and_expectation(percent: int, status: str) -> None:
    assert stands(at(percent, 1)).status == status


def test_something_simply_due_is_expected_in_the_end() -> None:
    undone = Line(
        known(terms(YesNo())),
        stands_of := line(known(terms(YesNo())), LAST, RULES).standing,
        lives=True,
    )
    assert stands_of.expected == 1
    whole = objective_standing([undone], (), LAST, RULES, Together())
    assert (whole.vs_current.progress, whole.status) == (0, "at_risk")


def test_a_unit_is_the_weighted_mean_of_what_it_holds() -> None:
    half, whole = Decimal("0.5"), Decimal(1)
    assert unit_progress([(half, None), (whole, None), (None, None)]) == Decimal("0.75")
    assert unit_progress([(half, 7500), (whole, 2500)]) == Decimal("0.625")
    assert unit_progress([]) is None
