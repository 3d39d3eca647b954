"""Acting for somebody else in appraisals: what a delegate may, and what nobody gains by it."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest

from shared.contracts import organisation as o
from shared.kernel.actors import Actor, standing_in
from shared.kernel.ids import id_of
from tests.support.appraisal_world import (
    APPRAISAL,
    CHEN,
    SCHEME,
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

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
ONE, ALL = {"appraisal_id": str(APPRAISAL)}, {"items": [str(APPRAISAL)]}
PATH = f"/appraisals/{APPRAISAL}"


@pytest.fixture
def world(databases: Databases) -> Iterator[World]:
    """Li's appraisal is planned, with Zhou, whom Chen manages, as the reviewing manager."""
    with appraisal_world(databases("appraisal")) as made:
        put_scheme_in_force(made)
        tell_a_quarter(made.kpis)
        made.on(date(2026, 10, 8))
        made.done(ZHAO, "plan-appraisals", plan_body())
        yield made


def let(
    world: World,
    giver: UUID,
    to: UUID,
    *,
    unit: UUID | None = None,
    scope: tuple[o.Area, ...] = ("appraisal",),
) -> Actor:
    """Somebody lets somebody act for them in October; who acts so."""
    one = id_of("delegation", giver, to)
    given = o.DelegationGiven(
        delegation_id=one, to=to, scope=scope, unit_id=unit, first=FIRST, last=LAST
    )
    world.people.tell(giver, given)
    world.follow()
    return standing_in(to, giver, one)


def code(world: World, who: UUID | Actor, command: str, body: dict[str, object]) -> str:
    answer = world.ask(who, command, body)
    assert answer.status_code in (200, 403), answer.text
    return str(answer.json().get("code", ""))


def reviewed(world: World) -> None:
    """Both reviews are given."""
    world.done(ZHAO, "open-self-reviews", ALL)
    world.done(LI, "give-self-review", {**ONE, "marks": marks(80, 80)})
    world.done(ZHOU, "give-manager-review", {**ONE, "marks": marks(90, 90)})


def test_what_a_delegate_does_says_whose_hand_it_was_and_by_which_right(world: World) -> None:
    wang = let(world, ZHOU, WANG)
    world.done(ZHAO, "open-self-reviews", ALL)
    world.done(LI, "give-self-review", {**ONE, "marks": marks(80, 80)})
    assert code(world, wang, "give-manager-review", {**ONE, "marks": marks(90, 90)}) == ""
    recorded = world.service.journal.history(APPRAISAL)[-1]
    assert recorded.envelope.actor == wang
    assert recorded.envelope.rule == "give-manager-review:manager"
    assert recorded.fact.by == ZHOU  # type: ignore[attr-defined]
    line = world.read(ZHOU, f"{PATH}/story")[-1]
    assert line["sentence"].endswith("({hand} did this for {giver}.)")
    assert (line["people"]["hand"], line["people"]["giver"]) == (str(WANG), str(ZHOU))


def test_a_delegate_sees_what_the_giver_sees_and_it_is_noted_under_their_hand(
    world: World,
) -> None:
    wang = let(world, ZHOU, WANG)
    assert world.get(WANG, PATH).status_code == 404
    assert world.get(wang, PATH).status_code == 200
    assert len(world.read(wang, "/appraisals")["items"]) == 1
    assert str(WANG) in {one["reader"] for one in world.read(LI, f"{PATH}/reads")["items"]}


def test_nobody_reaches_their_own_appraisal_through_another(world: World) -> None:
    li = let(world, ZHOU, LI)
    assert code(world, li, "give-manager-review", {**ONE, "marks": marks(99, 99)}) == (
        "SubjectsOwnAppraisal"
    )
    for command in ("open-self-reviews", "seal-appraisals", "sign-off-appraisals"):
        assert code(world, li, command, ALL) == "SubjectsOwnAppraisal"
    assert world.get(li, PATH).status_code == 404
    assert world.read(li, "/appraisals")["items"] == []
    assert world.get(LI, PATH).status_code == 200


def test_the_giver_s_own_appraisal_stays_their_own(world: World) -> None:
    wang = let(world, LI, WANG)
    world.done(ZHAO, "open-self-reviews", ALL)
    assert code(world, wang, "give-self-review", {**ONE, "marks": marks(99, 99)}) == "InPersonOnly"
    assert world.get(wang, PATH).status_code == 404
    assert world.get(wang, f"{PATH}/reads").status_code == 404
    assert world.read(wang, "/appraisals", mine=True)["items"] == []


def test_bonuses_of_both_are_left_out_of_the_list_for_hr(world: World) -> None:
    reviewed(world)
    entry = {**ONE, "entry_id": str(id_of("bonus")), "points": "2", "reason": "A hard year."}
    world.done(ZHOU, "give-bonus", entry)
    told = {
        who: len(world.read(actor, "/separation/typed")["extras"])  # type: ignore[arg-type]
        for who, actor in (
            ("hr", ZHAO),
            ("another for hr", let(world, ZHAO, WANG)),
            ("subject for hr", let(world, ZHAO, LI)),
        )
    }
    assert told == {"hr": 1, "another for hr": 1, "subject for hr": 0}


def test_the_hand_that_sealed_signs_for_nobody(world: World) -> None:
    reviewed(world)
    wang_for_zhou, wang_for_chen = let(world, ZHOU, WANG), let(world, CHEN, WANG)
    assert code(world, wang_for_zhou, "seal-appraisals", ALL) == ""
    assert code(world, ZHOU, "sign-off-appraisals", ALL) == "SealerCannotSign"
    assert code(world, wang_for_zhou, "sign-off-appraisals", ALL) == "SealerCannotSign"
    assert code(world, wang_for_chen, "sign-off-appraisals", ALL) == "SealerCannotSign"
    assert code(world, CHEN, "sign-off-appraisals", ALL) == ""


def test_whoever_sealed_does_not_sign_as_another_s_hand(world: World) -> None:
    reviewed(world)
    world.done(ZHOU, "seal-appraisals", ALL)
    assert code(world, let(world, CHEN, ZHOU), "sign-off-appraisals", ALL) == "SealerCannotSign"
    assert code(world, let(world, CHEN, WANG), "sign-off-appraisals", ALL) == ""


def test_nobody_s_hand_signs_a_scheme_twice(world: World) -> None:
    draft = {"template": "sales", "from_day": "2026-10-01", "code": "SALES-2026"}
    kpis = world.read(ZHAO, f"/schemes/{SCHEME}")["items"][0]["rules"]["sections"][0]["items"]
    chosen = [{"code": one["code"], "kpi": one["kpi"]} for one in kpis]
    body = {"scheme_id": str(SCHEME), **draft, "kpis": chosen}
    world.done(ZHAO, "draft-scheme-from-template", body)
    sign = {"scheme_id": str(SCHEME), "version": 2}
    wang_for_hr, wang_for_lin = let(world, ZHAO, WANG), let(world, LIN, WANG)
    assert code(world, wang_for_hr, "sign-scheme", sign) == ""
    assert code(world, wang_for_lin, "sign-scheme", sign) == "OneHandSignsOnce"
    assert code(world, let(world, LIN, ZHAO), "sign-scheme", sign) == "OneHandSignsOnce"
    assert code(world, LIN, "sign-scheme", sign) == ""


def test_it_holds_on_its_days_alone_and_not_once_it_was_taken_back(world: World) -> None:
    wang = let(world, ZHOU, WANG)
    world.on(date(2026, 11, 1))
    assert code(world, wang, "open-self-reviews", ALL) == "DelegationDoesNotHold"
    world.on(LAST)
    assert code(world, wang, "open-self-reviews", ALL) == ""
    world.people.tell(ZHOU, o.DelegationEnded(delegation_id=id_of("delegation", ZHOU, WANG)))
    world.follow()
    assert code(world, wang, "close-self-review", {**ONE, "reason": "x"}) == "DelegationDoesNotHold"
    assert world.get(wang, PATH).json()["code"] == "DelegationDoesNotHold"


@pytest.mark.parametrize("gone", [ZHOU, WANG], ids=["giver", "receiver"])
def test_it_ends_when_either_may_not_act_any_more(world: World, gone: UUID) -> None:
    wang = let(world, ZHOU, WANG)
    world.people.tell(gone, o.PersonDeactivated())
    world.follow()
    refused = {ZHOU: "DelegationDoesNotHold", WANG: "NoLongerHere"}[gone]
    assert code(world, wang, "open-self-reviews", ALL) == refused
    assert world.get(wang, PATH).json()["code"] == refused


def test_for_other_work_it_opens_nothing(world: World) -> None:
    wang = let(world, ZHOU, WANG, scope=("goals", "metrics"))
    assert code(world, wang, "open-self-reviews", ALL) == "NotInTheDelegation"
    assert world.get(wang, PATH).status_code == 404


def test_for_a_unit_it_reaches_people_there_alone(world: World) -> None:
    elsewhere = id_of("unit", "NORTH")
    for unit, refused in ((elsewhere, "BeyondTheUnit"), (EAST, "")):
        hand = {elsewhere: WANG, EAST: LIN}[unit]
        actor = let(world, ZHOU, hand, unit=unit)
        assert code(world, actor, "open-self-reviews", ALL) == refused
        assert len(world.read(actor, "/appraisals")["items"]) == (0 if refused else 1)
