"""Commitments: offered, agreed or disputed, revised, suspended."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from services.metrics.domain.calendar import natural_named
from services.metrics.domain.commitment import (
    Agreed,
    Commitment,
    Disputed,
    Offered,
    Revised,
    Revision,
    Suspended,
)
from services.metrics.domain.errors import (
    CommitmentIsOffered,
    DayOutsidePeriod,
    NothingOffered,
    PeriodIsOver,
    TermsDoNotFit,
    TermsOutOfOrder,
)
from services.metrics.domain.subjects import About, Subject, Voice
from services.metrics.domain.terms import Terms
from shared.access.refusals_of_figures import (
    NotTheSubject,
    NotYourFigures,
    OwnFigures,
)
from shared.kernel.facts import Fact
from shared.kernel.periods import Period
from tests.support.scenario import Scenario, scenario

Q3 = natural_named("2026-Q3")
assert Q3 is not None
CHEN = Subject(kind="person", id=uuid4())
ABOUT = About(kpi_id=uuid4(), subject=CHEN, period=Q3)
LEAD, HERSELF, COLLEAGUE = Voice(manager=True), Voice(subject=True), Voice()
TODAY, REVISION = date(2026, 8, 14), uuid4()
CLOSED_FOR_PAINTING = Period(first=date(2026, 8, 1), last=date(2026, 8, 10))


def terms(target: int = 400_000) -> Terms:
    return Terms(threshold=Decimal(320_000), target=Decimal(target), stretch=Decimal(480_000))


def offered(promise: Terms | None = None) -> Offered:
    return Offered(
        kpi_id=ABOUT.kpi_id,
        definition=1,
        subject=CHEN,
        period=ABOUT.period,
        terms_number=1,
        terms=promise or terms(),
        effective_from=date(2026, 7, 1),
    )


def asked(target: int = 360_000, **other: Any) -> Revision:
    return Revision(
        **{
            "revision_id": REVISION,
            "terms": terms(target),
            "effective_from": date(2026, 8, 20),
            "reason": "a large customer left",
            "category": "external_change",
            **other,
        }
    )


def revised(number: int = 2, retroactive: bool = False, **other: Any) -> Revised:
    new = asked(**other)
    return Revised(
        kpi_id=ABOUT.kpi_id,
        subject=CHEN,
        period=ABOUT.period,
        terms_number=number,
        retroactive=retroactive,
        **dict(new),
    )


def commitment() -> Scenario[Commitment]:
    return scenario(Commitment)


def test_terms_are_offered_from_the_periods_first_day() -> None:
    commitment().when(lambda c: c.offer(ABOUT, 1, "higher", terms(), LEAD)).then(offered())


def test_the_same_offer_again_records_nothing() -> None:
    commitment().given(offered()).when(
        lambda c: c.offer(ABOUT, 1, "higher", terms(), LEAD)
    ).then_nothing()


def test_the_first_offer_again_after_a_revision_records_nothing() -> None:
    commitment().given(offered(), revised()).when(
        lambda c: c.offer(ABOUT, 1, "higher", terms(), LEAD)
    ).then_nothing()


def test_another_offer_is_refused() -> None:
    commitment().given(offered()).when(
        lambda c: c.offer(ABOUT, 1, "higher", terms(1_000_000), LEAD)
    ).then_refused(CommitmentIsOffered, field="terms")


def test_terms_must_fit_the_direction() -> None:
    commitment().when(lambda c: c.offer(ABOUT, 1, "within", terms(), LEAD)).then_refused(
        TermsDoNotFit
    )
    commitment().when(lambda c: c.offer(ABOUT, 1, "lower", terms(), LEAD)).then_refused(
        TermsOutOfOrder
    )


@pytest.mark.parametrize(
    ("voice", "refusal"),
    [(HERSELF, OwnFigures), (COLLEAGUE, NotYourFigures), (Voice(True, True), OwnFigures)],
)
def test_no_one_sets_their_own_target_nor_a_colleagues(voice: Voice, refusal: type) -> None:
    commitment().when(lambda c: c.offer(ABOUT, 1, "higher", terms(), voice)).then_refused(refusal)
    commitment().given(offered()).when(
        lambda c: c.revise(ABOUT, "higher", asked(), voice, TODAY)
    ).then_refused(refusal)
    commitment().given(offered()).when(
        lambda c: c.suspend(ABOUT, CLOSED_FOR_PAINTING, "painting", voice)
    ).then_refused(refusal)


def test_the_subject_agrees_to_the_terms_put_last() -> None:
    commitment().given(offered(), revised()).when(lambda c: c.agree(HERSELF)).then(
        Agreed(terms_number=2)
    )


def test_agreeing_twice_records_nothing() -> None:
    commitment().given(offered(), Agreed(terms_number=1)).when(
        lambda c: c.agree(HERSELF)
    ).then_nothing()


def test_a_revision_asks_for_agreement_anew() -> None:
    commitment().given(offered(), Agreed(terms_number=1), revised()).when(
        lambda c: c.agree(HERSELF)
    ).then(Agreed(terms_number=2))


def test_a_dispute_names_the_terms_and_why() -> None:
    commitment().given(offered()).when(lambda c: c.dispute("too high", HERSELF)).then(
        Disputed(terms_number=1, reason="too high")
    )


def test_disputing_twice_records_nothing() -> None:
    commitment().given(offered(), Disputed(terms_number=1, reason="too high")).when(
        lambda c: c.dispute("still too high", HERSELF)
    ).then_nothing()


def test_a_dispute_can_end_in_agreement() -> None:
    commitment().given(offered(), Disputed(terms_number=1, reason="too high")).when(
        lambda c: c.agree(HERSELF)
    ).then(Agreed(terms_number=1))


def test_only_the_subject_agrees_or_disputes() -> None:
    commitment().given(offered()).when(lambda c: c.agree(LEAD)).then_refused(NotTheSubject)
    commitment().given(offered()).when(lambda c: c.dispute("no", LEAD)).then_refused(NotTheSubject)


@pytest.mark.parametrize(
    "request_of",
    [
        lambda c: c.agree(HERSELF),
        lambda c: c.dispute("why", HERSELF),
        lambda c: c.revise(ABOUT, "higher", asked(), LEAD, TODAY),
        lambda c: c.suspend(ABOUT, CLOSED_FOR_PAINTING, "painting", LEAD),
    ],
)
def test_nothing_follows_where_nothing_was_offered(request_of: Any) -> None:
    commitment().when(request_of).then_refused(NothingOffered)


def test_a_revision_is_numbered_and_says_why() -> None:
    state = (
        commitment()
        .given(offered(), Agreed(terms_number=1))
        .when(lambda c: c.revise(ABOUT, "higher", asked(), LEAD, TODAY))
        .then(revised())
    )
    assert (state.state, state.number, state.terms) == ("offered", 2, terms(360_000))


def test_a_revision_for_a_past_day_is_flagged() -> None:
    early = {"effective_from": date(2026, 8, 1)}
    commitment().given(offered()).when(
        lambda c: c.revise(ABOUT, "higher", asked(**early), LEAD, TODAY)
    ).then(revised(retroactive=True, **early))


def test_a_revision_known_already_records_nothing() -> None:
    commitment().given(offered(), revised()).when(
        lambda c: c.revise(ABOUT, "higher", asked(1), LEAD, TODAY)
    ).then_nothing()


def test_a_revision_to_the_standing_terms_records_nothing() -> None:
    commitment().given(offered(), revised()).when(
        lambda c: c.revise(ABOUT, "higher", asked(revision_id=uuid4()), LEAD, TODAY)
    ).then_nothing()


def test_a_revision_lies_within_its_period() -> None:
    commitment().given(offered()).when(
        lambda c: c.revise(ABOUT, "higher", asked(effective_from=date(2026, 10, 1)), LEAD, TODAY)
    ).then_refused(DayOutsidePeriod, field="effective_from", period="2026-Q3")


def test_after_the_period_nothing_is_revised() -> None:
    commitment().given(offered()).when(
        lambda c: c.revise(ABOUT, "higher", asked(), LEAD, date(2026, 10, 1))
    ).then_refused(PeriodIsOver, period="2026-Q3")


def test_revised_terms_must_fit_too() -> None:
    commitment().given(offered()).when(
        lambda c: c.revise(ABOUT, "higher", asked(1), LEAD, TODAY)
    ).then_refused(TermsOutOfOrder)


def test_days_can_be_suspended() -> None:
    fact = Suspended(first=date(2026, 8, 1), last=date(2026, 8, 10), reason="painting")
    state = (
        commitment()
        .given(offered())
        .when(lambda c: c.suspend(ABOUT, CLOSED_FOR_PAINTING, "painting", LEAD))
        .then(fact)
    )
    assert state.suspensions == (CLOSED_FOR_PAINTING,)
    commitment().given(offered(), fact).when(
        lambda c: c.suspend(ABOUT, CLOSED_FOR_PAINTING, "painting", LEAD)
    ).then_nothing()


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (date(2026, 6, 30), date(2026, 7, 2), "first"),
        (date(2026, 9, 30), date(2026, 10, 1), "last"),
    ],
)
def test_suspended_days_lie_within_the_period(first: date, last: date, field: str) -> None:
    commitment().given(offered()).when(
        lambda c: c.suspend(ABOUT, Period(first=first, last=last), "why", LEAD)
    ).then_refused(DayOutsidePeriod, field=field)


def test_facts_that_do_not_belong_change_nothing() -> None:
    blank = Commitment()
    assert blank.after(Fact()) is blank
