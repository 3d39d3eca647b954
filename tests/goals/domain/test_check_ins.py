"""What check-ins say together."""

from datetime import date
from decimal import Decimal

from services.goals.domain.check_ins import CheckIn, CheckIns
from services.goals.domain.progress import Said
from shared.kernel.periods import Period
from tests.support.goals import checked

JULY = Period(first=date(2026, 7, 1), last=date(2026, 7, 31))
AUGUST = Period(first=date(2026, 8, 1), last=date(2026, 8, 31))
ENTRIES = CheckIns(
    [
        checked(date(2026, 8, 5), 300, rank=3, confidence=6),
        checked(date(2026, 7, 8), 100, rank=1, confidence=8),
        checked(date(2026, 7, 8), 110, rank=2),
        checked(date(2026, 8, 12), None, rank=4),
    ]
)


def test_the_latest_day_counts_and_within_a_day_the_later_entry() -> None:
    assert ENTRIES.said(JULY).value == 110
    assert ENTRIES.said(AUGUST).value == 300


def test_what_an_entry_leaves_out_still_holds() -> None:
    steps = CheckIns(
        [
            CheckIn(date(2026, 7, 8), 1, milestones_done=frozenset({"pilot"}), level="draft"),
            CheckIn(date(2026, 7, 15), 2, value=Decimal(1)),
            CheckIn(date(2026, 7, 22), 3, milestones_done=frozenset()),
        ]
    )
    assert steps.said(Period(first=JULY.first, last=date(2026, 7, 15))) == Said(
        Decimal(1), frozenset({"pilot"}), "draft"
    )
    assert steps.said(JULY).milestones_done == frozenset()


def test_within_some_days_only_what_was_observed_in_them_counts() -> None:
    assert ENTRIES.said_within(AUGUST) == 300
    assert ENTRIES.said_within(Period(first=date(2026, 9, 1), last=date(2026, 9, 30))) is None


def test_the_days_of_check_ins_are_known() -> None:
    assert ENTRIES.last_day(JULY) == date(2026, 7, 8)
    assert ENTRIES.last_day(AUGUST) == date(2026, 8, 12)
    assert ENTRIES.last_day(Period(first=date(2026, 7, 1), last=date(2026, 7, 1))) is None
    assert list(ENTRIES.days()) == [date(2026, 7, 8), date(2026, 8, 5), date(2026, 8, 12)]


def test_confidence_is_the_one_last_given() -> None:
    days = (date(2026, 7, 1), date(2026, 7, 31), date(2026, 8, 31))
    assert [ENTRIES.confidence(day) for day in days] == [None, 8, 6]
