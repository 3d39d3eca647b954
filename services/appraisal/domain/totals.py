"""From figures and marks to sections, a total of 0..120, and a band."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from services.appraisal.domain.figures import ItemFigure
from services.appraisal.domain.rules import Band, Missing, Rules, Section
from services.appraisal.domain.values import Value
from shared.kernel.decimals import rounded

HIGHEST_TOTAL = Decimal(120)


class Mark(Value):
    """A judged section's mark, 0..100."""

    section: str
    points: Decimal


class SectionFigure(Value):
    """One section's points (at most 120), and the same against the original targets."""

    code: str
    kind: str
    weight: Decimal
    points: Decimal | None
    points_against_original: Decimal | None


class MeasuredSegment(Value):
    """A segment that counts: its calendar days and the figures of its KPIs."""

    days: int
    items: tuple[ItemFigure, ...]


class Judgement(Value):
    """What people added to the figures: marks of both reviewers, bonus, deduction, veto."""

    self_marks: tuple[Mark, ...] | None = None
    manager_marks: tuple[Mark, ...] | None = None
    bonus: Decimal = Decimal(0)
    deduction: Decimal = Decimal(0)
    veto: bool = False


class Result(Value):
    """The result with everything it is made of; no total while something blocks it.

    A sealed one says up to where the KPIs were known to it (``kpis@123``).
    """

    sections: tuple[SectionFigure, ...]
    items: tuple[ItemFigure, ...]
    bonus: Decimal
    deduction: Decimal
    veto: bool
    total: Decimal | None
    total_against_original: Decimal | None
    band: str | None
    blocked_by: tuple[str, ...] = ()
    complete_through: str = ""


def result(rules: Rules, segments: Sequence[MeasuredSegment], judged: Judgement) -> Result:
    """The total: Σ section weight · points / 100 + bonus - deduction, within 0..120, two places.

    Sums are exact and rounded once. The KPI section is the mean of its segments by calendar days.
    A veto sets the lowest band and leaves the points readable.
    Source: docs/arithmetic.md, "Total and band".
    """
    items = tuple(item for segment in segments for item in segment.items)
    sections = tuple(_section(section, rules, segments, judged) for section in rules.sections)
    blocked = _blocked_by(rules, items, sections)
    extra = Fraction(judged.bonus) - Fraction(judged.deduction)
    total = None if blocked else _total(sections, rules.missing_section, extra, original=False)
    original = None if blocked else _total(sections, rules.missing_section, extra, original=True)
    veto = judged.veto or any(item.veto for item in items)
    return Result(
        sections=sections,
        items=items,
        bonus=judged.bonus,
        deduction=judged.deduction,
        veto=veto,
        total=total,
        total_against_original=original,
        band=None if total is None else band(total, rules.bands, veto),
        blocked_by=blocked,
    )


def band(total: Decimal, bands: Sequence[Band], veto: bool = False) -> str:
    """The best band whose mark the total (two places, as shown) reaches; a veto sets the lowest."""
    reached = [b.name for b in bands if total >= b.at_least]
    return bands[-1].name if veto or not reached else reached[0]


def kpi_points(items: Sequence[ItemFigure], *, original: bool = False) -> Decimal | None:
    """One segment's KPI points by weight, dropped items left out; ``None`` when none is left."""
    total, weights = Fraction(0), Fraction(0)
    for item in items:
        if item.dropped:
            continue
        points = item.points_against_original if original else item.points
        if points is None:
            return None
        total += Fraction(item.weight) * Fraction(points)
        weights += Fraction(item.weight)
    return rounded(total / weights) if weights else None


def judged_points(section: str, rules: Rules, judged: Judgement) -> Decimal | None:
    """A judged section: self share and manager's share of their marks.

    Without a manager's mark there are no points: nobody's own mark counts beyond the self share.
    A missing self review is taken over by the manager (``renormalise``), counts 0, or blocks.
    """
    managers, own = _mark(judged.manager_marks, section), _mark(judged.self_marks, section)
    if managers is None:
        return None
    share = Fraction(rules.self_share) / 100
    if own is None and share:
        if rules.missing_reviewer == "block":
            return None
        own = managers if rules.missing_reviewer == "renormalise" else Decimal(0)
    return rounded(share * Fraction(own or 0) + (1 - share) * Fraction(managers))


def _mark(marks: Sequence[Mark] | None, section: str) -> Decimal | None:
    return next((mark.points for mark in marks or () if mark.section == section), None)


def _section(
    section: Section, rules: Rules, segments: Sequence[MeasuredSegment], judged: Judgement
) -> SectionFigure:
    if section.kind == "judged":
        points = original = judged_points(section.code, rules, judged)
    else:
        points = _over_segments(segments, original=False)
        original = _over_segments(segments, original=True)
    return SectionFigure(
        code=section.code,
        kind=section.kind,
        weight=section.weight,
        points=points,
        points_against_original=original,
    )


def _over_segments(segments: Sequence[MeasuredSegment], *, original: bool) -> Decimal | None:
    """The mean of the segments' KPI points, weighted by calendar days."""
    total, days = Fraction(0), 0
    for segment in segments:
        if segment.items and all(item.dropped for item in segment.items):
            continue
        points = kpi_points(segment.items, original=original)
        if points is None:
            return None
        total, days = total + segment.days * Fraction(points), days + segment.days
    return rounded(total / days) if days else None


def _blocked_by(
    rules: Rules, items: Sequence[ItemFigure], sections: Sequence[SectionFigure]
) -> tuple[str, ...]:
    """The codes of KPIs and sections that stand in the way of a total."""
    blocked = [f"{item.code}: {item.missing}" for item in items if item.blocks]
    if rules.missing_section == "block" or not any(s.points is not None for s in sections):
        blocked += [f"{s.code}: no_points" for s in sections if s.points is None]
    return tuple(dict.fromkeys(blocked))


def _total(
    sections: Sequence[SectionFigure], missing: Missing, extra: Fraction, *, original: bool
) -> Decimal:
    total, weights = Fraction(0), Fraction(0)
    for section in sections:
        points = section.points_against_original if original else section.points
        if points is None and missing != "zero":
            continue
        total += Fraction(section.weight) * Fraction(points or 0)
        weights += Fraction(section.weight)
    mean = total / weights if weights else Fraction(0)
    return rounded(min(max(mean + extra, Fraction(0)), Fraction(HIGHEST_TOTAL)), 2)
