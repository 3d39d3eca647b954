"""What is promised on a KPI, and which promise holds on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from services.metrics.domain.errors import PlanLeavesPeriod, TermsDoNotFit, TermsOutOfOrder
from services.metrics.domain.kpi import Direction
from shared.kernel.periods import Period

Amount = Annotated[Decimal, Field(allow_inf_nan=False)]


class PlanPoint(BaseModel):
    """What the aggregate since the period's first day should have reached by the end of a day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    on: date
    value: Amount


class Terms(BaseModel):
    """Pass mark, target and challenge in the KPI's unit; or two bounds to stay within, inclusive.

    ``share`` is this subject's part of a commitment shared with others, 1 is all of it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    threshold: Amount | None = None
    target: Amount | None = None
    stretch: Amount | None = None
    low: Amount | None = None
    high: Amount | None = None
    plan: tuple[PlanPoint, ...] = ()
    share: Amount = Decimal(1)


def must_fit(terms: Terms, direction: Direction, period: Period, code: str) -> None:
    """Terms have what their KPI's direction asks for, in order; the plan lies in the period."""
    bounds = (terms.low, terms.high)
    if (direction == "within") != (None not in bounds):
        raise TermsDoNotFit(field="terms")
    if direction == "within":
        if terms.target is not None or _sorted_wrongly(bounds):
            raise TermsOutOfOrder(field="terms")
    else:
        _must_have_a_target(terms, direction)
    days = [point.on for point in terms.plan]
    if any(b <= a for a, b in pairwise(days)) or any(day not in period for day in days):
        raise PlanLeavesPeriod(field="terms", period=code)


def _must_have_a_target(terms: Terms, direction: Direction) -> None:
    if terms.target is None or terms.low is not None or terms.high is not None:
        raise TermsDoNotFit(field="terms")
    marks = (terms.threshold, terms.target, terms.stretch)
    if _sorted_wrongly(marks if direction == "higher" else marks[::-1]):
        raise TermsOutOfOrder(field="terms")


def _sorted_wrongly(marks: Iterable[Decimal | None]) -> bool:
    given = [mark for mark in marks if mark is not None]
    return given != sorted(given)


@dataclass(frozen=True)
class AgreedTerms:
    """Terms both sides stood by, and the day from which they hold."""

    number: int
    terms: Terms
    effective_from: date


def in_force(agreed: Sequence[AgreedTerms], day: date) -> AgreedTerms | None:
    """The terms that hold on a day, of those agreed so far, in the order of agreeing.

    The one agreed last with ``effective_from`` on or before the day: a later agreement cancels
    earlier ones that were to hold from the same day or later. ``None`` before the first.
    Source: docs/arithmetic.md, "Which target holds".
    """
    return next((terms for terms in reversed(agreed) if terms.effective_from <= day), None)
