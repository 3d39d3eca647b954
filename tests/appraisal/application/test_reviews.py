"""Reviews and what named authors add, asked over HTTP."""

from collections.abc import Iterator
from datetime import date

import pytest

from shared.kernel.ids import id_of
from tests.support.appraisal_world import (
    APPRAISAL,
    CHEN,
    WANG,
    World,
    appraisal_world,
    marks,
    plan_body,
    put_scheme_in_force,
    tell_a_quarter,
)
from tests.support.appraisals import LI, LIN, SCHEME, ZHAO, ZHOU
from tests.support.postgres import Databases

ONE = {"appraisal_id": str(APPRAISAL)}
PATH = f"/appraisals/{APPRAISAL}"


@pytest.fixture
def world(databases: Databases) -> Iterator[World]:
    with appraisal_world(databases("appraisal")) as made:
        put_scheme_in_force(made)
        tell_a_quarter(made.kpis)
        made.follow()
        made.on(date(2026, 10, 8))
        made.done(ZHAO, "plan-appraisals", plan_body())
        yield made


def entry(number: int, **more: object) -> dict[str, object]:
    return {**ONE, "entry_id": str(id_of("entry", number)), "reason": "As agreed.", **more}


def test_without_a_self_review_the_manager_decides_alone(world: World) -> None:
    assert world.ask(LI, "close-self-review", {**ONE, "reason": "x"}).status_code == 403
    world.done(ZHAO, "close-self-review", {**ONE, "reason": "On leave."})
    world.done(ZHOU, "give-manager-review", {**ONE, "marks": marks(85, 90)})
    told = world.read(ZHAO, PATH)
    assert [section["points"] for section in told["sections"][1:]] == ["85", "90"]
    assert told["self_review"] is None


def test_extras_come_and_go_with_their_authors(world: World) -> None:
    world.done(ZHOU, "give-bonus", entry(1, points="4"))
    world.done(CHEN, "take-deduction", entry(2, points="2.5"))
    world.done(ZHAO, "raise-veto", entry(3))
    told = world.read(LI, PATH)
    assert (told["bonus"], told["deduction"], told["veto"]) == ("4", "2.5", True)
    assert {one["kind"]: one["author"] for one in told["entries"]} == {
        "bonus": str(ZHOU),
        "deduction": str(CHEN),
        "veto": str(ZHAO),
    }
    assert world.ask(ZHOU, "withdraw-entry", entry(3)).json()["code"] == "OnlyTheAuthorWithdraws"
    world.done(ZHAO, "withdraw-entry", entry(3))
    assert not world.read(LI, PATH)["veto"]
    assert "veto" in world.read(LI, f"{PATH}/story")[-2]["sentence"]


@pytest.mark.parametrize("who", [LI, WANG])
def test_neither_the_subject_nor_a_colleague_adds_anything(world: World, who: object) -> None:
    for command, body in (
        ("give-bonus", entry(1, points="1")),
        ("take-deduction", entry(2, points="1")),
        ("raise-veto", entry(3)),
    ):
        assert world.ask(who, command, body).status_code == 403  # type: ignore[arg-type]


def test_a_change_that_nobody_noted_cannot_be_decided(world: World) -> None:
    body = {**ONE, "change_id": str(id_of("x")), "reason": "x"}
    assert world.ask(ZHAO, "dismiss-change", body).json()["code"] == "NoSuchChange"


def test_what_was_never_planned_is_not_found(world: World) -> None:
    body = {"appraisal_id": str(id_of("x")), "marks": marks(1, 1)}
    refused = world.ask(ZHOU, "give-manager-review", body)
    assert (refused.status_code, refused.json()["field"]) == (404, "appraisal_id")


def test_another_plan_needs_a_reason_and_is_told(world: World) -> None:
    assert world.ask(ZHAO, "plan-appraisals", plan_body(manager=str(CHEN))).json()["code"] == (
        "ReasonMissing"
    )
    world.done(ZHAO, "plan-appraisals", plan_body(manager=str(CHEN), reason="Zhou left."))
    assert world.read(ZHAO, PATH)["manager"] == str(CHEN)
    story = world.read(ZHAO, f"{PATH}/story")
    assert (story[-1]["reason"], story[-1]["people"]["manager"]) == ("Zhou left.", str(CHEN))


def test_a_later_scheme_version_leaves_the_planned_appraisal_alone(world: World) -> None:
    rules = world.read(ZHAO, f"/schemes/{SCHEME}")["items"][0]["rules"]
    body = {
        "scheme_id": str(SCHEME),
        "code": "SALES-2026",
        "title": {"en": "Sales", "zh": "销售"},
        "from_day": "2026-10-01",
        "rules": {**rules, "self_share": "10"},
    }
    world.done(ZHAO, "draft-scheme", body)
    for signer in (ZHAO, LIN):
        world.done(signer, "sign-scheme", {"scheme_id": str(SCHEME), "version": 2})
    told = world.read(ZHAO, f"/schemes/{SCHEME}")["items"]
    assert [(one["version"], one["in_force"]) for one in told] == [(1, True), (2, True)]
    assert world.read(ZHAO, PATH)["scheme"]["self_share"] == "20"
    names = [line["name"] for line in world.read(ZHAO, f"/schemes/{SCHEME}/story")]
    assert names.count("cairn.appraisal.scheme.version_signed.v1") == 4
    assert world.get(ZHAO, f"/schemes/{id_of('x')}").status_code == 404
