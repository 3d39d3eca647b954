"""How an objective stands: its key results and children together, against original and current."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from services.goals.domain.due import grace_days
from services.goals.domain.measure import Metric
from services.goals.domain.rollup import Mode, Part, RollUp, roll_up
from services.goals.domain.standing import KeyResultKnown, Rules, Standing, standing, window_of
from services.goals.domain.status import Circumstances, Status, status
from services.goals.domain.terms import ProgressSource
from services.goals.domain.weights import WHOLE, resolved
from shared.kernel.decimals import weighted_mean
from shared.kernel.periods import Period


@dataclass(frozen=True)
class Together:
    """How a roll-up is made: mode, cap, and whether key results, children or both count."""

    mode: Mode = "manual"
    cap: Decimal = Decimal(1)
    source: ProgressSource = "key_results"


@dataclass(frozen=True)
class Line:
    """One key result of an objective with its standing on the day asked for."""

    known: KeyResultKnown
    standing: Standing
    lives: bool
    confidence: int | None = None


@dataclass(frozen=True)
class ObjectiveStanding:
    """Where an objective stands on a day; ``confidence`` 0–10 is the weighted mean of its lines."""

    vs_current: RollUp
    vs_original: RollUp
    status: Status
    confidence: Decimal | None
    overdue: bool
    stale: bool


def line(known: KeyResultKnown, on: date, rules: Rules, confidence: int | None = None) -> Line:
    """A key result with its standing on a day."""
    return Line(known, standing(known, on, rules), known.lives_on(on), confidence)


def objective_standing(
    lines: Sequence[Line], children: Sequence[Part], on: date, rules: Rules, how: Together
) -> ObjectiveStanding:
    """How the objective stands; children count as ``how.source`` says.

    ``vs_original`` takes the published set with its weights, the dropped ones included;
    ``vs_current`` what lives now. Source: docs/arithmetic.md, "Original and current".
    """
    current = _rolled(current_parts(lines), children, how)
    live = [one for one in lines if one.lives]
    return ObjectiveStanding(
        vs_current=current,
        vs_original=_rolled(original_parts(lines), children, how),
        status=_status(live, current, on, rules),
        confidence=_confidence(live),
        overdue=any(one.standing.attention.overdue for one in live),
        stale=any(one.standing.attention.stale for one in live),
    )


def current_parts(lines: Iterable[Line]) -> tuple[Part, ...]:
    """What counts against current terms: the live key results with their present weights."""
    live = [one for one in lines if one.lives]
    weights = present_weights([one.standing.terms.weight for one in live])
    return tuple(
        _part(one, one.standing.progress.current, weight, one.standing.expected)
        for one, weight in zip(live, weights, strict=True)
    )


def original_parts(lines: Iterable[Line]) -> tuple[Part, ...]:
    """What counts against the original: the published set and weights, dropped ones included."""
    published = [one for one in lines if not one.known.added_later]
    weights = present_weights([one.known.agreement.original.weight for one in published])
    return tuple(
        _original_part(one, weight) for one, weight in zip(published, weights, strict=True)
    )


def present_weights(weights: Sequence[int | None]) -> tuple[int, ...]:
    """Weights resolved; an unset one that joined a set already whole counts as much as the mean."""
    given = [weight for weight in weights if weight is not None]
    if len(given) == len(weights) or sum(given) < WHOLE:
        return resolved(weights)
    average = round(Fraction(sum(given), len(given)))
    return tuple(average if weight is None else weight for weight in weights)


def _original_part(one: Line, weight: int) -> Part:
    part = _part(one, one.standing.progress.original, weight, one.standing.expected_original)
    measure = one.known.agreement.original.measure
    own = replace(part, metric=measure if isinstance(measure, Metric) else None)
    return own if one.lives else replace(own, overdue=True)


def _part(one: Line, progress: Decimal | None, weight: int, expected: Decimal) -> Part:
    terms = one.standing.terms
    return Part(
        progress=progress,
        weight=weight,
        overdue=one.standing.figure_overdue,
        expected=expected,
        metric=terms.measure if isinstance(terms.measure, Metric) else None,
        unit=terms.unit,
        actual=one.standing.said.value,
    )


def _rolled(parts: Sequence[Part], children: Sequence[Part], how: Together) -> RollUp:
    if how.source == "key_results":
        return roll_up(parts, how.mode, how.cap)
    if how.source == "children":
        return roll_up(children, _for_children(how.mode), how.cap)
    weights = [part.weight for part in parts]
    share = round(Fraction(sum(weights), len(weights))) if weights else WHOLE
    counted = [replace(child, weight=share or WHOLE) for child in children]
    return roll_up([*parts, *counted], _for_children(how.mode), how.cap)


def _for_children(mode: Mode) -> Mode:
    return mode if mode in ("equal", "manual") else "manual"


def _status(live: Sequence[Line], current: RollUp, on: date, rules: Rules) -> Status:
    if not live and current.progress is None:
        return "no_data"
    windows = [window_of(one.standing.terms) for one in live] or [Period(first=on, last=on)]
    about = Circumstances(
        window=Period(first=min(w.first for w in windows), last=max(w.last for w in windows)),
        grace=grace_days(rules.cadence),
        policy=rules.policy,
    )
    return status(current.progress, current.expected or Decimal(0), on, about)


def _confidence(live: Sequence[Line]) -> Decimal | None:
    given = [(one, one.confidence) for one in live if one.confidence is not None]
    weights = present_weights([one.standing.terms.weight for one, _ in given])
    pairs = zip((Decimal(c) for _, c in given), weights, strict=True)
    return weighted_mean(pairs)


def unit_progress(objectives: Iterable[tuple[Decimal | None, int | None]]) -> Decimal | None:
    """Weighted mean of the objectives a unit holds, those without a figure left out.

    Not of its descendants. Source: docs/arithmetic.md, "Units".
    """
    known = list(objectives)
    weights = present_weights([weight for _, weight in known])
    counted = [(p, w) for (p, _), w in zip(known, weights, strict=True) if p is not None]
    return weighted_mean(counted)
