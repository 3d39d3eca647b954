"""The named curves of the house, drawn for one commitment."""

from collections.abc import Callable
from decimal import Decimal
from itertools import count, takewhile
from typing import Literal, get_args

from services.appraisal.domain.achievement import Direction
from services.appraisal.domain.curves import HOLD, NOTHING, Anchor, Curve
from services.appraisal.domain.errors import (
    DeductionStepMissing,
    FloorEqualsSatisfactory,
    OwnCurveMissing,
)
from services.appraisal.domain.values import Value

Preset = Literal[
    "proportional",
    "threshold_target_stretch",
    "step_table",
    "efficacy",
    "pass_fail",
    "deduction_per_miss",
    "veto",
    "own",
]
PRESETS: tuple[str, ...] = get_args(Preset)

FULL = Decimal(100)
MOST_STEPS = 1000


class Bounds(Value):
    """What a commitment promises, in the KPI's unit: pass mark, challenge; or two bounds."""

    threshold: Decimal | None = None
    target: Decimal | None = None
    stretch: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None


class CurveChoice(Value):
    """Which curve an item uses.

    ``floor`` and ``satisfactory`` (功效系数) default to the commitment's threshold and target;
    ``per_miss`` is what one miss costs; ``curve`` is given with ``own`` only.
    """

    preset: Preset
    curve: Curve | None = None
    floor: Decimal | None = None
    satisfactory: Decimal | None = None
    per_miss: Decimal | None = None

    def must_be_sound(self, field: str) -> None:
        """Refused: an own curve that is missing or unsound, a preset without its numbers."""
        if self.preset == "own":
            if self.curve is None:
                raise OwnCurveMissing(field=f"{field}.curve")
            self.curve.must_be_sound(f"{field}.curve")
        if self.preset == "deduction_per_miss":
            step = self.per_miss or Decimal(0)
            if step <= 0 or step * MOST_STEPS < FULL:
                raise DeductionStepMissing(field=f"{field}.per_miss")
        if self.floor is not None and self.floor == self.satisfactory:
            raise FloorEqualsSatisfactory(field=f"{field}.floor")

    def drawn_for(self, bounds: Bounds, direction: Direction) -> Curve | None:
        """The curve for one commitment; ``None`` when it lacks a value the preset stands on."""
        return _DRAWN[self.preset](self, bounds, direction)


def _proportional(_: CurveChoice, _bounds: Bounds, direction: Direction) -> Curve | None:
    if direction == "within":
        return None
    return Curve(x="achievement", anchors=(_at("0", "0"), _at("1.2", "120")))


def _threshold_target_stretch(_: CurveChoice, bounds: Bounds, direction: Direction) -> Curve | None:
    if bounds.threshold is None or bounds.target is None or direction == "within":
        return None
    marks = [(bounds.threshold, Decimal(60)), (bounds.target, FULL)]
    if bounds.stretch is not None:
        marks.append((bounds.stretch, Decimal(120)))
    return _by_actual(marks, direction)


def _step_table(_: CurveChoice, _bounds: Bounds, direction: Direction) -> Curve | None:
    if direction == "within":
        return None
    anchors = (_at("0.6", "60"), _at("0.8", "80"), _at("1", "100"), _at("1.2", "120"))
    return Curve(x="achievement", form="step", anchors=anchors, before_first=NOTHING)


def _efficacy(choice: CurveChoice, bounds: Bounds, direction: Direction) -> Curve | None:
    floor = choice.floor if choice.floor is not None else bounds.threshold
    good = choice.satisfactory if choice.satisfactory is not None else bounds.target
    if floor is None or good is None or direction == "within":
        return None
    return _by_actual([(floor, Decimal(60)), (good, FULL)], direction)


def _pass_fail(_: CurveChoice, bounds: Bounds, direction: Direction) -> Curve | None:
    if direction == "within":
        if bounds.low is None and bounds.high is None:
            return None
        inside = (Anchor(x=Decimal(0), points=FULL),)
        return Curve(x="deviation", form="step", anchors=inside, after_last=NOTHING)
    if bounds.target is None:
        return None
    return _by_actual([(bounds.target, FULL)], direction, form="step")


def _deduction_per_miss(
    choice: CurveChoice, _bounds: Bounds, _direction: Direction
) -> Curve | None:
    step = choice.per_miss
    if not step or step <= 0:
        return None
    left = takewhile(lambda p: p > 0, (FULL - step * n for n in count()))
    anchors = tuple(Anchor(x=Decimal(n), points=points) for n, points in enumerate(left))
    after = Anchor(x=Decimal(len(anchors)), points=Decimal(0))
    return Curve(x="actual", form="step", anchors=(*anchors, after))


def _own(choice: CurveChoice, _bounds: Bounds, _direction: Direction) -> Curve | None:
    return choice.curve


_DRAWN: dict[str, Callable[[CurveChoice, Bounds, Direction], Curve | None]] = {
    "proportional": _proportional,
    "threshold_target_stretch": _threshold_target_stretch,
    "step_table": _step_table,
    "efficacy": _efficacy,
    "pass_fail": _pass_fail,
    "deduction_per_miss": _deduction_per_miss,
    "veto": _pass_fail,
    "own": _own,
}


def _by_actual(
    marks: list[tuple[Decimal, Decimal]],
    direction: Direction,
    form: Literal["linear", "step"] = "linear",
) -> Curve:
    """Anchors on the actual value; worse than the worst mark is 0, better than the best holds.

    Where two marks fall on one value, the better one counts.
    """
    best: dict[Decimal, Decimal] = {}
    for x, points in marks:
        best[x] = max(points, best.get(x, points))
    anchors = tuple(Anchor(x=x, points=best[x]) for x in sorted(best))
    worse, better = NOTHING, HOLD
    before, after = (better, worse) if direction == "lower" else (worse, better)
    return Curve(x="actual", form=form, anchors=anchors, before_first=before, after_last=after)


def _at(x: str, points: str) -> Anchor:
    return Anchor(x=Decimal(x), points=Decimal(points))
