"""Key results for tests: the demo quarter's terms, statements and evidence, in few words."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.goals.domain.agreement import KeyResultAgreement, agreed
from services.goals.domain.calendar import Calendar
from services.goals.domain.check_ins import CheckIn, CheckIns
from services.goals.domain.measure import Measure, Metric
from services.goals.domain.standing import KeyResultKnown, Rules
from services.goals.domain.targets import Statement
from services.goals.domain.terms import KeyResultTerms

FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)
CHEN = UUID(int=1)


def metric(baseline: int | str, target: int | str, stretch: int | None = None) -> Metric:
    """From a baseline to a target."""
    return Metric(
        baseline=Decimal(baseline),
        target=Decimal(target),
        stretch=None if stretch is None else Decimal(stretch),
    )


def terms(measure: Measure | None = None, number: int = 1, **more: Any) -> KeyResultTerms:
    """A key result of the third quarter: 1,200 new paying customers unless measured otherwise."""
    given = {
        "key_result_id": UUID(int=100 + number),
        "number": number,
        "title": "New paying customers",
        "responsible_id": CHEN,
        "start": FIRST,
        "deadline": LAST,
        "unit": "customers",
        "measure": measure or metric(0, 1200),
    }
    return KeyResultTerms(**{**given, **more})


def said(says: Mapping[str, Any], since: date, position: int) -> Statement[Mapping[str, Any]]:
    """A revision recorded on the day from which it holds."""
    recorded = datetime(since.year, since.month, since.day, 9, tzinfo=UTC)
    return Statement(dict(says), since, recorded, position, revision=UUID(int=position))


def agreement(
    original: KeyResultTerms, *revisions: Statement[Mapping[str, Any]]
) -> KeyResultAgreement:
    """What was published on the first day and revised since."""
    first: Statement[None] = Statement(None, FIRST, datetime(2026, 7, 1, tzinfo=UTC), 0)
    return agreed(original, first, revisions)


def checked(on: date, value: int | str | None, rank: int = 0, **more: Any) -> CheckIn:
    """A check-in with a figure."""
    figure = None if value is None else Decimal(value)
    return CheckIn(observed_on=on, rank=rank, value=figure, **more)


def known(
    original: KeyResultTerms,
    *revisions: Statement[Mapping[str, Any]],
    entries: Iterable[CheckIn] = (),
    **more: Any,
) -> KeyResultKnown:
    """A key result with its revisions and check-ins."""
    return KeyResultKnown(agreement(original, *revisions), CheckIns(entries), **more)


CALENDAR = Calendar()
RULES = Rules("weekly", CALENDAR.works, CALENDAR.periods)
