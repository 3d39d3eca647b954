"""What happened to a unit and to a person, in sentences; to whom it is told; of the forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest

from shared.kernel.actors import Actor, person
from shared.kernel.actors import service as service_actor
from tests.support.children import until
from tests.support.directory import refused, somebody, unit
from tests.support.house import At, running, speaking
from tests.support.postgres import Databases


@dataclass
class Company:
    """Chen manages Li in the East; He keeps the people of the East, Zhao those of the company."""

    at: At
    east: dict[str, Any]
    chen: dict[str, Any]
    li: dict[str, Any]
    he: dict[str, Any]
    zhao: dict[str, Any]

    def story(self, path: str, who: Actor | None = None, **asked: Any) -> list[dict[str, Any]]:
        asker = At(self.at.house, "directory", who or self.at.actor, self.at.client)
        asker.seen, asker.language = self.at.seen, asked.pop("language", "en")
        items: list[dict[str, Any]] = asker.read(path, **asked)["items"]
        return items

    def of(self, one: dict[str, Any]) -> str:
        return f"/people/{one['person_id']}/story"


@pytest.fixture(scope="module")
def company(module_databases: Databases) -> Iterator[Company]:
    east = unit(kind="company")
    chen = somebody(east["unit_id"])
    li = somebody(east["unit_id"], manager=chen["person_id"], name="李明", name_en="Li Ming")
    he = somebody(roles=[{"role": "hr", "unit_id": east["unit_id"]}])
    zhao = somebody(roles=[{"role": "hr"}])
    with (
        running(module_databases, "directory") as house,
        speaking(house, "directory", service_actor("import")) as at,
    ):
        at.done("register-units", {"units": [east]})
        at.done("register-people", {"people": [chen, li, he, zhao]})
        yield Company(at, east, chen, li, he, zhao)


def sentences(items: list[dict[str, Any]]) -> list[str]:
    return [one["sentence"] for one in items]


def test_a_unit_is_told_of_in_order_with_who_and_from_when(company: Company) -> None:
    led = company.east | {"head_id": company.chen["person_id"], "effective_from": "2026-09-01"}
    company.at.done("register-units", {"units": [led]})
    told = company.story(f"/units/{company.east['unit_id']}/story")
    assert sentences(told) == [
        f"{{actor}} founded {company.east['code']} at the top of the tree;"
        " it exists from 2026-07-01 on.",
        "{actor} called the unit 华东组 / East.",
        "{actor} appointed {head} head from 2026-09-01 on.",
    ]
    assert told[2]["people"] == {"actor": "import", "head": company.chen["person_id"]}
    assert told[2]["effective_from"] == "2026-09-01"


def test_a_person_is_told_of_in_both_languages(company: Company) -> None:
    told = company.story(company.of(company.li))
    assert sentences(told)[3:] == [
        "{actor} gave {person} the post of Sales in {unit}, 100 % of full time,"
        " from 2026-07-01 on.",
        "{actor} made {manager} line manager of {person} from 2026-07-01 on.",
    ]
    assert told[3]["units"] == {"unit": company.east["unit_id"]}
    assert told[4]["people"]["manager"] == company.chen["person_id"]
    chinese = company.story(company.of(company.li), language="zh-CN")
    assert sentences(chinese)[4] == (
        "{actor} 指定 {manager} 为 {person} 的直属上级，自 2026-07-01 起生效。"
    )


def test_who_acted_for_whom_is_told(company: Company) -> None:
    zhao = service_actor("host", company.zhao["person_id"])
    called = company.chen | {"name_en": "Chen Da", "roles": None}
    At(company.at.house, "directory", zhao, company.at.client).done(
        "register-people", {"people": [called]}
    )
    told = company.story(company.of(company.chen))[-1]
    assert told["people"]["actor"] == company.zhao["person_id"]
    assert told["people"]["through"] == "host"


def test_as_of_an_instant_what_came_later_is_not_told(company: Company) -> None:
    first = company.story(company.of(company.li))[0]["recorded_at"]
    assert len(company.story(company.of(company.li), as_of=first)) < 6
    before = company.at.get(company.of(company.li), as_of="2020-01-01T00:00:00Z")
    refused(before, "NotFound", "person_id")


def test_of_a_person_it_is_told_to_them_to_those_above_and_to_keepers(company: Company) -> None:
    for one in (company.li, company.chen, company.he, company.zhao):
        assert company.story(company.of(company.li), person(one["person_id"]))
    asker = At(company.at.house, "directory", person(company.li["person_id"]), company.at.client)
    answer = asker.get(company.of(company.chen))
    assert answer.status_code == 403
    refused(answer, "StoriesOfPeopleAreClosed", "person_id")
    assert asker.get(f"/units/{company.east['unit_id']}/story").status_code == 200


def test_a_legal_hold_is_told_to_those_alone_who_may_see_holds(company: Company) -> None:
    placed = {"person_id": company.li["person_id"], "hold_id": str(uuid4()), "reason": "A case."}
    company.at.done("place-legal-hold", placed)
    hold = "{actor} placed a legal hold: nothing about {person} may be erased."
    seen = company.story(company.of(company.li), person(company.zhao["person_id"]))
    assert (seen[-1]["sentence"], seen[-1]["reason"]) == (hold, "A case.")
    for one in (company.li, company.chen, company.he):
        assert hold not in sentences(
            company.story(company.of(company.li), person(one["person_id"]))
        )


def test_nothing_else_is_taken_for_a_unit_or_a_person(company: Company) -> None:
    unit_id, person_id = company.east["unit_id"], company.li["person_id"]
    refused(company.at.get(f"/units/{person_id}/story"), "NotFound", "unit_id")
    refused(company.at.get(f"/people/{unit_id}/story"), "NotFound", "person_id")
    refused(company.at.get(f"/people/{uuid4()}/story"), "NotFound", "person_id")


def test_of_the_forgotten_the_name_is_not_told_and_the_rest_is(company: Company) -> None:
    gone = somebody(company.east["unit_id"], name="孙悟", name_en="Sun Wu")
    company.at.done("register-people", {"people": [gone]})
    company.at.done("end-employment", {"person_id": gone["person_id"], "last_day": "2026-07-02"})
    company.at.done("forget-person", {"person_id": gone["person_id"], "reason": "They asked."})

    def names() -> list[str]:
        told = company.story(company.of(gone), person(company.zhao["person_id"]))
        return [one for one in sentences(told) if "wrote down the name" in one]

    erased = ["{actor} wrote down the name erased / erased."]
    until(lambda: names() == erased, 20, "the key is destroyed")
    assert "Sun" not in str(company.story(company.of(gone)))
    last = company.story(company.of(gone))[-1]
    assert last["sentence"] == "{actor} had what is personal about {person} erased."
    assert last["reason"] == "They asked."
