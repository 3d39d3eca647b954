"""The revised target over HTTP: directory, goals and metrics as they run, on a rehearsal clock."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event
from time import monotonic
from typing import Any
from uuid import UUID

import pytest

from services.host.house import fresh_keys
from shared.eventing.rehearsal import Rehearsal
from shared.kernel.actors import service
from shared.kernel.ids import id_of
from tests.support.house import At, imported_for, running, speaking

CHEN, LI = id_of("person", "chen"), id_of("person", "li")
SALES, CYCLE, GROW = id_of("unit", "sales"), id_of("cycle", "2026-Q3"), id_of("objective", "grow")
CUSTOMERS, PORTAL, REVENUE = (id_of("key_result", n) for n in ("customers", "portal", "revenue"))
KPI = id_of("kpi", "revenue")
SERVICES = ("directory", "goals", "metrics")


def at(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour - 8 if hour >= 8 else hour, tzinfo=UTC)


class Quarter:
    """Plays the quarter through the front doors, on the days on which it happened."""

    def __init__(self, house: Any, speakers: dict[str, At], clocks: list[Rehearsal]) -> None:
        self.house, self.speakers, self.clocks = house, speakers, clocks

    def on(self, month: int, day: int, hour: int = 9) -> "Quarter":
        for clock in self.clocks:
            clock.show(at(month, day, hour))
        return self

    def do(self, who: str, command: str, **body: Any) -> None:
        self.speakers[who].done(command, body)

    def eventually(self, who: str, command: str, **body: Any) -> None:
        """What needs a neighbour's news may have to wait for them a moment."""
        answers: list[Any] = []

        def accepted() -> bool:
            answers.append(self.speakers[who].ask(command, body))
            return bool(answers[-1].status_code == 200)

        assert wait_for(accepted), answers[-1].text


def wait_for(probe: Callable[[], Any], seconds: float = 15.0) -> Any:
    until = monotonic() + seconds
    while not (found := probe()) and monotonic() < until:
        Event().wait(0.05)
    return found


def metric(baseline: int, target: int) -> dict[str, Any]:
    return {"type": "metric", "baseline": str(baseline), "target": str(target)}


def key_result(key: UUID, title: str, measure: dict[str, Any], **more: Any) -> dict[str, Any]:
    told = {"key_result_id": str(key), "title": title, "responsible_id": str(LI)}
    return {**told, "measure": measure, **more}


def publish(quarter: Quarter) -> None:
    unit = {
        "unit_id": str(SALES),
        "code": "sales",
        "kind": "department",
        "name_zh": "销售部",
        "name_en": "Sales",
        "effective_from": "2026-01-01",
    }
    quarter.on(6, 20).do("directory", "register-units", units=[unit])
    people = [
        {
            "person_id": str(who),
            "name": name,
            "name_en": name,
            "posts": [{"unit_id": str(SALES), "title": "Sales"}],
            "managers": [] if who == CHEN else [{"manager_id": str(CHEN)}],
            "effective_from": "2026-01-01",
        }
        for who, name in ((CHEN, "Chen"), (LI, "Li"))
    ]
    quarter.do("directory", "register-people", people=people)
    kpi = {
        "code": "revenue",
        "name_zh": "收入",
        "name_en": "Revenue",
        "unit": "CNY",
        "direction": "higher",
        "over_time": "sum",
        "frequency": "month",
        "owner_id": str(CHEN),
        "sources": ["erp"],
    }
    quarter.eventually("metrics", "define-kpis", definitions=[kpi])
    cycle = {
        "cycle_id": str(CYCLE),
        "code": "2026-Q3",
        "kind": "quarter",
        "first": "2026-07-01",
        "last": "2026-09-30",
    }
    quarter.do("goals", "plan-cycles", cycles=[cycle])
    quarter.on(7, 1).do("goals", "open-drafting", cycle_ids=[str(CYCLE)])
    binding = {"kpi_id": str(KPI), "definition_version": 1, "subject_id": str(SALES)}
    objective = {
        "objective_id": str(GROW),
        "cycle_id": str(CYCLE),
        "title": "Grow in the east",
        "level": "department",
        "holder": {"kind": "unit", "id": str(SALES)},
        "responsible_id": str(CHEN),
        "kind": "aspirational",
        "key_results": [
            key_result(CUSTOMERS, "New paying customers", metric(0, 1200), unit="customers"),
            key_result(PORTAL, "Partner portal live", {"type": "boolean"}),
            key_result(REVENUE, "Revenue", metric(0, 5_000_000), unit="CNY", kpi=binding),
        ],
    }
    quarter.eventually("goals", "draft-objectives", objectives=[objective])
    quarter.do("goals", "publish-objectives", objective_ids=[str(GROW)])
    quarter.do("goals", "activate-cycles", cycle_ids=[str(CYCLE)])


def check_in(quarter: Quarter, month: int, day: int, value: int) -> None:
    said = {
        "key_result_id": str(CUSTOMERS),
        "observed_on": f"2026-{month:02}-{day:02}",
        "value": str(value),
        "confidence": 6,
    }
    quarter.on(month, day, 18).eventually("metrics", "check-in", check_ins=[said])


def revise(quarter: Quarter, name: str, target: int, since: str) -> None:
    revision = {
        "revision_id": str(id_of("revision", name)),
        "objective_id": str(GROW),
        "change": {"what": "target", "key_result_id": str(CUSTOMERS), "target": str(target)},
        "reason": "the market moved",
        "category": "external_change",
        "asked_by": str(LI),
        "approved_by": str(CHEN),
        "effective_from": since,
    }
    quarter.do("chen", "revise-objectives", revisions=[revision])


def play(quarter: Quarter) -> None:
    publish(quarter)
    check_in(quarter, 7, 20, 240)
    figure = {
        "kpi_id": str(KPI),
        "subject": {"kind": "unit", "id": str(SALES)},
        "value": "1000000",
        "observed_on": "2026-07-31",
        "source": "erp",
    }
    quarter.on(7, 31, 20).eventually("metrics", "record-measurements", measurements=[figure])
    revise(quarter.on(8, 3), "down", 1000, "2026-08-01")
    check_in(quarter, 8, 28, 600)
    revise(quarter.on(9, 2), "up", 1100, "2026-09-01")
    check_in(quarter, 9, 20, 660)
    quarter.on(9, 30, 18)


@pytest.fixture(scope="module")
def goals(module_databases):
    keys = fresh_keys((*SERVICES, "appraisal"))
    with running(module_databases, *SERVICES, keys=keys) as house:
        clocks = [Rehearsal(house._access[name].owner) for name in SERVICES]
        importing = service("import", CHEN)
        with (
            speaking(house, "directory", importing) as directory,
            speaking(house, "metrics", importing) as metrics,
            speaking(house, "goals", importing) as goals,
            speaking(house, "goals", imported_for(CHEN)) as chen,
        ):
            speakers = {"directory": directory, "metrics": metrics, "goals": goals, "chen": chen}
            play(Quarter(house, speakers, clocks))
            ended = at(9, 30, 17).isoformat()[:16]
            assert wait_for(lambda: chen.read("/cycles")["complete_through"][:16] >= ended)
            yield chen
        for clock in clocks:
            clock.close()


def test_progress_against_1200_and_1100_with_all_three_lines(goals):
    told = goals.read(f"/key-results/{CUSTOMERS}", on="2026-09-30")
    assert (told["progress"]["vs_original"], told["progress"]["vs_current"]) == ("0.55", "0.6")
    assert told["series"]["original_target"] == "1200"
    steps = [(s["from"], s["to"], s["value"]) for s in told["series"]["targets"]]
    assert steps == [
        ("2026-07-01", "2026-07-31", "1200"),
        ("2026-08-01", "2026-08-31", "1000"),
        ("2026-09-01", None, "1100"),
    ]
    assert told["series"]["targets"][1]["approved_by"] == str(CHEN)


def test_before_the_first_revision_exactly_what_was_known_then(goals):
    told = goals.read(f"/key-results/{CUSTOMERS}", as_of=at(8, 3, 8).isoformat())
    assert told["on"] == "2026-08-03"
    assert [s["value"] for s in told["series"]["targets"]] == ["1200"]
    assert told["progress"]["vs_current"] == told["progress"]["vs_original"] == "0.2"
    assert told["actual"] == "240"


def test_the_kpi_measures_without_an_entry_of_its_own(goals):
    told = goals.read(f"/key-results/{REVENUE}", on="2026-08-15")
    assert (told["actual"], told["progress"]["vs_current"]) == ("1000000", "0.2")


def test_the_objective_its_list_story_alignment_and_cycles_are_read(goals):
    objective = goals.read(f"/objectives/{GROW}", on="2026-09-30")
    assert [one["type"] for one in objective["key_results"]] == ["metric", "boolean", "metric"]
    listed = goals.read("/objectives", unit=str(SALES), on="2026-09-30")
    assert listed["items"][0]["progress"] == objective["progress"]
    story = goals.read(f"/key-results/{CUSTOMERS}/story")["items"]
    assert [one["name"].split(".")[-1] for one in story if one["revision_id"]] == ["v1", "v1"]
    assert len(story) == 7
    assert goals.read(f"/objectives/{GROW}/alignment")["parents"] == []
    assert goals.read("/cycles")["items"][0]["state"] == "active"
    mine = goals.read("/key-results", responsible=str(LI), due=True, on="2026-09-29")
    assert [one["id"] for one in mine["items"]] == [str(PORTAL), str(CUSTOMERS)]
    assert [one["stale"] for one in mine["items"]] == [True, False]


def test_the_appraisal_gets_nothing_here(goals):
    house = goals.house
    token = house.keys.minter("appraisal").mint_own("appraisal", "goals")
    for path in ("/objectives", f"/key-results/{CUSTOMERS}", "/cycles", "/feeds/objectives"):
        answer = goals.client.get(
            f"{house.url('goals')}{path}", headers={"Authorization": f"Bearer {token}"}
        )
        assert (answer.status_code, answer.json()["code"]) == (403, "IdentityRefused")
