"""A cycle's life."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from services.goals.domain.cycle import (
    CadenceChosen,
    Cycle,
    CycleActivated,
    CycleClosed,
    CyclePlanned,
    DraftingOpened,
    DraftingWindowMoved,
    GradingOpened,
    GradingReopened,
    MidCycleReviewMoved,
    first_days,
)
from services.goals.domain.errors import (
    CycleEndsBeforeItBegins,
    CycleIsClosed,
    CycleIsNotActive,
    CycleIsNotDrafting,
    CycleIsNotGrading,
    CycleIsPlannedOtherwise,
    CycleTakesNoDrafts,
    OutsideTheCycle,
    UnknownCycle,
)
from services.goals.domain.objective_life import Rescored
from tests.support.scenario import scenario

SALES = UUID(int=7)
Q3 = CyclePlanned(
    code="2026-Q3",
    kind="quarter",
    first=date(2026, 7, 1),
    last=date(2026, 9, 30),
    drafting_first=date(2026, 7, 1),
    drafting_last=date(2026, 7, 3),
    cadence="weekly",
    mid_cycle_review=date(2026, 8, 17),
)
RUNNING = (Q3, DraftingOpened(), CycleActivated())
GRADING = (*RUNNING, GradingOpened())
CLOSED = (*GRADING, CycleClosed(closed_on=date(2026, 10, 8)))


def test_a_cycle_is_planned_with_its_days():
    state = scenario(Cycle).when(lambda c: c.plan(Q3)).then(Q3)
    assert (state.state, state.code, state.first, state.last) == (
        "planned",
        "2026-Q3",
        date(2026, 7, 1),
        date(2026, 9, 30),
    )


def test_planning_it_the_same_way_again_is_nothing():
    scenario(Cycle).given(*RUNNING).when(lambda c: c.plan(Q3)).then_nothing()


def test_planning_it_otherwise_is_refused():
    other = Q3.model_copy(update={"last": date(2026, 9, 29)})
    scenario(Cycle).given(Q3).when(lambda c: c.plan(other)).then_refused(
        CycleIsPlannedOtherwise, field="code", code="2026-Q3"
    )


def test_a_cycle_ends_on_or_after_the_day_it_begins():
    backwards = Q3.model_copy(update={"last": date(2026, 6, 30)})
    scenario(Cycle).when(lambda c: c.plan(backwards)).then_refused(
        CycleEndsBeforeItBegins, field="last"
    )


def test_its_drafting_window_too():
    backwards = Q3.model_copy(update={"drafting_last": date(2026, 6, 30)})
    scenario(Cycle).when(lambda c: c.plan(backwards)).then_refused(
        CycleEndsBeforeItBegins, field="drafting_last"
    )


def test_the_mid_cycle_review_lies_within_the_cycle():
    outside = Q3.model_copy(update={"mid_cycle_review": date(2026, 10, 1)})
    scenario(Cycle).when(lambda c: c.plan(outside)).then_refused(
        OutsideTheCycle, field="mid_cycle_review"
    )


def test_the_drafting_window_is_the_first_three_days():
    assert first_days(date(2026, 7, 1)) == date(2026, 7, 3)


def test_drafting_then_active_then_grading_then_closed():
    planned = scenario(Cycle).given(Q3)
    planned.when(lambda c: c.open_drafting()).then(DraftingOpened())
    drafting = scenario(Cycle).given(Q3, DraftingOpened())
    drafting.when(lambda c: c.activate()).then(CycleActivated())
    running = scenario(Cycle).given(*RUNNING)
    running.when(lambda c: c.open_grading()).then(GradingOpened())
    grading = scenario(Cycle).given(*GRADING)
    grading.when(lambda c: c.close(date(2026, 10, 8))).then(CLOSED[-1])


def test_a_step_that_was_taken_is_nothing():
    for step in (
        lambda c: c.open_drafting(),
        lambda c: c.activate(),
        lambda c: c.open_grading(),
        lambda c: c.close(date(2026, 12, 1)),
    ):
        scenario(Cycle).given(*CLOSED).when(step).then_nothing()


def test_no_step_is_left_out():
    scenario(Cycle).given(Q3).when(lambda c: c.activate()).then_refused(CycleIsNotDrafting)
    scenario(Cycle).given(Q3).when(lambda c: c.open_grading()).then_refused(CycleIsNotActive)
    scenario(Cycle).given(*RUNNING).when(lambda c: c.close(date(2026, 10, 8))).then_refused(
        CycleIsNotGrading
    )


def test_an_unknown_cycle_takes_no_step():
    for step in (
        lambda c: c.open_drafting(),
        lambda c: c.activate(),
        lambda c: c.open_grading(),
        lambda c: c.close(date(2026, 12, 1)),
        lambda c: c.choose_cadence("monthly", None),
    ):
        scenario(Cycle).when(step).then_refused(UnknownCycle)


def test_grading_goes_back_to_running_with_a_reason():
    state = (
        scenario(Cycle)
        .given(*GRADING)
        .when(lambda c: c.reopen_grading("a key result was forgotten"))
        .then(GradingReopened(reason="a key result was forgotten"))
    )
    assert state.state == "active"


def test_a_closed_cycle_is_not_reopened():
    scenario(Cycle).given(*CLOSED).when(lambda c: c.reopen_grading("late")).then_refused(
        CycleIsClosed
    )


def test_grading_that_did_not_begin_is_not_reopened():
    scenario(Cycle).given(*RUNNING).when(lambda c: c.reopen_grading("late")).then_refused(
        CycleIsNotGrading
    )


def test_the_cadence_is_chosen_for_all_or_for_one_unit():
    everybody = CadenceChosen(cadence="biweekly")
    sales = CadenceChosen(cadence="monthly", unit_id=SALES)
    scenario(Cycle).given(Q3).when(lambda c: c.choose_cadence("biweekly", None)).then(everybody)
    state = (
        scenario(Cycle)
        .given(Q3, everybody)
        .when(lambda c: c.choose_cadence("monthly", SALES))
        .then(sales)
    )
    assert (state.cadence, state.cadences) == ("biweekly", {SALES: "monthly"})


def test_the_cadence_that_holds_is_nothing_new():
    scenario(Cycle).given(Q3).when(lambda c: c.choose_cadence("weekly", None)).then_nothing()
    unit = CadenceChosen(cadence="monthly", unit_id=SALES)
    scenario(Cycle).given(Q3, unit).when(
        lambda c: c.choose_cadence("monthly", SALES)
    ).then_nothing()


def test_the_drafting_window_moves():
    moved = DraftingWindowMoved(first=date(2026, 7, 1), last=date(2026, 7, 10))
    state = (
        scenario(Cycle)
        .given(Q3)
        .when(lambda c: c.move_drafting_window(moved.first, moved.last))
        .then(moved)
    )
    assert state.drafting_last == date(2026, 7, 10)
    scenario(Cycle).given(Q3, moved).when(
        lambda c: c.move_drafting_window(moved.first, moved.last)
    ).then_nothing()
    scenario(Cycle).given(Q3).when(
        lambda c: c.move_drafting_window(moved.last, moved.first)
    ).then_refused(CycleEndsBeforeItBegins)


def test_the_mid_cycle_review_moves_within_the_cycle():
    moved = MidCycleReviewMoved(on=date(2026, 8, 24))
    state = scenario(Cycle).given(Q3).when(lambda c: c.move_mid_cycle_review(moved.on)).then(moved)
    assert not state.is_past_mid_review(date(2026, 8, 24))
    assert state.is_past_mid_review(date(2026, 8, 25))
    scenario(Cycle).given(Q3, moved).when(
        lambda c: c.move_mid_cycle_review(moved.on)
    ).then_nothing()
    scenario(Cycle).given(Q3).when(
        lambda c: c.move_mid_cycle_review(date(2026, 10, 1))
    ).then_refused(OutsideTheCycle)


def test_drafts_are_taken_while_drafting_and_running():
    fold = lambda *facts: scenario(Cycle).given(*facts)  # noqa: E731
    asked = lambda c: iter(c.must_take_drafts() or ())  # noqa: E731
    fold(Q3, DraftingOpened()).when(asked).then_nothing()
    fold(*RUNNING).when(asked).then_nothing()
    fold(Q3).when(asked).then_refused(CycleIsNotDrafting)
    fold(*GRADING).when(asked).then_refused(CycleTakesNoDrafts)
    fold(*CLOSED).when(asked).then_refused(CycleIsClosed)


def test_a_fact_of_another_kind_changes_nothing():
    assert Cycle().after(Rescored(score=Decimal(1), reason="?")) == Cycle()
