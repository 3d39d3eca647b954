"""Everybody tries every door: people of each role, and services, with nothing in hand.

Whom the policy cannot let do it to anything is told who may, in a sentence; whoever does not work
here is told that and nothing else; and nothing breaks, whatever is asked.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest

from services.host.house import RECORDING, House
from shared.access.rules import Action
from shared.kernel.actors import Actor, person, service
from shared.kernel.ids import id_of
from tests.architecture.test_policy import EXCEPTIONS
from tests.goals.application import test_rights as company
from tests.support.apps import routes_of
from tests.support.delegations import let
from tests.support.house import running, speaking
from tests.support.postgres import Databases

pytestmark = pytest.mark.system

ADMIN_OF_SALES, LEFT = id_of("person", "admin of sales"), id_of("person", "left")
ACTORS: dict[str, Actor] = {
    "employee": person(company.COLLEAGUE),
    "seller": person(company.SELLER),
    "manager": person(company.BOSS),
    "head": person(company.HEAD),
    "champion": person(company.CHAMPION),
    "hr": person(company.HR),
    "hr of a unit": person(company.HR_OF_SALES),
    "executive of a unit": person(company.EXECUTIVE),
    "auditor": person(company.AUDITOR),
    "admin": person(company.ADMIN),
    "admin of a unit": person(ADMIN_OF_SALES),
    "a service": service("insights"),
    "the import": service("import"),
    "the import for a seller": service("import", company.SELLER),
}
NOT_HERE = {
    "deactivated": person(company.GONE),
    "left": person(LEFT),
    "unknown": person(id_of("person", "nobody knows them")),
}
HARMLESS_ANSWERS = {200, 400, 403, 404, 409, 422}
# What an employee without any office is let in to, to be told about their own or what is open.
EMPLOYEES_KNOCK_IN_VAIN = {
    "directory": {
        "register-people",
        "register-units",
        "deactivate-people",
        "define-periods",
        "provision-accounts",
        "see-accounts",
        "see-security-log",
        "follow-feeds",
    },
    "goals": {"plan-cycles", "adopt-policy", "close-cycles", "see-security-log", "follow-feeds"},
    "metrics": {"define-kpis", "redefine-kpi", "see-security-log", "follow-feeds"},
    "appraisal": {
        "draft-scheme",
        "sign-scheme",
        "plan-appraisals",
        "see-typed-figures",
        "see-security-log",
        "follow-feeds",
    },
}


@dataclass
class Doors:
    """A running house, and what was answered at which of its doors."""

    house: House
    client: httpx2.Client
    answers: dict[tuple[str, str, str], httpx2.Response] = field(default_factory=dict)

    def knock(self, name: str, route: str, actor: Actor, **headers: str) -> httpx2.Response:
        """Ask with nothing in hand: no body to speak of, ids that nobody has."""
        method, _, path = route.partition(" ")
        for place in ("feed}", "kpi}", "person_id}", "token_id}"):
            path = path.replace("{" + place, "organisation" if place == "feed}" else str(uuid4()))
        while "{" in path:
            before, _, after = path.partition("{")
            path = f"{before}{uuid4()}{after.partition('}')[2]}"
        sent = {
            "Authorization": f"Bearer {self.house.token(actor, name)}",
            "Idempotency-Key": str(uuid4()),
            **headers,
        }
        body: Any = {} if method == "POST" else None
        return self.client.request(method, self.house.url(name) + path, json=body, headers=sent)

    def action(self, name: str, route: str) -> Action:
        """The entry of a route."""
        policy = self.house.services[name].plan.policy
        assert policy is not None
        found = policy.of_route(*route.split(" ", 1))
        assert found is not None, route
        return found

    def may_enter(self, name: str, route: str, actor: Actor) -> bool:
        """Whether there is any thing to which the policy could allow it, by its table."""
        access = self.house.services[name].access
        assert access is not None
        asker = access.asker(actor)
        return any(ground.could(asker) for ground in self.action(name, route).grounds.values())


def _routes(house: House, name: str) -> list[str]:
    return sorted(routes_of(house.services[name].app) - set(EXCEPTIONS))


@pytest.fixture(scope="module")
def doors(module_databases: Databases) -> Iterator[Doors]:
    with running(module_databases, *RECORDING) as house:
        company.found(house)
        _two_more(house)
        with httpx2.Client(timeout=30, trust_env=False) as client:
            yield Doors(house, client)


def _two_more(house: House) -> None:
    def someone(who: UUID, **more: Any) -> dict[str, Any]:
        named = {"person_id": str(who), "name": "某人", "name_en": "Somebody"}
        return {**named, "effective_from": "2026-01-01", **more}

    scoped = {"role": "admin", "unit_id": str(company.SALES)}
    with speaking(house, "directory", service("import")) as directory:
        people = [someone(ADMIN_OF_SALES, roles=[scoped]), someone(LEFT)]
        directory.done("register-people", {"people": people})
        directory.done("end-employment", {"person_id": str(LEFT), "last_day": "2026-01-31"})
        directory.read("/people")
    head = house.services["directory"].reader.stretch("organisation", 0, 1).head
    for name in RECORDING:
        assert house.services[name].followed.wait_for({"organisation": head}, longest=20), name


@pytest.mark.parametrize("who", ACTORS)
@pytest.mark.parametrize("name", RECORDING)
def test_whom_the_policy_cannot_allow_it_is_told_who_may(doors: Doors, name: str, who: str) -> None:
    wrong = []
    for route in _routes(doors.house, name):
        answer = doors.knock(name, route, ACTORS[who])
        told = answer.json() if answer.status_code != 200 else {}
        refused = answer.status_code == 403 and told["code"] != "IdentityRefused"
        closed = not doors.may_enter(name, route, ACTORS[who])
        if answer.status_code not in HARMLESS_ANSWERS or (closed and not refused):
            wrong.append((route, answer.status_code, answer.text))
        if closed and told.get("code") != doors.action(name, route).refusal.__name__:
            wrong.append((route, answer.status_code, answer.text))
        if refused and not told["detail"].endswith("."):
            wrong.append((route, answer.status_code, answer.text))
    assert wrong == []


@pytest.fixture(scope="module")
def delegates(doors: Doors) -> dict[str, Actor]:
    """A colleague who acts for others: for all work, in one unit, and for one kind of work."""
    one, house = company.COLLEAGUE, doors.house
    return {
        "hr": let(house, company.HR, one),
        "hr in a unit": let(house, company.HR, one, unit=company.SALES),
        "admin, for objectives": let(house, company.ADMIN, one, "goals"),
        "head": let(house, company.HEAD, one),
    }


@pytest.mark.parametrize("giver", ["hr", "hr in a unit", "admin, for objectives", "head"])
@pytest.mark.parametrize("name", RECORDING)
def test_a_delegate_is_let_in_where_the_giver_is_and_told_why_not_elsewhere(
    doors: Doors, delegates: dict[str, Actor], name: str, giver: str
) -> None:
    actor, wrong = delegates[giver], []
    access = doors.house.services[name].access
    assert access is not None
    asker = access.asker(actor)
    for route in _routes(doors.house, name):
        action, answer = doors.action(name, route), doors.knock(name, route, actor)
        expected = None
        if asker.stands_in and action.in_person:
            expected = "InPersonOnly"
        elif asker.uncovered and not action.reads:
            expected = "NotInTheDelegation"
        elif not doors.may_enter(name, route, actor):
            expected = action.refusal.__name__
        told = answer.json().get("code") if answer.status_code == 403 else None
        if answer.status_code not in HARMLESS_ANSWERS or (expected and told != expected):
            wrong.append((route, answer.status_code, answer.text))
    assert wrong == []


@pytest.mark.parametrize("who", NOT_HERE)
@pytest.mark.parametrize("name", RECORDING)
def test_whoever_does_not_work_here_is_told_that_and_nothing_else(
    doors: Doors, name: str, who: str
) -> None:
    answers = {
        (route, answer.status_code, answer.json().get("code"))
        for route in _routes(doors.house, name)
        for answer in [doors.knock(name, route, NOT_HERE[who])]
    }
    assert {(status, code) for _, status, code in answers} == {(403, "NoLongerHere")}


@pytest.mark.parametrize("name", RECORDING)
def test_an_employee_is_not_let_in_to_what_offices_do(doors: Doors, name: str) -> None:
    """A few doors by name, so that the table itself cannot be opened unnoticed."""
    kept_out = {
        doors.action(name, route).name
        for route in _routes(doors.house, name)
        if doors.knock(name, route, ACTORS["employee"]).status_code == 403
    }
    assert EMPLOYEES_KNOCK_IN_VAIN[name] - kept_out == set()


@pytest.mark.parametrize("name", RECORDING)
def test_the_refusal_is_said_in_the_reader_s_language(doors: Doors, name: str) -> None:
    route = "GET /security-log"
    answer = doors.knock(name, route, ACTORS["employee"], **{"Accept-Language": "zh-CN"})
    assert answer.status_code == 403
    assert "请" in answer.json()["detail"]


def test_a_service_that_lost_its_policy_is_found_out(doors: Doors) -> None:
    """The search can find something."""
    state = doors.house.services["goals"].app.state
    kept, state.access = state.access, None
    try:
        answers = [
            doors.knock("goals", route, NOT_HERE["deactivated"]).status_code
            for route in ("GET /cycles", "POST /commands/plan-cycles")
        ]
    finally:
        state.access = kept
    assert answers == [200, 422]
