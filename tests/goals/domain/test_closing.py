"""Scores at the end."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.goals.domain.closing import (
    Grade,
    Proposal,
    ProposedKeyResult,
    Verdict,
    closed,
)

ONE, TWO = UUID(int=1), UUID(int=2)
DAY = date(2026, 10, 5)
progress = st.decimals(-3, 3, places=4)


def proposal(first, second, current):
    return Proposal(
        original=current,
        current=current,
        key_results=(
            ProposedKeyResult(key_result_id=ONE, original=first, current=first),
            ProposedKeyResult(key_result_id=TWO, original=second, current=second),
        ),
    )


@given(progress, progress, progress)
def test_every_score_lies_between_0_and_1(first, second, current):
    closing = closed(Verdict(), proposal(first, second, current), {ONE: 5000, TWO: 5000}, DAY)
    scores = [closing.score, *(k.score for k in closing.key_results)]
    assert all(0 <= score <= 1 for score in scores)


@given(st.decimals(0, 1, places=3), st.decimals(0, 1, places=3))
def test_grades_make_the_score_by_their_weights(first, second):
    grades = (
        Grade(key_result_id=ONE, score=first, reason="seen"),
        Grade(key_result_id=TWO, score=second, reason="seen"),
    )
    closing = closed(
        Verdict(grades=grades), proposal(None, None, None), {ONE: 7500, TWO: 2500}, DAY
    )
    assert abs(closing.score - (3 * first + second) / 4) <= Decimal("0.000001")


def test_a_given_score_that_is_the_proposed_one_needs_no_reason():
    closing = closed(
        Verdict(score=Decimal("0.5"), override_reason="?"),
        proposal(None, None, Decimal("0.5")),
        {ONE: 5000},
        DAY,
    )
    assert closing.override_reason is None


def test_a_verdict_knows_whether_it_was_given():
    graded = Verdict(grades=(Grade(key_result_id=ONE, score=Decimal(1), reason="seen"),))
    closing = closed(graded, proposal(None, None, None), {ONE: 10_000}, DAY)
    assert graded.was_given_in(closing)
    assert not Verdict(score=Decimal("0.2")).was_given_in(closing)
    other = Verdict(grades=(Grade(key_result_id=ONE, score=Decimal(0), reason="seen"),))
    assert not other.was_given_in(closing)
