"""From a figure to points: anchors in ascending order, and what holds beyond them."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from services.appraisal.domain.achievement import Direction
from services.appraisal.domain.errors import (
    AnchorsNotAscending,
    CurveWithoutAnchors,
    EndWithoutPoints,
    NothingToExtend,
)
from services.appraisal.domain.values import Value
from shared.kernel.decimals import rounded

Axis = Literal["achievement", "actual", "deviation"]


class Anchor(Value):
    """At ``x`` exactly so many points."""

    x: Decimal
    points: Decimal


class End(Value):
    """Beyond the anchors: ``hold`` the nearest points, one ``value``, or ``extend`` the line."""

    rule: Literal["hold", "value", "extend"] = "hold"
    points: Decimal | None = None


HOLD = End()
NOTHING = End(rule="value", points=Decimal(0))


class Curve(Value):
    """Points over achievement (a ratio), actual value, or deviation (both in the KPI's unit)."""

    x: Axis
    form: Literal["linear", "step"] = "linear"
    anchors: tuple[Anchor, ...]
    before_first: End = HOLD
    after_last: End = HOLD

    def must_be_sound(self, field: str) -> None:
        """Refused: no anchors, anchors out of order, an end that says nothing."""
        if not self.anchors:
            raise CurveWithoutAnchors(field=f"{field}.anchors")
        if any(left.x >= right.x for left, right in pairwise(self.anchors)):
            raise AnchorsNotAscending(field=f"{field}.anchors")
        for name, end in (("before_first", self.before_first), ("after_last", self.after_last)):
            if end.rule == "value" and end.points is None:
                raise EndWithoutPoints(field=f"{field}.{name}")
            if end.rule == "extend" and (self.form == "step" or len(self.anchors) < 2):
                raise NothingToExtend(field=f"{field}.{name}")

    def at(self, x: Decimal, direction: Direction) -> Decimal:
        """Points at ``x``, to six places. Source: docs/arithmetic.md, "KPI achievement".

        A step takes the greatest anchor ≤ x; for deviations, and for actual values of a KPI where
        lower is better, the smallest anchor ≥ x, so that a bound itself still counts as reached.
        """
        first, last = self.anchors[0], self.anchors[-1]
        if x < first.x:
            return self._beyond(self.before_first, x, self.anchors[:2])
        if x > last.x:
            return self._beyond(self.after_last, x, self.anchors[-2:])
        if self.form == "linear":
            return self._between(x)
        upwards = self.x == "deviation" or (self.x == "actual" and direction == "lower")
        if upwards:
            return next(a.points for a in self.anchors if a.x >= x)
        return next(a.points for a in reversed(self.anchors) if a.x <= x)

    def _between(self, x: Decimal) -> Decimal:
        if len(self.anchors) == 1:
            return self.anchors[0].points
        left, right = next(pair for pair in pairwise(self.anchors) if x <= pair[1].x)
        return _on_line(left, right, x)

    def _beyond(self, end: End, x: Decimal, nearest: tuple[Anchor, ...]) -> Decimal:
        if end.rule == "extend":
            return _on_line(nearest[0], nearest[-1], x)
        if end.rule == "value" and end.points is not None:
            return end.points
        return self.anchors[0].points if x < self.anchors[0].x else self.anchors[-1].points


def _on_line(left: Anchor, right: Anchor, x: Decimal) -> Decimal:
    rise = Fraction(right.points) - Fraction(left.points)
    run = Fraction(right.x) - Fraction(left.x)
    return rounded(Fraction(left.points) + rise * (Fraction(x) - Fraction(left.x)) / run)
