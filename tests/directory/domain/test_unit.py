"""Units: founded once, named, moved within the tree, led."""

from datetime import date
from functools import partial
from uuid import UUID

import pytest

from services.directory.domain.errors import (
    CodeTaken,
    UnitClosesBeforeItReopens,
    UnitIsClosed,
    UnitIsOpen,
    UnitUnderItself,
)
from services.directory.domain.unit import (
    ChampionAppointed,
    ChampionVacated,
    Closed,
    ClosuresLifted,
    ClosuresMarked,
    Founded,
    HeadAppointed,
    HeadVacated,
    Moved,
    Named,
    Reopened,
    Unit,
)
from tests.support.scenario import scenario

COMPANY, SALES, EAST, CHEN, WU = (UUID(int=n) for n in range(1, 6))
FIRST, LATER = date(2026, 1, 1), date(2026, 8, 3)
FOUNDED = Founded(
    code="sales",
    kind="department",
    parent_id=COMPANY,
    counts_as_department=True,
    effective_from=FIRST,
)


def test_a_unit_is_founded_once():
    def ask(unit):
        return unit.found(SALES, "sales", "department", COMPANY, department=True, day=FIRST)

    scenario(Unit).when(ask).then(FOUNDED)
    scenario(Unit).given(FOUNDED).when(ask).then_nothing()


def test_its_code_stays():
    scenario(Unit).given(FOUNDED).when(
        lambda u: u.found(SALES, "vertrieb", "department", COMPANY, department=True, day=LATER)
    ).then_refused(CodeTaken, field="code", code="sales")


def test_the_top_of_the_tree_has_no_parent():
    state = (
        scenario(Unit)
        .when(lambda u: u.found(COMPANY, "farhill", "company", None, department=False, day=FIRST))
        .then(
            Founded(
                code="farhill",
                kind="company",
                parent_id=None,
                counts_as_department=False,
                effective_from=FIRST,
            )
        )
    )
    assert state.parent_id is None


def test_a_unit_is_not_founded_below_itself():
    scenario(Unit).when(
        lambda u: u.found(SALES, "sales", "department", SALES, department=True, day=FIRST)
    ).then_refused(UnitUnderItself, field="parent_id")


def test_it_moves_to_another_parent():
    state = (
        scenario(Unit)
        .given(FOUNDED)
        .when(lambda u: u.move(SALES, EAST, LATER))
        .then(Moved(parent_id=EAST, effective_from=LATER))
    )
    assert state.parent_id == EAST


def test_moving_to_where_it_is_or_naming_no_parent_records_nothing():
    for parent in (COMPANY, None):
        scenario(Unit).given(FOUNDED).when(
            lambda u, parent=parent: u.move(SALES, parent, LATER)
        ).then_nothing()


def test_it_does_not_move_below_itself():
    scenario(Unit).given(FOUNDED).when(lambda u: u.move(SALES, SALES, LATER)).then_refused(
        UnitUnderItself, field="parent_id"
    )


def test_it_is_called_in_both_languages():
    named = Named(name_zh="销售部", name_en="Sales")
    scenario(Unit).given(FOUNDED).when(lambda u: u.call("销售部", "Sales")).then(named)
    scenario(Unit).given(FOUNDED, named).when(lambda u: u.call("销售部", "Sales")).then_nothing()


def test_it_gets_a_head_and_a_champion():
    head = HeadAppointed(person_id=CHEN, effective_from=LATER)
    champion = ChampionAppointed(person_id=WU, effective_from=LATER)
    scenario(Unit).given(FOUNDED).when(lambda u: u.appoint(CHEN, WU, LATER)).then(head, champion)
    scenario(Unit).given(FOUNDED, head, champion).when(
        lambda u: u.appoint(CHEN, WU, LATER)
    ).then_nothing()


def test_leaving_head_or_champion_out_leaves_them_as_they_are():
    head = HeadAppointed(person_id=CHEN, effective_from=FIRST)
    state = (
        scenario(Unit)
        .given(FOUNDED, head)
        .when(lambda u: u.appoint(None, WU, LATER))
        .then(ChampionAppointed(person_id=WU, effective_from=LATER))
    )
    assert (state.head_id, state.champion_id) == (CHEN, WU)


def test_it_is_closed_once():
    closed = Closed(last_day=LATER)
    scenario(Unit).given(FOUNDED).when(lambda u: u.close(LATER)).then(closed)
    scenario(Unit).given(FOUNDED, closed).when(lambda u: u.close(LATER)).then_nothing()
    scenario(Unit).given(FOUNDED, closed).when(lambda u: u.close(FIRST)).then_refused(
        UnitIsClosed, field="last_day", code="sales", last_day=LATER
    )


def test_nobody_is_tied_to_it_after_its_last_day():
    unit = scenario(Unit).given(FOUNDED, Closed(last_day=LATER))._state
    unit.must_be_open(LATER, "unit_id")
    with pytest.raises(UnitIsClosed):
        unit.must_be_open(date(2026, 8, 4), "unit_id")


def test_days_on_which_it_is_closed_are_marked_and_lifted_once():
    days = (FIRST, LATER)
    marked = ClosuresMarked(days=days, reason="Stocktaking")
    scenario(Unit).given(FOUNDED).when(
        lambda u: u.mark_closures([LATER, FIRST, LATER], "Stocktaking")
    ).then(marked)
    scenario(Unit).given(FOUNDED, marked).when(
        lambda u: u.mark_closures(days, "Stocktaking")
    ).then_nothing()
    state = (
        scenario(Unit)
        .given(FOUNDED, marked)
        .when(lambda u: u.mark_closures([FIRST], "Flood"))
        .then(ClosuresMarked(days=(FIRST,), reason="Flood"))
    )
    assert state.closures == {FIRST: "Flood", LATER: "Stocktaking"}
    lifted = ClosuresLifted(days=(LATER,))
    state = (
        scenario(Unit)
        .given(FOUNDED, marked)
        .when(lambda u: u.lift_closures([LATER, date(2026, 12, 24)]))
        .then(lifted)
    )
    assert state.closures == {FIRST: "Stocktaking"}
    scenario(Unit).given(FOUNDED).when(lambda u: u.lift_closures(days)).then_nothing()


def test_head_and_champion_can_be_left_vacant_once():
    head = HeadAppointed(person_id=CHEN, effective_from=FIRST)
    champion = ChampionAppointed(person_id=WU, effective_from=FIRST)
    state = (
        scenario(Unit)
        .given(FOUNDED, head, champion)
        .when(lambda u: u.leave_vacant("head", LATER))
        .then(HeadVacated(effective_from=LATER))
    )
    assert (state.head_id, state.champion_id) == (None, WU)
    state = (
        scenario(Unit)
        .given(FOUNDED, head, champion)
        .when(lambda u: u.leave_vacant("champion", LATER))
        .then(ChampionVacated(effective_from=LATER))
    )
    assert (state.head_id, state.champion_id) == (CHEN, None)
    for part in ("head", "champion"):
        scenario(Unit).given(FOUNDED).when(
            lambda u, part=part: u.leave_vacant(part, LATER)
        ).then_nothing()


CLOSED, AGAIN = Closed(last_day=LATER), date(2026, 9, 1)
REOPENED = Reopened(effective_from=AGAIN, reason="Demand is back.")


def test_a_closed_unit_opens_again_once_on_a_day_after_its_last():
    reopen = partial(Unit.reopen, reason="Demand is back.")
    state = scenario(Unit).given(FOUNDED, CLOSED).when(lambda u: reopen(u, AGAIN)).then(REOPENED)
    assert state.ends is None
    scenario(Unit).given(FOUNDED, CLOSED, REOPENED).when(lambda u: reopen(u, AGAIN)).then_nothing()
    for given, day in (([], AGAIN), ([CLOSED], LATER), ([CLOSED, REOPENED], date(2026, 9, 2))):
        scenario(Unit).given(FOUNDED, *given).when(lambda u, day=day: reopen(u, day)).then_refused(
            UnitIsOpen, field="effective_from", code="sales", day=day
        )


def test_between_its_last_day_and_the_one_on_which_it_opens_again_nobody_is_tied_to_it():
    unit = scenario(Unit).given(FOUNDED, CLOSED, REOPENED)._state
    unit.must_be_open(LATER, "unit_id")
    unit.must_be_open(AGAIN, "unit_id")
    with pytest.raises(UnitIsClosed):
        unit.must_be_open(date(2026, 8, 31), "unit_id")


def test_a_reopened_unit_is_closed_again_on_a_day_on_which_it_is_there():
    late = date(2026, 12, 31)
    state = (
        scenario(Unit)
        .given(FOUNDED, CLOSED, REOPENED)
        .when(lambda u: u.close(late))
        .then(Closed(last_day=late))
    )
    assert state.ends == late
    scenario(Unit).given(FOUNDED, CLOSED, REOPENED).when(
        lambda u: u.close(date(2026, 8, 31))
    ).then_refused(UnitClosesBeforeItReopens, field="last_day", code="sales", reopens_on=AGAIN)
