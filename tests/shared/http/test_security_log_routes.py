"""The security log of every service is read by those who watch over it, and by nobody else."""

from collections.abc import Iterator
from contextlib import ExitStack
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

import pytest

from services.host.house import RECORDING, House
from shared.kernel.actors import Actor, person, service
from tests.support.house import At, running, speaking
from tests.support.postgres import Databases

COMPANY, EAST = str(uuid4()), str(uuid4())
AUDITOR, ADMIN, LOCAL, FORMER, HR, CLERK = (str(uuid4()) for _ in range(6))
HOLDS = {
    AUDITOR: {"role": "auditor"},
    ADMIN: {"role": "admin"},
    LOCAL: {"role": "auditor", "unit_id": EAST},
    FORMER: {"role": "auditor", "expires_on": "2026-07-31"},
    HR: {"role": "hr"},
    CLERK: {"role": "employee"},
}


def _unit(unit: str, code: str) -> dict[str, Any]:
    named = {"name_zh": code, "name_en": code, "kind": "team"}
    return {"unit_id": unit, "code": code, "effective_from": "2026-07-01", **named}


def _person(who: str, role: dict[str, str]) -> dict[str, Any]:
    posts = [{"unit_id": COMPANY, "title": "Clerk"}]
    said = {
        "name": who[:8],
        "name_en": who[:8],
        "posts": posts,
        "roles": [role],
        "effective_from": "2026-07-01",
    }
    return {"person_id": who, **said}


@pytest.fixture(scope="module")
def house(module_databases: Databases) -> Iterator[House]:
    with running(module_databases, *RECORDING) as house, speaking(house, "directory") as at:
        at.done("register-units", {"units": [_unit(COMPANY, "C"), _unit(EAST, "E")]})
        at.done("register-people", {"people": [_person(*one) for one in HOLDS.items()]})
        yield house


@pytest.fixture(params=RECORDING)
def auditor(request: pytest.FixtureRequest, house: House) -> Iterator[At]:
    with as_person(house, request.param, AUDITOR) as at:
        assert eventually(lambda: at.get("/security-log").status_code == 200)
        yield at


def as_person(house: House, name: str, who: str) -> Any:
    return speaking(house, name, person(who))


def eventually(holds: Any) -> bool:
    deadline = monotonic() + 15
    while not (held := holds()) and monotonic() < deadline:
        sleep(0.05)
    return bool(held)


def test_a_refusal_is_read_with_who_was_refused_what(house: House, auditor: At) -> None:
    with as_person(house, auditor.service, CLERK) as clerk:
        assert clerk.get("/security-log").status_code == 403

    def told() -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = auditor.read("/security-log", person=CLERK)["items"]
        return items

    assert eventually(told)
    entry = told()[0]
    assert (entry["code"], entry["status"]) == ("SecurityLogIsClosed", 403)
    assert (entry["method"], entry["route"]) == ("GET", "/security-log")
    assert (entry["identity"], entry["address"]) == ("host", "127.0.0.0/24")


def test_it_is_read_page_by_page_the_newest_first(house: House, auditor: At) -> None:
    for _ in range(3):
        with as_person(house, auditor.service, str(uuid4())) as outsider:
            outsider.get("/security-log")

    def all_of_them() -> list[int]:
        return [one["number"] for one in auditor.read("/security-log", limit=500)["items"]]

    assert eventually(lambda: len(all_of_them()) >= 3)
    numbers, found = all_of_them(), []
    page = auditor.read("/security-log", limit=2, before=numbers[0] + 1)
    while page["items"]:
        found += [one["number"] for one in page["items"]]
        if page["next"] is None:
            break
        page = auditor.read("/security-log", limit=2, before=page["next"])
    assert found == numbers == sorted(numbers, reverse=True)


def test_it_is_searched_by_reason_and_time(auditor: At) -> None:
    auditor.client.get(auditor.house.url(auditor.service) + "/security-log")

    def told(**wanted: str) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = auditor.read("/security-log", **wanted)["items"]
        return items

    assert eventually(lambda: told(code="NotSignedIn"))
    entry = told(code="NotSignedIn")[0]
    assert entry["identity"] is None
    assert entry in told(since=entry["at"])
    assert entry not in told(until=entry["at"])
    assert told(code="Nothing") == []


@pytest.mark.parametrize(
    "role", ["local auditor", "auditor once", "hr", "clerk", "stranger", "service"]
)
@pytest.mark.parametrize("name", RECORDING)
def test_it_is_closed_to_everybody_else(house: House, name: str, role: str) -> None:
    actors: dict[str, Actor] = {
        "local auditor": person(LOCAL),
        "auditor once": person(FORMER),
        "hr": person(HR),
        "clerk": person(CLERK),
        "stranger": person(uuid4()),
        "service": service("watches"),
    }
    with ExitStack() as stack:
        admin = stack.enter_context(as_person(house, name, ADMIN))
        assert eventually(lambda: admin.get("/security-log").status_code == 200)
        answer = stack.enter_context(speaking(house, name, actors[role])).get("/security-log")
    assert answer.status_code == 403
    assert answer.json()["code"]


@pytest.mark.parametrize(
    "wanted",
    [{"person": "me"}, {"code": "a'b"}, {"since": "2026-08-14T18:00:00"}, {"limit": 501}],
)
def test_a_question_that_cannot_be_understood_is_refused(
    auditor: At, wanted: dict[str, Any]
) -> None:
    answer = auditor.get("/security-log", **wanted)
    assert answer.status_code == 422
    assert answer.json()["field"].endswith(next(iter(wanted)))
