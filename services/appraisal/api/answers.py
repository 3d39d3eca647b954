"""How appraisals and schemes are told to clients: ids, decimals as strings, nothing hidden."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from services.appraisal.api.live import Standing
from services.appraisal.domain.figures import plain
from services.appraisal.domain.totals import SectionFigure
from shared.kernel.decimals import rounded

Row = dict[str, Any]


def summary(standing: Standing) -> Row:
    """One line of a list."""
    row, result = standing.row, standing.result
    return {
        "id": row["appraisal"],
        "version": row["stream_version"],
        "subject": row["subject"],
        "period": row["period"],
        "first": row["first"],
        "last": row["last"],
        "manager": row["manager"],
        "unit": row["unit"],
        "stage": row["stage"],
        "total": _text(result.total),
        "total_against_original": _text(result.total_against_original),
        "band": result.band,
        "veto": result.veto,
        "sealed": standing.sealed,
        "sealed_at": row["sealed_at"],
        "sealed_by": row["sealed_by"],
        "signed_by": row["signed_by"],
        "blocked_by": list(result.blocked_by),
    }


def whole(standing: Standing, names: Mapping[Any, Row], changes: list[Row]) -> Row:
    """One appraisal with everything its result is made of."""
    row, result = standing.row, standing.result
    return {
        **summary(standing),
        "scheme": _scheme(standing),
        "segments": [segment.model_dump(mode="json") for segment in standing.plan.segments],
        "sections": [_section(standing, section) for section in result.sections],
        "items": [
            {**plainly(item.model_dump()), **names.get(item.kpi, {})} for item in result.items
        ],
        "bonus": _text(result.bonus),
        "deduction": _text(result.deduction),
        "entries": [told(extra) for extra in standing.extras],
        "self_review": row["self_review"],
        "manager_review": row["manager_review"],
        "live_total": _text(standing.live.total),
        "live_band": standing.live.band,
        "changes": changes,
    }


def plainly(row: Mapping[str, Any]) -> Row:
    """As ``told``, without the zeros at the end of figures that were worked out."""
    return {
        key: plain(value) if isinstance(value, Decimal) else value for key, value in row.items()
    }


def told(row: Mapping[str, Any]) -> Row:
    """A row with its decimals as text."""
    return {key: str(value) if isinstance(value, Decimal) else value for key, value in row.items()}


def _scheme(standing: Standing) -> Row:
    says, rules = standing.scheme, standing.rules
    return {
        "id": says["scheme"],
        "version": says["version"],
        "code": says["code"],
        "title": says["title"],
        "self_share": _text(rules.self_share),
        "bonus_limit": _text(rules.bonus_limit),
        "deduction_limit": _text(rules.deduction_limit),
        "bands": [band.model_dump(mode="json") for band in rules.bands],
    }


def _section(standing: Standing, section: SectionFigure) -> Row:
    says = next(s for s in standing.rules.sections if s.code == section.code)
    return {
        **plainly(section.model_dump()),
        "title": says.title.model_dump(),
        "contribution": _share(section),
        "self": _mark(standing.row["self_review"], section.code),
        "manager": _mark(standing.row["manager_review"], section.code),
    }


def _share(section: SectionFigure) -> str | None:
    """What the section adds to the total, in points."""
    if section.points is None:
        return None
    return plain(rounded(Fraction(section.points) * Fraction(section.weight) / 100, 4))


def _mark(review: Mapping[str, Any] | None, section: str) -> str | None:
    marks = review["marks"] if review else []
    return next((str(mark["points"]) for mark in marks if mark["section"] == section), None)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
