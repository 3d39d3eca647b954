"""What is promised, and which promise holds on a day."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.metrics.domain.errors import PlanLeavesPeriod, TermsDoNotFit, TermsOutOfOrder
from services.metrics.domain.kpi import Direction
from services.metrics.domain.terms import AgreedTerms, PlanPoint, Terms, in_force, must_fit
from shared.kernel.periods import Period
from shared.kernel.refusals import Refused

Q3 = Period(first=date(2026, 7, 1), last=date(2026, 9, 30))
DAYS = st.dates(Q3.first, Q3.last)


def terms(**figures: Any) -> Terms:
    return Terms(**{k: v if k == "plan" else Decimal(v) for k, v in figures.items()})


def plan(*days: date) -> tuple[PlanPoint, ...]:
    return tuple(PlanPoint(on=day, value=Decimal(n)) for n, day in enumerate(days))


@pytest.mark.parametrize(
    ("direction", "figures"),
    [
        ("higher", {"target": 100}),
        ("higher", {"threshold": 80, "target": 100, "stretch": 120}),
        ("higher", {"threshold": 100, "target": 100, "stretch": 100}),
        ("lower", {"threshold": 30, "target": 20, "stretch": 10}),
        ("lower", {"target": 20, "stretch": 10}),
        ("within", {"low": -1, "high": 1}),
        ("higher", {"target": 5, "plan": plan(date(2026, 7, 31), date(2026, 9, 30))}),
    ],
)
def test_fitting_terms_are_taken(direction: Direction, figures: dict[str, Any]) -> None:
    must_fit(terms(**figures), direction, Q3, "2026-Q3")


@pytest.mark.parametrize(
    ("direction", "figures", "refusal"),
    [
        ("higher", {}, TermsDoNotFit),
        ("higher", {"target": 1, "low": 0}, TermsDoNotFit),
        ("higher", {"target": 1, "low": 0, "high": 2}, TermsDoNotFit),
        ("within", {"low": 0}, TermsDoNotFit),
        ("within", {"low": 2, "high": 1}, TermsOutOfOrder),
        ("within", {"low": 0, "high": 1, "target": 1}, TermsOutOfOrder),
        ("higher", {"threshold": 101, "target": 100}, TermsOutOfOrder),
        ("higher", {"target": 100, "stretch": 99}, TermsOutOfOrder),
        ("lower", {"threshold": 10, "target": 20}, TermsOutOfOrder),
        ("lower", {"target": 20, "stretch": 21}, TermsOutOfOrder),
        ("higher", {"target": 5, "plan": plan(date(2026, 6, 30))}, PlanLeavesPeriod),
        (
            "higher",
            {"target": 5, "plan": plan(date(2026, 8, 2), date(2026, 8, 2))},
            PlanLeavesPeriod,
        ),
    ],
)
def test_terms_that_do_not_fit_are_refused(
    direction: Direction, figures: dict[str, Any], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        must_fit(terms(**figures), direction, Q3, "2026-Q3")


def agreed(number: int, effective_from: date) -> AgreedTerms:
    return AgreedTerms(number, terms(target=number), effective_from)


def test_before_the_first_agreement_nothing_holds() -> None:
    assert in_force([], Q3.first) is None
    assert in_force([agreed(1, Q3.first)], date(2026, 6, 30)) is None


def test_a_later_agreement_holds_from_its_day() -> None:
    both = [agreed(1, Q3.first), agreed(2, date(2026, 8, 15))]
    assert in_force(both, date(2026, 8, 14)) is both[0]
    assert in_force(both, date(2026, 8, 15)) is both[1]


def test_a_later_agreement_cancels_one_that_was_to_begin_later() -> None:
    three = [agreed(1, Q3.first), agreed(2, date(2026, 9, 1)), agreed(3, date(2026, 8, 1))]
    assert in_force(three, date(2026, 9, 15)) is three[2]


@settings(max_examples=150, deadline=None)
@given(st.lists(DAYS, max_size=8), DAYS)
def test_what_holds_is_what_is_left_after_cancelling(days: list[date], on: date) -> None:
    history = [agreed(n, day) for n, day in enumerate(days, 1)]
    alive: list[AgreedTerms] = []
    for later in history:
        alive = [a for a in alive if a.effective_from < later.effective_from] + [later]
    begun = [a for a in alive if a.effective_from <= on]
    assert in_force(history, on) == (begun[-1] if begun else None)
