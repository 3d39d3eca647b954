"""How a key result stands in one word: computed from progress and expectation, never typed."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from shared.kernel.decimals import ratio
from shared.kernel.periods import Period

Status = Literal[
    "not_started", "achieved", "on_track", "behind", "at_risk", "met", "not_met", "no_data"
]
Policy = Literal["gap", "ratio"]
Confidence = Literal["high", "medium", "low"]

BEHIND_FROM, AT_RISK_FROM = Decimal(0), Decimal("0.25")
ON_TRACK_SHARE, BEHIND_SHARE = Decimal("0.7"), Decimal("0.5")
HIGH_FROM, MEDIUM_FROM = Decimal(7), Decimal(4)


def by_gap(progress: Decimal, expected: Decimal) -> Status:
    """On track while e − p ≤ 0, behind up to 0.25, at risk beyond."""
    gap = expected - progress
    if gap <= BEHIND_FROM:
        return "on_track"
    return "behind" if gap <= AT_RISK_FROM else "at_risk"


def by_ratio(progress: Decimal, expected: Decimal) -> Status:
    """p/e ≥ 0.7 is on track, ≥ 0.5 behind, anything less at risk; e = 0 is never late."""
    if expected == 0 or ratio(progress, expected) >= ON_TRACK_SHARE:
        return "on_track"
    return "behind" if ratio(progress, expected) >= BEHIND_SHARE else "at_risk"


def judged(progress: Decimal | None, expected: Decimal, policy: Policy = "gap") -> Status:
    """Achieved from p = 1 on, else by the policy; no data where progress is ``None``.

    Source: docs/arithmetic.md, "Status".
    """
    if progress is None:
        return "no_data"
    if progress >= 1:
        return "achieved"
    return by_gap(progress, expected) if policy == "gap" else by_ratio(progress, expected)


@dataclass(frozen=True)
class Circumstances:
    """What a key result's status depends on beside its figures.

    ``grace`` in days;
    """

    window: Period
    grace: int
    is_threshold: bool = False
    policy: Policy = "gap"


def status(progress: Decimal | None, expected: Decimal, day: date, about: Circumstances) -> Status:
    """The computed status on a business day.

    Not started before the start, or without data within grace; a threshold is met or not met;
    otherwise achieved or by the policy, no data counting 0 and e being 1 after the end.
    Source: docs/arithmetic.md, "Status".
    """
    in_grace = day < about.window.first + timedelta(days=about.grace)
    if day < about.window.first or (progress is None and in_grace):
        return "not_started"
    if about.is_threshold:
        return "met" if progress is not None and progress >= 1 else "not_met"
    due = Decimal(1) if day > about.window.last else expected
    return judged(progress or Decimal(0), due, about.policy)


def confidence_band(confidence: Decimal) -> Confidence:
    """Of 0–10: 7 and more is high, 4 and more medium, below that low."""
    if confidence >= HIGH_FROM:
        return "high"
    return "medium" if confidence >= MEDIUM_FROM else "low"
