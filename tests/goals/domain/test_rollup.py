"""What several key results amount to together."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from services.goals.domain.measure import Metric
from services.goals.domain.rollup import Part, coverage, roll_up

ratios = st.decimals(-3, 3, places=6)
parts = st.builds(
    Part,
    progress=st.none() | ratios,
    weight=st.integers(0, 10_000),
    overdue=st.booleans(),
    expected=st.decimals(0, 1, places=6),
)
sets = st.lists(parts, max_size=7)


def part(progress: str | None, weight: int = 5000, *, overdue: bool = False) -> Part:
    return Part(None if progress is None else Decimal(progress), weight, overdue=overdue)


def sized(baseline: int, target: int, actual: int | None, unit: str = "CNY") -> Part:
    measure = Metric(baseline=Decimal(baseline), target=Decimal(target))
    told = None if actual is None else Decimal(actual)
    gone = None if told is None else (told - baseline) / (target - baseline)
    return Part(gone, 5000, overdue=True, metric=measure, unit=unit, actual=told)


def test_progress_is_the_weighted_mean_of_what_is_clamped() -> None:
    assert roll_up([part("0.5", 7500), part("1.8", 2500)]).progress == Decimal("0.625")
    assert roll_up([part("-2"), part("1")]).progress == Decimal("0.5")


def test_the_cap_may_lie_above_one() -> None:
    assert roll_up([part("1.8")], cap=Decimal("1.5")).progress == Decimal("1.5")


def test_without_data_a_part_is_left_out_until_its_check_in_is_overdue() -> None:
    assert roll_up([part("0.8"), part(None)]).progress == Decimal("0.8")
    assert roll_up([part("0.8"), part(None, overdue=True)]).progress == Decimal("0.4")


def test_coverage_is_the_measured_share_of_the_live_weight() -> None:
    assert roll_up([part("0.8", 6000), part(None, 4000, overdue=True)]).coverage == Decimal("0.6")
    assert coverage([]) is None


def test_weight_0_is_shown_and_does_not_count() -> None:
    assert roll_up([part("0.8"), part("0", 0)]).progress == Decimal("0.8")
    assert roll_up([part("0.8", 0)]).reason == "weightless"


def test_no_figure_has_its_reason() -> None:
    assert roll_up([]).reason == "nothing_below"
    assert roll_up([part(None)]).reason == "nothing_measured_yet"
    assert roll_up([part("1")]).reason is None


def test_equal_parts_ignore_their_weights() -> None:
    assert roll_up([part("1", 9000), part("0", 1000)], "equal").progress == Decimal("0.5")


def test_the_size_of_the_target_may_be_the_weight() -> None:
    both = [sized(0, 300, 300), sized(100, 0, 100)]
    assert roll_up(both, "by_target_size").progress == Decimal("0.75")
    assert roll_up([part("1")], "by_target_size").reason == "weightless"


def test_a_sum_adds_up_figures_of_one_unit() -> None:
    assert roll_up([sized(0, 300, 450), sized(0, 100, 0)], "sum").progress == 1
    assert roll_up([sized(0, 300, 150), sized(0, 100, None)], "sum").progress == Decimal("0.375")
    assert roll_up([sized(0, 300, 1), sized(0, 1, 1, "家")], "sum").reason == "units_differ"
    assert roll_up([part("1")], "sum").reason == "units_differ"
    assert roll_up([sized(0, 300, 1), sized(300, 0, 1)], "sum").reason == "weightless"


def test_expectation_is_taken_over_the_same_parts() -> None:
    counted = replace(part("0.2", 2500), expected=Decimal("0.4"))
    left_out = replace(part(None, 7500), expected=Decimal(1))
    assert roll_up([counted, left_out]).expected == Decimal("0.4")


@given(sets, st.randoms(use_true_random=False))
def test_the_order_of_parts_does_not_matter(some: list[Part], chance: object) -> None:
    shuffled = sorted(some, key=lambda _: chance.random())  # type: ignore[attr-defined]
    assert roll_up(shuffled) == roll_up(some)


@given(sets, st.integers(2, 9))
def test_a_common_factor_of_the_weights_does_not_matter(some: list[Part], factor: int) -> None:
    scaled = [replace(p, weight=p.weight * factor) for p in some]
    assert roll_up(scaled) == roll_up(some)


@given(sets)
def test_progress_stays_between_0_and_the_cap_and_is_a_number(some: list[Part]) -> None:
    result = roll_up(some)
    assert (result.progress is None) == (result.reason is not None)
    if result.progress is not None:
        assert 0 <= result.progress <= 1


@given(sets, ratios)
def test_more_progress_of_one_part_never_lowers_the_whole(some: list[Part], more: Decimal) -> None:
    for n, one in enumerate(some):
        if one.progress is not None and more >= one.progress:
            better = [*some[:n], replace(one, progress=more), *some[n + 1 :]]
            before, after = roll_up(some).progress, roll_up(better).progress
            assert before is None or (after is not None and after >= before)
