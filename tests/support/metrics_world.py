"""A sales department with published key results and a KPI, for tests of metrics over HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from time import monotonic
from typing import Any
from uuid import UUID

import httpx2

from services.host.house import House
from shared.kernel.actors import Actor, service
from shared.kernel.ids import id_of
from tests.support.house import At, speaking

IMPORT = service("import")
SALES, EAST = id_of("unit", "SALES"), id_of("unit", "EAST")
CHEN, LI, WU, HU, ZHAO, OWNER = (
    id_of("person", name) for name in ("chen", "li", "wu", "hu", "zhao", "owner")
)
CUSTOMERS, PORTAL, LAUNCH, QUALITY, FOLLOWED = (
    id_of("key_result", name) for name in ("customers", "portal", "launch", "quality", "followed")
)
OBJECTIVE, CYCLE = id_of("objective", "grow"), id_of("cycle", "now")
REVENUE, WON, CASES, WIN_RATE = (
    id_of("kpi", code) for code in ("REVENUE", "WON", "CASES", "WIN_RATE")
)


@dataclass
class World:
    """The running house. Chen sells in East under Li, who leads Sales; Wu is a colleague, Zhao the
    champion, Hu is HR, and the KPI has an owner of its own."""

    house: House

    @property
    def today(self) -> date:
        """The business day."""
        return self.house.services["metrics"].clock.today()

    @contextmanager
    def speaking(self, actor: Actor = IMPORT, at: str = "metrics") -> Iterator[At]:
        """Someone speaks."""
        with speaking(self.house, at, actor) as me:
            yield me

    def settle(self) -> None:
        """Metrics, directory and goals have followed everything recorded so far."""
        for name in ("goals", "metrics"):
            followed = self.house.services[name]
            for feed, owner in FOLLOWS[name].items():
                head = self.house.services[owner].reader.stretch(feed, 0, 1).head
                assert followed.followed.wait_for({feed: head}, longest=20), (name, feed)

    def as_appraisal(self, path: str) -> httpx2.Response:
        """What appraisal itself is answered."""
        token = self.house.keys.minter("appraisal").mint_own("appraisal", "metrics")
        url = f"{self.house.url('metrics')}{path}"
        return httpx2.get(url, headers={"Authorization": f"Bearer {token}"}, trust_env=False)

    def complete_through(self, me: At, instant: str) -> None:
        """Everything known until an instant is in the tables and can be asked as of then."""
        deadline = monotonic() + 20
        while (through := me.read("/kpis")["complete_through"]) < instant:
            assert monotonic() < deadline, f"complete only through {through}"


FOLLOWS = {
    "goals": {"organisation": "directory", "kpis": "metrics"},
    "metrics": {
        "organisation": "directory",
        "objectives": "goals",
        "kpis": "metrics",
        "measurements": "metrics",
    },
}


def a_world(house: House) -> World:
    """People, definitions and key results, registered, published and followed."""
    world = World(house)
    with world.speaking(at="directory") as directory:
        directory.done("register-units", {"units": [_unit(SALES, "SALES", None)]})
        directory.done("register-people", {"people": list(_people())})
        leads = [_unit(SALES, "SALES", None, head=LI, champion=ZHAO), _unit(EAST, "EAST", SALES)]
        directory.done("register-units", {"units": leads})
        posts = [_person(CHEN, "陈晓", unit=EAST, manager=LI)]
        directory.done("register-people", {"people": posts})
    world.settle()
    with world.speaking() as metrics:
        metrics.done("define-kpis", {"definitions": list(_kpis())})
    world.settle()
    _publish(world)
    world.settle()
    return world


def _unit(unit: UUID, code: str, parent: UUID | None, **leads: UUID) -> dict[str, Any]:
    return {
        "unit_id": str(unit),
        "code": code,
        "kind": "department" if parent is None else "team",
        "name_zh": code,
        "name_en": code,
        "parent_id": parent and str(parent),
        "effective_from": "2026-01-01",
        **{f"{part}_id": str(who) for part, who in leads.items()},
    }


def _person(who: UUID, name: str, *, unit: UUID = SALES, manager: UUID | None = None, **more: Any):
    return {
        "person_id": str(who),
        "name": name,
        "name_en": name,
        "posts": [{"unit_id": str(unit), "title": "sales"}],
        "managers": [{"manager_id": str(manager)}] if manager else [],
        "effective_from": "2026-01-01",
        **more,
    }


def _people() -> Iterator[dict[str, Any]]:
    yield _person(LI, "Li")
    yield _person(HU, "Hu", roles=[{"role": "hr"}])
    yield _person(ZHAO, "Zhao")
    yield _person(OWNER, "Owner")
    yield _person(WU, "Wu", manager=LI)


def _kpis() -> Iterator[dict[str, Any]]:
    usual = {
        "unit": "CNY",
        "direction": "higher",
        "over_time": "sum",
        "frequency": "day",
        "owner_id": str(OWNER),
        "sources": ["erp", "manual"],
    }
    for code, name in (("REVENUE", "收入"), ("WON", "赢单"), ("CASES", "商机")):
        yield {**usual, "code": code, "name_zh": name, "name_en": code.title()}
    yield {
        **usual,
        "code": "WIN_RATE",
        "name_zh": "赢单率",
        "name_en": "Win rate",
        "unit": "%",
        "over_time": "ratio_of_sums",
        "over_units": "ratio_of_sums",
        "numerator": "WON",
        "denominator": "CASES",
    }


def _publish(world: World) -> None:
    first = world.today - timedelta(days=40)
    last = first + timedelta(days=91)
    cycle = {
        "cycle_id": str(CYCLE),
        "code": "NOW",
        "kind": "quarter",
        "first": str(first),
        "last": str(last),
    }
    milestones = [{"name": name, "due": str(last)} for name in ("design", "live")]
    levels = [{"name": name, "value": value} for name, value in (("poor", "0"), ("good", "1"))]
    measures: dict[UUID, dict[str, Any]] = {
        CUSTOMERS: {"type": "metric", "baseline": "0", "target": "1200"},
        PORTAL: {"type": "boolean"},
        LAUNCH: {"type": "milestone", "milestones": milestones},
        QUALITY: {"type": "rubric", "levels": levels},
        FOLLOWED: {"type": "metric", "baseline": "0", "target": "400000"},
    }
    binding = {"kpi_id": str(REVENUE), "definition_version": 1, "subject_id": str(CHEN)}
    key_results = [
        {
            "key_result_id": str(one),
            "title": f"Key result {n}",
            "responsible_id": str(CHEN),
            "measure": measure,
            "kpi": binding if one == FOLLOWED else None,
        }
        for n, (one, measure) in enumerate(measures.items())
    ]
    objective = {
        "objective_id": str(OBJECTIVE),
        "cycle_id": str(CYCLE),
        "title": "Win the trust of new customers",
        "level": "person",
        "holder": {"kind": "person", "id": str(CHEN)},
        "responsible_id": str(CHEN),
        "kind": "committed",
        "key_results": key_results,
    }
    with world.speaking(service("import", HU), at="goals") as goals:
        goals.done("plan-cycles", {"cycles": [cycle]})
        goals.done("open-drafting", {"cycle_ids": [str(CYCLE)]})
        goals.done("draft-objectives", {"objectives": [objective]})
        goals.done("publish-objectives", {"objective_ids": [str(OBJECTIVE)]})
