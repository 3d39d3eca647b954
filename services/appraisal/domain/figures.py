"""One KPI's figure: values, points, coverage, the records behind it, and what a gap means."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal
from uuid import UUID

from services.appraisal.domain.entries import Source
from services.appraisal.domain.presets import Bounds
from services.appraisal.domain.values import Value
from shared.kernel.decimals import rounded

Gap = Literal[
    "none",
    "nothing_due",
    "uncovered",
    "no_commitment",
    "no_value",
    "curve_needs_more",
    "target_is_zero",
]
UNANSWERED: tuple[Gap, ...] = ("no_commitment", "curve_needs_more", "target_is_zero")


class ItemFigure(Value):
    """One KPI's figure: values, the targets used, points, coverage, and the records behind it.

    ``target`` is the part of ``agreed_target`` that was due and covered; points are 0..120 by the
    curve, times the coverage under the policy ``zero``; ``None`` where there are none.
    """

    segment: date
    kpi: UUID
    code: str
    weight: Decimal
    direction: str
    commitment: UUID | None = None
    terms_number: int | None = None
    actual: Decimal | None = None
    target: Decimal | None = None
    agreed_target: Decimal | None = None
    original_target: Decimal | None = None
    achievement: Decimal | None = None
    points: Decimal | None = None
    points_against_original: Decimal | None = None
    covered: int = 0
    due: int = 0
    missing: Gap = "none"
    policy: str = "block"
    dropped: bool = False
    veto: bool = False
    formula: str = ""
    evidence: tuple[Source, ...] = ()

    @property
    def blocks(self) -> bool:
        """Whether this figure stands in the way of a total."""
        return self.missing in UNANSWERED or (
            self.policy == "block" and self.missing in ("uncovered", "no_value")
        )


def by_policy(
    filled: ItemFigure,
    points: Decimal | None,
    against_original: Decimal | None,
    fed_by_systems: bool,
) -> ItemFigure:
    """What a gap does to points: keep them, shrink them by coverage, or drop the item.

    ``renormalise`` is for system sources; a gap in typed or imported figures counts as ``zero``,
    else leaving out a bad week would pay.
    """
    policy = filled.policy
    if policy == "renormalise" and not fed_by_systems:
        policy = "zero"
    dropped = filled.missing == "nothing_due"
    if filled.missing in ("uncovered", "no_value"):
        if policy == "zero":
            share = Fraction(filled.covered, filled.due)
            points, against_original = _shrunk(points, share), _shrunk(against_original, share)
        dropped = policy == "renormalise" and points is None
    return filled.model_copy(
        update={
            "policy": policy,
            "points": points,
            "points_against_original": against_original,
            "dropped": dropped,
        }
    )


def _shrunk(points: Decimal | None, share: Fraction) -> Decimal:
    return rounded(Fraction(points or 0) * share)


def formula(direction: str, actual: Decimal | None, bounds: Bounds, points: Decimal | None) -> str:
    """The figure as a sum that can be done by hand."""
    if actual is None or points is None:
        return ""
    if direction == "within" or not bounds.target:
        return f"x = {plain(actual)}; points(x) = {plain(points)}"
    sign, a, t = "+" if direction == "higher" else "-", plain(actual), plain(bounds.target)
    return f"1 {sign} ({a} - {t}) / |{t}|; points(x) = {plain(points)}"


def plain(value: Decimal) -> str:
    """Without trailing zeros, and never in powers of ten."""
    return f"{value.normalize():f}"
