"""The separation report, kept honest: each wall it tries is broken on purpose, and it says so."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from pydantic import SecretStr

from services.appraisal import wiring as appraisal
from services.appraisal.api.separation import separation_routes
from services.directory import wiring as directory
from services.goals import wiring as goals
from services.host import separation
from services.host.house import RECORDING, Keys, fresh_keys
from services.host.provisioning import Access
from services.metrics import wiring as metrics
from services.metrics.api.walls import closed_to_appraisal
from shared.http.service import Plan, Service
from shared.http.settings import ServiceSettings
from tests.support.postgres import Databases
from tests.support.sources import ROOT

PLANS = {one.PLAN.name: one.PLAN for one in (directory, goals, metrics, appraisal)}
EVERYONE = frozenset({"goals", "metrics", "appraisal", "insights", "audit"})


@dataclass
class Row:
    """The four services side by side, some perhaps with a hole in their wall."""

    access: Mapping[str, Access]
    keys: Keys
    stack: ExitStack

    def doors(self, *plans: Plan, **opened: Callable[[Service], None]) -> separation.Wall:
        """What the report says about the doors, with these plans instead of the product's."""
        roof = FastAPI()
        for name, plan in (PLANS | {plan.name: plan for plan in plans}).items():
            service = self.service(plan)
            opened.get(name, lambda _: None)(service)
            roof.mount(f"/api/{name}", service.app)
        self.client = TestClient(roof)
        return separation._doors(self)  # type: ignore[arg-type]

    def service(self, plan: Plan) -> Service:
        """A service on its database, ready to be asked."""
        access = self.access[plan.name]
        settings = ServiceSettings(
            database_url=SecretStr(access.runtime),
            owner_database_url=SecretStr(access.owner),
            keyring=self.keys.keyring,
            key_id=plan.name,
            private_key=SecretStr(self.keys.pairs[plan.name].private),
            master_key=SecretStr(self.keys.masters[plan.name]),
        )
        made = Service(plan, settings)
        made.migrate()
        self.stack.callback(made.close)
        made.open()
        return made

    def url(self, name: str) -> str:
        """Where a service answers."""
        return f"/api/{name}"


@pytest.fixture(scope="module")
def access(module_databases: Databases) -> dict[str, Access]:
    return {name: module_databases(name) for name in RECORDING}


@pytest.fixture
def row(access: dict[str, Access]) -> Iterator[Row]:
    with ExitStack() as stack:
        yield Row(access, fresh_keys(RECORDING), stack)


def test_all_doors_hold(row: Row) -> None:
    assert row.doors().verdict == "holds"


def test_a_feed_that_is_opened_to_it_is_found(row: Row) -> None:
    readers = {**PLANS["metrics"].readers, "measurements": EVERYONE}
    wall = row.doors(replace(PLANS["metrics"], readers=readers))
    assert (wall.verdict, wall.evidence) == (
        "broken",
        "open: ['metrics/feeds/measurements']; shut: []",
    )


def test_goals_that_does_not_refuse_its_identity_is_found(row: Row) -> None:
    plan = replace(PLANS["goals"], readers={"objectives": EVERYONE}, refused_identities=frozenset())
    wall = row.doors(plan)
    opened = ["goals/feeds/objectives", "goals/cycles", "goals/objectives"]
    assert (wall.verdict, wall.evidence) == ("broken", f"open: {opened}; shut: []")


def test_measurements_of_key_results_that_are_open_to_it_are_found(row: Row) -> None:
    def open_the_door(service: Service) -> None:
        service.app.dependency_overrides[closed_to_appraisal] = lambda: None

    wall = row.doors(metrics=open_the_door)
    assert wall.verdict == "broken"
    assert wall.evidence.count("metrics/key-results/") == 2


def test_a_feed_that_it_needs_and_cannot_read_is_found(row: Row) -> None:
    readers = {**PLANS["metrics"].readers, "kpis": frozenset({"goals"})}
    wall = row.doors(replace(PLANS["metrics"], readers=readers))
    assert (wall.verdict, wall.evidence) == ("broken", "open: []; shut: ['kpis']")


# Databases


@contextmanager
def let_in(admin: str, access: Mapping[str, Access], name: str) -> Iterator[None]:
    """The appraisal's role may enter another service's database for a while."""
    database = sql.Identifier(str(conninfo_to_dict(access[name].runtime)["dbname"]))
    role = sql.Identifier(str(conninfo_to_dict(access["appraisal"].runtime)["user"]))
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, role))
        try:
            yield
        finally:
            revoke = sql.SQL("REVOKE CONNECT ON DATABASE {} FROM {}")
            connection.execute(revoke.format(database, role))


@pytest.mark.parametrize("name", ["directory", "goals", "metrics"])
def test_a_database_that_it_may_enter_is_found(
    row: Row, access: dict[str, Access], postgres: str, name: str
) -> None:
    database = str(conninfo_to_dict(access[name].runtime)["dbname"])
    assert separation._databases(access).verdict == "holds"
    assert database not in own_report(row)["database"]["says"]
    with let_in(postgres, access, name):
        wall = separation._databases(access)
        assert (wall.verdict, wall.evidence) == ("broken", name)
        own = own_report(row)["database"]
        assert own["holds"] is False
        assert database in own["says"]
    assert separation._databases(access).verdict == "holds"


def test_a_role_that_cannot_even_enter_its_own_database_proves_nothing(
    access: dict[str, Access],
) -> None:
    own = make_conninfo(access["appraisal"].runtime, password="forgotten")
    wall = separation._databases({**access, "appraisal": Access(own, own)})
    assert (wall.verdict, wall.evidence[:20]) == ("broken", "could not be tried: ")


def own_report(row: Row, plan: Plan = PLANS["appraisal"]) -> dict[str, Any]:
    """What the appraisal service says about itself, wall by wall."""
    with TestClient(row.service(plan).app) as client:
        token = row.keys.minter("host").mint_own("host", "appraisal")
        answer = client.get("/separation", headers={"Authorization": f"Bearer {token}"})
    return {check["wall"]: check for check in answer.json()["checks"]}


# Feeds and modules


def test_a_feed_that_it_follows_beyond_its_own_is_found(row: Row) -> None:
    follows = ["appraisals", "kpis", "organisation"]
    assert own_report(row, only(separation_routes(follows)))["feeds"]["holds"] is True
    greedy = own_report(row, only(separation_routes([*follows, "objectives"])))
    assert greedy["feeds"]["holds"] is False


def only(routes: Any) -> Plan:
    """The appraisal with nothing but these routes."""
    return replace(PLANS["appraisal"], routers=lambda _: [routes])


def test_a_process_that_loads_an_okr_contract_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text("import shared.contracts.measurements\n")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{ROOT}")
    wall = separation._loaded_modules()
    assert (wall.verdict, wall.evidence.strip()) == ("broken", "['shared.contracts.measurements']")
