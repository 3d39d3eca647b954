"""Who goes: they cannot act, and what they were charged with is somebody else's, or named."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest

from services.host.house import House
from tests.support.house import At, running, speaking
from tests.support.postgres import Databases

SINCE = "2026-07-01"


@pytest.fixture(scope="module")
def house(module_databases: Databases) -> Iterator[House]:
    with running(module_databases, "directory") as running_house:
        yield running_house


@dataclass
class Team:
    """A unit with a head, and people in a line: boss, head, rep, trainee."""

    at: At
    boss: str
    head: str
    rep: str
    trainee: str
    unit: str

    def person(self, who: str) -> dict[str, Any]:
        told: dict[str, Any] = self.at.read(f"/people/{who}")["person"]
        return told

    def manager(self, who: str, kind: str = "line") -> str | None:
        links = {link["kind"]: link["manager_id"] for link in self.person(who)["managers"]}
        return links.get(kind)

    def leads(self) -> tuple[str, str]:
        units = {unit["unit_id"]: unit for unit in self.at.read("/units")["units"]}
        return units[self.unit]["head_id"], units[self.unit]["champion_id"]

    def gone(self, who: str, successor: str | None = None) -> dict[str, Any]:
        entry = {"person_id": who, "successor_id": successor, "effective_from": SINCE}
        return self.at.done("deactivate-people", {"people": [entry]})


def somebody(manager: str | None = None, **more: Any) -> dict[str, Any]:
    links = [{"manager_id": manager}] if manager else []
    usual = {"person_id": str(uuid4()), "name": "陈晓", "name_en": "Chen Xiao"}
    return {**usual, "managers": links, "effective_from": SINCE, **more}


@pytest.fixture
def team(house: House) -> Iterator[Team]:
    boss = somebody()
    head = somebody(boss["person_id"])
    rep = somebody(head["person_id"])
    trainee = somebody(rep["person_id"])
    people = [boss, head, rep, trainee]
    unit = {
        "unit_id": str(uuid4()),
        "code": f"u-{uuid4()}",
        "kind": "team",
        "name_zh": "华东",
        "name_en": "East",
        "head_id": head["person_id"],
        "champion_id": head["person_id"],
        "effective_from": SINCE,
    }
    with speaking(house, "directory") as at:
        at.done("register-people", {"people": people})
        at.done("register-units", {"units": [unit]})
        yield Team(at, *(one["person_id"] for one in people), unit["unit_id"])


def test_who_is_deactivated_is_shown_so_until_reactivated(team: Team) -> None:
    team.gone(team.trainee)
    assert team.person(team.trainee)["active"] is False
    team.at.done("reactivate-people", {"person_ids": [team.trainee]})
    assert team.person(team.trainee)["active"] is True


def test_the_answer_names_what_nobody_took_over(team: Team) -> None:
    told = team.gone(team.head)
    assert told["held"] == [
        {
            "person_id": team.head,
            "heads": [team.unit],
            "champions": [team.unit],
            "manages": [{"person_id": team.rep, "kind": "line"}],
        }
    ]
    (warning,) = told["warnings"]
    assert (warning["code"], warning["person_id"]) == ("StillHeld", team.head)
    assert "leads 1 units and manages 1 people" in warning["sentence"]


def test_the_warning_is_said_in_the_readers_language(team: Team) -> None:
    team.at.language = "zh-CN"
    (warning,) = team.gone(team.head)["warnings"]
    assert warning["sentence"].startswith("该人员仍负责 1 个组织单元")


def test_who_holds_nothing_goes_without_a_word(team: Team) -> None:
    told = team.gone(team.trainee)
    assert (told["held"], told["warnings"]) == ([], [])


def test_the_successor_leads_and_manages(team: Team) -> None:
    told = team.gone(team.head, team.boss)
    assert (told["held"], told["warnings"]) == ([], [])
    assert team.leads() == (team.boss, team.boss)
    assert team.manager(team.rep) == team.boss
    (one,) = [p for p in team.at.read("/hand-overs")["people"] if p["person_id"] == team.head]
    assert (one["successor_id"], one["effective_from"]) == (team.boss, SINCE)


@pytest.mark.parametrize("depth", ["rep", "trainee"])
def test_a_successor_from_below_never_comes_to_stand_below_themselves(
    team: Team, depth: str
) -> None:
    successor = getattr(team, depth)
    team.gone(team.head, successor)
    assert team.leads() == (successor, successor)
    assert team.manager(team.rep) == team.boss
    assert team.manager(team.trainee) == team.rep


def test_who_has_nobody_above_is_followed_by_their_report_who_then_reports_to_nobody(
    team: Team,
) -> None:
    told = team.gone(team.boss, team.head)
    assert told["held"][0]["manages"] == [{"person_id": team.head, "kind": "line"}]
    assert team.manager(team.head) == team.boss


def test_what_was_left_open_can_be_handed_over_afterwards(team: Team) -> None:
    team.gone(team.head)
    assert team.gone(team.head, team.boss)["held"] == []
    assert team.leads() == (team.boss, team.boss)


def test_nobody_takes_over_who_goes_too_or_is_not_here(team: Team) -> None:
    team.gone(team.trainee)
    for successor in (team.trainee, str(uuid4())):
        entry = {"person_id": team.head, "successor_id": successor, "effective_from": SINCE}
        answer = team.at.ask("deactivate-people", {"people": [entry]})
        problem = answer.json()
        assert (problem["code"], problem["field"]) == ("SuccessorLeaves", "people[0].successor_id")
    both = [
        {"person_id": team.head, "successor_id": team.rep, "effective_from": SINCE},
        {"person_id": team.rep},
    ]
    assert team.at.ask("deactivate-people", {"people": both}).json()["code"] == "SuccessorLeaves"
    assert team.person(team.head)["active"] is True


def test_nobody_takes_over_from_themselves(team: Team) -> None:
    entry = {"person_id": team.head, "successor_id": team.head, "effective_from": SINCE}
    answer = team.at.ask("deactivate-people", {"people": [entry]})
    assert answer.json()["code"] == "OwnSuccessor"


def test_nobody_unknown_is_deactivated(team: Team) -> None:
    nobody = {"people": [{"person_id": str(uuid4())}]}
    assert team.at.ask("deactivate-people", nobody).status_code == 404
    answer = team.at.ask("reactivate-people", {"person_ids": [str(uuid4())]})
    assert answer.status_code == 404


def test_who_leaves_hands_over_on_the_day_after(team: Team) -> None:
    asked = {"person_id": team.head, "last_day": "2026-08-31", "successor_id": team.boss}
    assert team.at.done("end-employment", asked)["held"] == []
    assert team.leads() == (team.boss, team.boss)
    told = team.at.read("/hand-overs", on="2026-09-01")["people"]
    (one,) = [p for p in told if p["person_id"] == team.head]
    assert (one["last_day"], one["effective_from"]) == ("2026-08-31", "2026-09-01")
    before = team.at.read("/hand-overs", on="2026-08-31")["people"]
    assert team.head not in [p["person_id"] for p in before]


def test_people_of_whom_one_is_functional_manager_are_handed_over_too(team: Team) -> None:
    link = {"kind": "functional", "manager_id": team.rep}
    other = somebody()
    other["managers"] = [link]
    team.at.done("register-people", {"people": [other]})
    team.gone(team.rep, team.head)
    assert team.manager(other["person_id"], "functional") == team.head
