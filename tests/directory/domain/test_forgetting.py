"""Erasing what is personal: after the last day, under no hold, once."""

from datetime import date
from uuid import UUID

import pytest

from services.directory.domain.forgetting import (
    Erasure,
    Forgotten,
    LegalHoldPlaced,
    LegalHoldReleased,
)
from services.directory.domain.forgetting_errors import (
    AlreadyForgotten,
    HeldByLaw,
    HoldIsUnknown,
    HoldMeansAnother,
    StillWorksHere,
)
from services.directory.domain.person import Person
from services.directory.domain.person_life import Employed, EmploymentEnded
from tests.support.scenario import scenario

HOLD, OTHER = UUID(int=1), UUID(int=2)
LAST, AFTER = date(2026, 6, 30), date(2026, 7, 1)
PLACED = LegalHoldPlaced(hold_id=HOLD, reason="A case is pending.")
RELEASED = LegalHoldReleased(hold_id=HOLD, reason="The case is closed.")
FORGOTTEN = Forgotten(reason="Asked for.")


def forgetting(last: date | None = LAST, today: date = AFTER):
    return lambda e: e.forget(last, today, "Asked for.")


def test_who_has_left_is_forgotten_once():
    scenario(Erasure).when(forgetting()).then(FORGOTTEN)
    scenario(Erasure).given(FORGOTTEN).when(forgetting()).then_nothing()


@pytest.mark.parametrize("last", [None, AFTER, date(2026, 7, 2)])
def test_nobody_who_works_here_is_forgotten(last):
    scenario(Erasure).when(forgetting(last)).then_refused(StillWorksHere)


def test_nobody_under_legal_hold_is_forgotten():
    scenario(Erasure).given(PLACED).when(forgetting()).then_refused(HeldByLaw)
    scenario(Erasure).given(PLACED, RELEASED).when(forgetting()).then(FORGOTTEN)


def test_a_hold_is_placed_and_released_once():
    place = lambda e: e.place_hold(HOLD, "A case is pending.")  # noqa: E731
    release = lambda e: e.release_hold(HOLD, "The case is closed.")  # noqa: E731
    scenario(Erasure).when(place).then(PLACED)
    scenario(Erasure).given(PLACED).when(place).then_nothing()
    scenario(Erasure).given(PLACED).when(release).then(RELEASED)
    scenario(Erasure).given(PLACED, RELEASED).when(release).then_nothing()


def test_one_id_stands_for_one_hold():
    scenario(Erasure).given(PLACED).when(lambda e: e.place_hold(HOLD, "Else.")).then_refused(
        HoldMeansAnother
    )
    scenario(Erasure).given(PLACED, RELEASED).when(
        lambda e: e.place_hold(HOLD, "A case is pending.")
    ).then_refused(HoldMeansAnother)
    scenario(Erasure).given(PLACED).when(lambda e: e.release_hold(OTHER, "So.")).then_refused(
        HoldIsUnknown
    )


def test_another_hold_still_stands_when_one_is_released():
    other = LegalHoldPlaced(hold_id=OTHER, reason="Another case.")
    scenario(Erasure).given(PLACED, other, RELEASED).when(forgetting()).then_refused(HeldByLaw)


def test_a_person_knows_what_stands_in_the_way_and_never_comes_back():
    begun, ended = Employed(employed_from=date(2026, 1, 1)), EmploymentEnded(last_day=LAST)
    scenario(Person).given(begun, ended, PLACED).when(
        lambda p: p.erasure.forget(p.last_day, AFTER, "Asked for.")
    ).then_refused(HeldByLaw)
    scenario(Person).given(begun, ended, FORGOTTEN).when(lambda p: p.employ(AFTER)).then_refused(
        AlreadyForgotten
    )
