"""Who plans, reviews, seals and signs whose appraisal, and by which rule; on a company of today."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from shared.contracts import organisation as o
from shared.kernel.ids import id_of
from tests.support.appraisal_world import (
    APPRAISAL,
    CHEN,
    COMPANY,
    SCHEME,
    SHEN,
    WANG,
    World,
    appraisal_world,
    marks,
    plan_body,
    put_scheme_in_force,
    tell_a_quarter,
)
from tests.support.appraisals import EAST, LI, LIN, ZHAO, ZHOU
from tests.support.postgres import Databases

START = date(2026, 6, 22)
SOUTH = id_of("unit", "SOUTH")
EAST_HR, SOUTH_HR, SOUTHERNER = (id_of("person", one) for one in ("east hr", "south hr", "wu"))
ONE = {"appraisal_id": str(APPRAISAL)}
ALL = {"items": [str(APPRAISAL)]}
PATH = f"/appraisals/{APPRAISAL}"


def employ(world: World, who: UUID, unit: UUID, **role: Any) -> None:
    world.people.tell(who, o.PersonEmployed(employed_from=START))
    post = o.PostAssigned(unit_id=unit, title="post", share=10_000, effective_from=START)
    world.people.tell(who, post)
    if role:
        world.people.tell(who, o.RoleGranted(effective_from=START, **role))


@pytest.fixture
def world(databases: Databases) -> Iterator[World]:
    """Li's appraisal is planned; a unit in the south beside Li's, each with HR of its own."""
    with appraisal_world(databases("appraisal")) as made:
        south = o.UnitFounded(
            code="SOUTH",
            kind="team",
            parent_id=COMPANY,
            counts_as_department=False,
            effective_from=START,
        )
        made.people.tell(SOUTH, south)
        employ(made, EAST_HR, EAST, role="hr", unit_id=EAST)
        employ(made, SOUTH_HR, SOUTH, role="hr", unit_id=SOUTH)
        employ(made, SOUTHERNER, SOUTH)
        made.people.tell(
            SOUTHERNER, o.ManagerAssigned(kind="line", manager_id=CHEN, effective_from=START)
        )
        put_scheme_in_force(made)
        tell_a_quarter(made.kpis)
        made.on(date(2026, 10, 8))
        made.done(ZHAO, "plan-appraisals", plan_body())
        yield made


def code(world: World, who: UUID, command: str, body: dict[str, Any]) -> str:
    answer = world.ask(who, command, body)
    assert answer.status_code in (200, 403), answer.text
    return str(answer.json().get("code", ""))


def last_rule(world: World) -> str | None:
    return world.service.journal.history(APPRAISAL)[-1].envelope.rule


def test_hr_plans_for_people_with_a_post_in_its_units_whatever_units_it_names(
    world: World,
) -> None:
    again = plan_body(manager=str(CHEN), reason="Zhou moves on.")
    assert code(world, SOUTH_HR, "plan-appraisals", again) == "OnlyHr"
    segment = {**again["items"][0]["segments"][0], "unit": str(SOUTH)}
    named = plan_body(manager=str(CHEN), reason="Mine now.", segments=[segment])
    assert code(world, SOUTH_HR, "plan-appraisals", named) == "OnlyHr"
    assert code(world, EAST_HR, "plan-appraisals", again) == ""
    assert last_rule(world) == "plan-appraisals:hr"


def test_hr_of_a_unit_takes_over_nobody_from_another_and_plans_for_its_own(world: World) -> None:
    own = {"appraisal_id": str(id_of("own")), "subject": str(SOUTHERNER), "manager": str(CHEN)}
    assert code(world, EAST_HR, "plan-appraisals", plan_body(**own)) == "OnlyHr"
    assert code(world, SOUTH_HR, "plan-appraisals", plan_body(**own)) == ""


@pytest.mark.parametrize("who", [ZHOU, CHEN, LIN, SHEN, LI, WANG], ids=str)
def test_nobody_but_hr_plans(world: World, who: UUID) -> None:
    again = plan_body(manager=str(CHEN), reason="I want it.")
    assert code(world, who, "plan-appraisals", again) == "OnlyHr"


@pytest.mark.parametrize(
    ("who", "rule"),
    [(ZHOU, "manager"), (CHEN, "above"), (LIN, "above"), (ZHAO, "hr"), (EAST_HR, "hr")],
    ids=["named manager", "manager's manager", "top", "hr", "hr of the unit"],
)
def test_it_is_steered_by_the_named_manager_those_above_and_hr(
    world: World, who: UUID, rule: str
) -> None:
    assert code(world, who, "open-self-reviews", ALL) == ""
    assert last_rule(world) == f"open-self-reviews:{rule}"


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        (LI, "SubjectsOwnAppraisal"),
        (WANG, "OnlyManagersAndHr"),
        (SHEN, "OnlyManagersAndHr"),
        (SOUTH_HR, "OnlyManagersAndHr"),
    ],
    ids=["subject", "colleague", "auditor", "hr of another unit"],
)
@pytest.mark.parametrize(
    ("command", "body"),
    [
        ("open-self-reviews", ALL),
        ("close-self-review", {**ONE, "reason": "On leave."}),
        ("seal-appraisals", ALL),
        ("sign-off-appraisals", ALL),
    ],
    ids=["open", "close", "seal", "sign"],
)
def test_nobody_else_steers_it_and_refusals_come_before_its_state(
    world: World, command: str, body: dict[str, Any], who: UUID, refusal: str
) -> None:
    assert code(world, who, command, body) == refusal


def test_a_review_is_given_by_the_subject_and_by_the_named_manager_alone(world: World) -> None:
    world.done(ZHAO, "open-self-reviews", ALL)
    given = {**ONE, "marks": marks(80, 80)}
    for who in (ZHOU, ZHAO, WANG):
        refused = code(world, who, "give-self-review", given)
        assert refused == "OnlyTheSubjectReviewsThemselves"
    world.done(LI, "give-self-review", given)
    assert last_rule(world) == "give-self-review:subject"
    for who in (CHEN, ZHAO, WANG):
        assert code(world, who, "give-manager-review", given) == "OnlyTheNamedManagerReviews"
    assert code(world, LI, "give-manager-review", given) == "SubjectsOwnAppraisal"
    world.done(ZHOU, "give-manager-review", given)
    assert last_rule(world) == "give-manager-review:manager"


@pytest.mark.parametrize(
    ("who", "seen"),
    [(LI, True), (ZHOU, True), (CHEN, True), (EAST_HR, True), (SOUTH_HR, False), (WANG, False)],
    ids=["subject", "manager", "above", "hr of the unit", "hr of another", "colleague"],
)
def test_it_is_seen_by_the_subject_managers_and_hr_of_the_subjects_unit(
    world: World, who: UUID, seen: bool
) -> None:
    assert world.get(who, PATH).status_code == (200 if seen else 404)
    assert bool(world.read(who, "/appraisals")["items"]) == seen


def test_hr_loses_sight_of_who_moves_to_another_unit_and_the_other_gains_it(world: World) -> None:
    moved = date(2026, 9, 1)
    world.people.tell(LI, o.PostEnded(unit_id=EAST, last_day=date(2026, 8, 31)))
    post = o.PostAssigned(unit_id=SOUTH, title="post", share=10_000, effective_from=moved)
    world.people.tell(LI, post)
    world.follow()
    assert world.get(EAST_HR, PATH).status_code == 404
    assert world.get(SOUTH_HR, PATH).status_code == 200


def test_who_read_it_is_told_to_the_subject_and_to_hr_and_auditors_of_the_company(
    world: World,
) -> None:
    for who in (LI, ZHAO, SHEN):
        world.read(who, f"{PATH}/reads")
    for who in (ZHOU, CHEN, EAST_HR):
        assert world.get(who, f"{PATH}/reads").json()["code"] == "OnlyHrAndAuditors"


def test_schemes_are_drafted_by_hr_of_the_company_and_signed_by_it_and_executives(
    world: World,
) -> None:
    sign = {"scheme_id": str(SCHEME), "version": 1}
    for who in (EAST_HR, ZHOU, SHEN):
        assert code(world, who, "sign-scheme", sign) == "OnlyHrAndExecutives"
    for who in (LIN, ZHAO):
        assert code(world, who, "sign-scheme", sign) == ""


LAST_DAY = date(2026, 9, 30)


@pytest.fixture
def left(world: World) -> World:
    """Li has left after the quarter; with the last day ended the post and the line too."""
    world.people.tell(LI, o.PostEnded(unit_id=EAST, last_day=LAST_DAY))
    world.people.tell(LI, o.ManagerEnded(kind="line", last_day=LAST_DAY))
    world.people.tell(LI, o.EmploymentEnded(last_day=LAST_DAY))
    world.follow()
    return world


@pytest.mark.parametrize(
    ("who", "rule"),
    [(ZHOU, "manager"), (CHEN, "above"), (LIN, "above"), (ZHAO, "hr"), (EAST_HR, "hr")],
    ids=["named manager", "manager's manager", "top", "hr", "hr of the last unit"],
)
def test_of_who_has_left_it_is_finished_by_the_last_managers_and_hr_of_the_last_unit(
    left: World, who: UUID, rule: str
) -> None:
    assert left.get(who, PATH).status_code == 200
    assert left.read(who, "/appraisals")["items"]
    assert code(left, who, "open-self-reviews", ALL) == ""
    assert last_rule(left) == f"open-self-reviews:{rule}"


@pytest.mark.parametrize("who", [SOUTH_HR, WANG], ids=["hr of another unit", "colleague"])
def test_of_who_has_left_nobody_else_sees_it(left: World, who: UUID) -> None:
    assert left.get(who, PATH).status_code == 404
    assert left.read(who, "/appraisals")["items"] == []
    assert code(left, who, "open-self-reviews", ALL) == "OnlyManagersAndHr"


def test_hr_of_the_last_unit_names_another_reviewer_where_the_manager_has_left_too(
    left: World,
) -> None:
    left.people.tell(ZHOU, o.EmploymentEnded(last_day=LAST_DAY))
    left.follow()
    left.done(EAST_HR, "plan-appraisals", plan_body(manager=str(CHEN), reason="Zhou left too."))
    assert code(left, CHEN, "open-self-reviews", ALL) == ""
    assert last_rule(left) == "open-self-reviews:manager"


def test_who_is_employed_anew_has_the_posts_and_managers_of_today(left: World) -> None:
    left.people.tell(LI, o.PersonEmployed(employed_from=date(2026, 10, 1)))
    post = o.PostAssigned(
        unit_id=SOUTH, title="post", share=10_000, effective_from=date(2026, 10, 1)
    )
    left.people.tell(LI, post)
    left.follow()
    assert left.get(EAST_HR, PATH).status_code == 404
    assert left.get(SOUTH_HR, PATH).status_code == 200
