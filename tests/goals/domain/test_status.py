"""How a key result stands in one word."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from services.goals.domain.status import (
    Circumstances,
    by_gap,
    by_ratio,
    confidence_band,
    judged,
    status,
)
from shared.kernel.periods import Period

ABOUT = Circumstances(window=Period(first=date(2026, 7, 1), last=date(2026, 9, 30)), grace=7)
AUGUST, HALF = date(2026, 8, 15), Decimal("0.5")


def test_the_gap_policy_is_inclusive_at_both_marks() -> None:
    stands = [by_gap(Decimal(p), HALF) for p in ("0.5", "0.49", "0.25", "0.24")]
    assert stands == ["on_track", "behind", "behind", "at_risk"]


def test_the_ratio_policy_is_inclusive_at_both_marks() -> None:
    stands = [by_ratio(Decimal(p), HALF) for p in ("0.35", "0.34", "0.25", "0.24")]
    assert stands == ["on_track", "behind", "behind", "at_risk"]


def test_expecting_nothing_is_never_late() -> None:
    assert by_ratio(Decimal(-1), Decimal(0)) == "on_track"


def test_from_1_on_it_is_achieved_under_either_policy() -> None:
    assert judged(Decimal(1), HALF, "gap") == "achieved"
    assert judged(Decimal("1.2"), HALF, "ratio") == "achieved"
    assert judged(Decimal("0.4"), HALF, "ratio") == "on_track"
    assert judged(None, HALF) == "no_data"


def test_before_the_start_and_in_grace_without_data_it_has_not_started() -> None:
    assert status(HALF, HALF, date(2026, 6, 30), ABOUT) == "not_started"
    assert status(None, HALF, date(2026, 7, 7), ABOUT) == "not_started"
    assert status(None, HALF, date(2026, 7, 8), ABOUT) == "at_risk"
    assert status(HALF, HALF, date(2026, 7, 2), ABOUT) == "on_track"


def test_a_threshold_is_met_or_not_met() -> None:
    kept = replace(ABOUT, is_threshold=True)
    stands = [status(p, Decimal(1), AUGUST, kept) for p in (Decimal(1), HALF, None)]
    assert stands == ["met", "not_met", "not_met"]


def test_after_the_end_everything_is_expected() -> None:
    assert status(HALF, HALF, date(2026, 10, 1), ABOUT) == "at_risk"


@given(st.decimals(-2, 2, places=3), st.decimals(0, 1, places=3), st.sampled_from(["gap", "ratio"]))
def test_more_progress_never_stands_worse(progress: Decimal, due: Decimal, policy: str) -> None:
    order = ["at_risk", "behind", "on_track", "achieved"]
    about = replace(ABOUT, policy=policy)  # type: ignore[arg-type]
    now, better = (
        order.index(status(p, due, AUGUST, about)) for p in (progress, progress + Decimal("0.1"))
    )
    assert now <= better


def test_confidence_has_three_bands() -> None:
    bands = [confidence_band(Decimal(c)) for c in ("10", "7", "6.9", "4", "3.9", "0")]
    assert bands == ["high", "high", "medium", "medium", "low", "low"]
