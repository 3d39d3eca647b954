"""A delegation from its giving to its end, through every service, each knowing it from the feed."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from services.appraisal.domain.templates import SALES_ITEMS
from services.host.house import RECORDING, House
from shared.kernel.actors import Actor, person, service
from shared.kernel.ids import id_of
from tests.support.delegations import let, settle, take_back
from tests.support.house import running, speaking
from tests.support.postgres import Databases

pytestmark = pytest.mark.system

LIN, ZHAO, CHEN, WANG, LI = (
    id_of("person", name) for name in ("lin", "zhao", "chen", "wang", "li")
)
SALES, SCHEME = id_of("unit", "sales"), id_of("scheme", "sales")
OWN, COLLEAGUE_S = id_of("appraisal", "wang"), id_of("appraisal", "li")
SIGN = {"scheme_id": str(SCHEME), "version": 1}


@pytest.fixture(scope="module")
def house(module_databases: Databases) -> Iterator[House]:
    """Lin leads, Zhao is HR, Chen manages Wang and Li; the scheme is drafted and signed by HR."""
    with running(module_databases, *RECORDING) as standing:
        with speaking(standing, "directory", service("import")) as directory:
            directory.done("register-units", {"units": [_unit()]})
            directory.done("register-people", {"people": [_person(one) for one in PEOPLE]})
            quarter = {"code": "2026-Q1", "kind": "quarter", "first": FIRST, "last": LAST}
            directory.done("define-periods", {"periods": [quarter]})
        settle(standing)
        with speaking(standing, "appraisal", person(ZHAO)) as hr:
            hr.done("draft-scheme-from-template", _draft())
            hr.done("sign-scheme", SIGN)
        yield standing


FIRST, LAST = "2026-01-01", "2026-03-31"
PEOPLE: dict[UUID, dict[str, Any]] = {
    LIN: {"roles": [{"role": "executive"}]},
    ZHAO: {"roles": [{"role": "hr"}]},
    CHEN: {"managers": [{"manager_id": str(LIN)}]},
    WANG: {"managers": [{"manager_id": str(CHEN)}]},
    LI: {"managers": [{"manager_id": str(CHEN)}]},
}


def _unit() -> dict[str, Any]:
    named = {"code": "S", "name_zh": "销售部", "name_en": "Sales", "kind": "department"}
    return {"unit_id": str(SALES), **named, "parent_id": None, "effective_from": FIRST}


def _person(one: UUID) -> dict[str, Any]:
    posts = [{"unit_id": str(SALES), "title": "sales"}]
    named = {"name": "某人", "name_en": "Somebody", "posts": posts, "effective_from": FIRST}
    return {"person_id": str(one), **named, **PEOPLE[one]}


def _draft() -> dict[str, Any]:
    chosen = [{"code": one.code, "kpi": str(id_of("kpi", one.code))} for one in SALES_ITEMS]
    what = {"code": "SALES", "template": "sales", "from_day": FIRST, "kpis": chosen}
    return {"scheme_id": str(SCHEME), **what}


def _plan(appraisal: UUID, subject: UUID) -> dict[str, Any]:
    scheme = {"scheme_id": str(SCHEME), "scheme_version": 1}
    return {
        "appraisal_id": str(appraisal),
        "subject": str(subject),
        "period": "2026-Q1",
        "first": FIRST,
        "last": LAST,
        "manager": str(CHEN),
        "segments": [{"first": FIRST, "unit": str(SALES), **scheme}],
    }


def said(house: House, who: Actor, command: str, body: dict[str, Any]) -> str:
    """What was said against it; nothing when it was done."""
    with speaking(house, "appraisal", who) as me:
        answer = me.ask(command, body)
    assert answer.status_code in (200, 403), answer.text
    return str(answer.json().get("code", ""))


def test_a_delegate_signs_for_the_giver_and_gets_nowhere_near_their_own_appraisal(
    house: House,
) -> None:
    wang = let(house, LIN, WANG, "appraisal")
    assert said(house, person(WANG), "sign-scheme", SIGN) == "OnlyHrAndExecutives"
    assert said(house, wang, "sign-scheme", SIGN) == ""
    story = house.services["appraisal"].journal.history(SCHEME)
    assert {one.envelope.actor.delegation for one in story[-2:]} == {wang.delegation}
    assert {one.envelope.rule for one in story[-2:]} == {"sign-scheme:signer"}

    planned = {"items": [_plan(OWN, WANG), _plan(COLLEAGUE_S, LI)]}
    assert said(house, person(ZHAO), "plan-appraisals", planned) == ""
    wang = let(house, CHEN, WANG)
    assert said(house, wang, "open-self-reviews", {"items": [str(OWN)]}) == "SubjectsOwnAppraisal"
    both = {"items": [str(COLLEAGUE_S), str(OWN)]}
    assert said(house, wang, "open-self-reviews", both) == "SubjectsOwnAppraisal"
    assert said(house, wang, "open-self-reviews", {"items": [str(COLLEAGUE_S)]}) == ""
    with speaking(house, "appraisal", wang) as me:
        assert me.get(f"/appraisals/{OWN}").status_code == 404
        assert [one["id"] for one in me.read("/appraisals")["items"]] == [str(COLLEAGUE_S)]
    with speaking(house, "appraisal", person(WANG)) as me:
        assert [one["id"] for one in me.read("/appraisals")["items"]] == [str(OWN)]

    take_back(house, wang)
    close = {"appraisal_id": str(COLLEAGUE_S), "reason": "On leave."}
    assert said(house, wang, "close-self-review", close) == "DelegationDoesNotHold"


def test_nobody_passes_a_delegation_on_or_makes_credentials_under_it(house: House) -> None:
    wang = let(house, LIN, WANG)
    with speaking(house, "directory", wang) as me:
        further = {
            "delegation_id": str(id_of("delegation", "further")),
            "person_id": str(LIN),
            "to": str(LI),
            "scope": ["all"],
            "first": FIRST,
            "last": "2099-12-31",
        }
        assert me.ask("give-delegation", further).json()["code"] == "InPersonOnly"
        ended = {"person_id": str(LIN), "delegation_id": wang.delegation}
        assert me.ask("end-delegation", ended).json()["code"] == "InPersonOnly"
        assert me.get("/scim-tokens").json()["code"] == "InPersonOnly"


def test_whoever_only_says_so_acts_for_nobody_in_any_service(house: House) -> None:
    claimed = Actor(kind="person", id=str(WANG), on_behalf_of=str(ZHAO), delegation=str(OWN))
    paths = {
        "directory": "/people",
        "goals": "/objectives",
        "metrics": "/kpis",
        "appraisal": "/appraisals",
    }
    for name, path in paths.items():
        with speaking(house, name, claimed) as me:
            assert me.get(path).json()["code"] == "DelegationDoesNotHold", name
