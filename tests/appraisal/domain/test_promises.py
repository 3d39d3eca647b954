"""Which target an appraisal goes by."""

from datetime import UTC, date, datetime

from services.appraisal.domain.promises import commitment_for
from shared.kernel.periods import Period
from tests.support.appraisals import LAST, QUARTER, commitment, terms

END = datetime(2026, 9, 30, 16, tzinfo=UTC)
IN_AUGUST = datetime(2026, 8, 20, tzinfo=UTC)
AFTERWARDS = datetime(2026, 10, 5, tzinfo=UTC)


def appraised(*versions):
    found = commitment(*versions).appraised(LAST, END)
    return found.number if found else None


def test_the_terms_last_agreed_on_the_last_day_count():
    assert appraised(terms(1), terms(2, agreed_at=IN_AUGUST)) == 2


def test_terms_never_agreed_do_not_count():
    assert appraised(terms(1), terms(2, agreed_at=None)) == 1
    assert appraised(terms(1, agreed_at=None)) is None


def test_a_revision_agreed_after_the_period_does_not_count():
    assert appraised(terms(1), terms(2, agreed_at=AFTERWARDS)) == 1


def test_a_revision_for_the_time_after_the_last_day_does_not_count():
    later = terms(2, agreed_at=IN_AUGUST, effective_from=date(2026, 10, 1))
    assert appraised(terms(1), later) == 1


def test_the_revision_recorded_later_counts_even_when_it_holds_from_an_earlier_day():
    second = terms(2, agreed_at=IN_AUGUST, effective_from=date(2026, 9, 1))
    third = terms(3, agreed_at=IN_AUGUST, effective_from=date(2026, 8, 1))
    assert appraised(terms(1), second, third) == 3


def test_a_first_signature_that_came_late_still_gives_a_target():
    late = [terms(n, agreed_at=AFTERWARDS) for n in (1, 2)]
    assert appraised(*late) == 1


def test_the_original_is_what_was_agreed_first():
    first = commitment(terms(1, agreed_at=None), terms(2), terms(3)).original()
    assert first is not None
    assert first.number == 2
    assert commitment(terms(1, agreed_at=None)).original() is None


def test_the_commitment_with_most_days_in_common_counts_and_of_equals_the_shorter():
    august = Period(first=date(2026, 8, 1), last=date(2026, 8, 31))
    year = Period(first=date(2026, 1, 1), last=date(2026, 12, 31))
    known = [commitment(period=p) for p in (year, QUARTER, august)]
    assert commitment_for(QUARTER, known) == known[1]
    assert commitment_for(august, known) == known[2]


def test_a_commitment_without_a_day_in_common_does_not_count():
    july = Period(first=date(2026, 7, 1), last=date(2026, 7, 31))
    may = Period(first=date(2026, 5, 1), last=date(2026, 5, 31))
    assert commitment_for(july, [commitment(period=may)]) is None
    assert commitment_for(july, []) is None
