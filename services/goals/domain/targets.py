"""Which target holds on a business day, as known at an instant: the first, and each revision."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Generic, TypeVar
from uuid import UUID

from services.goals.domain.measure import Measure, Metric
from services.goals.domain.progress import metric_progress

T = TypeVar("T")


@dataclass(frozen=True)
class Statement(Generic[T]):
    """What was said to hold from a business day on, and when it was recorded.

    ``position`` orders statements as they were recorded; ``revision`` is ``None`` for the original.
    """

    says: T
    effective_from: date
    recorded_at: datetime
    position: int
    revision: UUID | None = None


def known_at(
    statements: Iterable[Statement[T]], instant: datetime | None
) -> tuple[Statement[T], ...]:
    """The statements recorded by this instant (all when ``None``), in the order of recording."""
    known = (s for s in statements if instant is None or s.recorded_at <= instant)
    return tuple(sorted(known, key=lambda s: s.position))


def in_force(statements: Sequence[Statement[T]], day: date) -> Statement[T] | None:
    """The statement that holds on this day: the latest recorded one effective on or before it.

    So a later-recorded revision cancels earlier ones effective on or after its own date.
    ``statements`` are those known, in the order of recording; ``None`` when none is effective yet.
    Source: docs/arithmetic.md, "Which target holds".
    """
    return next((s for s in reversed(statements) if s.effective_from <= day), None)


@dataclass(frozen=True)
class Step(Generic[T]):
    """One statement and the days on which it holds: from ``first`` to ``last``, inclusive.

    ``last`` is ``None`` for the one that holds until something else is said; a statement that was
    cancelled before it ever held has ``first`` ``None`` and the id that cancelled it.
    """

    statement: Statement[T]
    first: date | None
    last: date | None = None
    cancelled_by: UUID | None = None


def steps(statements: Sequence[Statement[T]]) -> tuple[Step[T], ...]:
    """Every known statement with the days on which it holds, in the order of recording.

    Source: docs/arithmetic.md, "Which target holds".
    """
    return tuple(_step(s, statements[n + 1 :]) for n, s in enumerate(statements))


def _step(statement: Statement[T], later: Sequence[Statement[T]]) -> Step[T]:
    canceller = next((s for s in later if s.effective_from <= statement.effective_from), None)
    if canceller is not None:
        return Step(statement, first=None, cancelled_by=canceller.revision)
    followers = [s.effective_from for s in later]
    last = min(followers) - timedelta(days=1) if followers else None
    return Step(statement, first=statement.effective_from, last=last)


@dataclass(frozen=True)
class TwoProgresses:
    """Progress against the original and against the current measure, and what made the difference.

    ``baseline_effect`` is p(b₁,t₀) − p(b₀,t₀), ``target_effect`` p(b₁,t₁) − p(b₁,t₀); both are
    ``None`` where they cannot be told (no data, or no metric).
    """

    original: Decimal | None
    current: Decimal | None
    baseline_effect: Decimal | None = None
    target_effect: Decimal | None = None


def effects(
    actual: Decimal | None, original: Measure, current: Measure
) -> tuple[Decimal | None, Decimal | None]:
    """Baseline effect and target effect of the revisions, which add up to current − original.

    Source: docs/arithmetic.md, "Original and current".
    """
    if actual is None or not isinstance(original, Metric) or not isinstance(current, Metric):
        return None, None
    first = metric_progress(actual, original.baseline, original.target)
    halfway = metric_progress(actual, current.baseline, original.target)
    now = metric_progress(actual, current.baseline, current.target)
    return halfway - first, now - halfway
