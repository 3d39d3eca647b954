"""The appraisal reads KPIs and nothing else: every wall is climbed here, and holds.

The import contract is broken on purpose in tests/architecture/test_import_contracts.py, the topic's
permissions on Apache Kafka itself in tests/shared/eventing/test_kafka_acls.py, and the contract of
KPIs is read word by word in tests/contracts/test_kpis.py.
"""

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from services.host.house import RECORDING, House
from services.host.importing.planning.names import appraisal_id, person_id
from services.host.provisioning import Access
from shared.http.tokens import Verifier
from shared.kernel.actors import Actor, person, service
from tests.support.children import Child, free_port, until
from tests.support.postgres import Databases
from tests.support.sources import ROOT
from tests.system.quarter import Quarter

pytestmark = pytest.mark.system

HR, HEAD, CHIEF = (person_id(code) for code in ("E002", "E010", "E001"))
BY_HAND = re.compile(r"^\| (E\d+) (?:\| [\d.]+ ){3}\| ([\d.]+) \| ([SABCD]) \|$", re.MULTILINE)
NEIGHBOURS = {"kpis": "metrics", "organisation": "directory"}
FORBIDDEN = (
    "shared.contracts.objectives",
    "shared.contracts.objective_revisions",
    "shared.contracts.objective_terms",
    "shared.contracts.measurements",
)


@dataclass
class Lived:
    """A house in one process after the whole quarter, and a client to speak to it."""

    house: House
    access: Mapping[str, Access]
    client: httpx2.Client

    def get(self, who: Actor, name: str, path: str) -> httpx2.Response:
        """Read as someone for whom the host signs."""
        return self._get(self.house.token(who, name), name, path)

    def knock(self, name: str, path: str, actor: Actor | None = None) -> httpx2.Response:
        """Read with a token that is signed with the appraisal service's own key."""
        minter = self.house.keys.minter("appraisal")
        return self._get(minter.mint(actor or service("appraisal"), name), name, path)

    def done(self, who: Actor, name: str, command: str, body: dict[str, Any]) -> None:
        """A command that must be accepted."""
        answer = self.client.post(
            f"{self.house.url(name)}/commands/{command}",
            json=body,
            headers={
                "Authorization": f"Bearer {self.house.token(who, name)}",
                "Idempotency-Key": str(uuid4()),
            },
        )
        assert answer.status_code == 200, answer.text

    def results(self) -> dict[str, Any]:
        """Every figure of every appraisal, by person."""
        listed = self.get(person(HR), "appraisal", "/appraisals").json()["items"]
        return {one["subject"]: self._result(one["id"]) for one in listed}

    def _result(self, one: str) -> dict[str, Any]:
        told = self.get(person(HR), "appraisal", f"/appraisals/{one}").json()
        return {key: told[key] for key in ("total", "band", "sections", "items", "live_total")}

    def _get(self, token: str, name: str, path: str) -> httpx2.Response:
        url = f"{self.house.url(name)}{path}"
        return self.client.get(url, headers={"Authorization": f"Bearer {token}"})


@pytest.fixture(scope="module")
def lived(module_databases: Databases) -> Iterator[Lived]:
    access = {name: module_databases(name) for name in RECORDING}
    with (
        House(access) as house,
        Quarter(house, access) as quarter,
        httpx2.Client(timeout=60, trust_env=False) as client,
    ):
        quarter.live_the_first_half()
        quarter.live_the_second_half()
        until(quarter.everything_has_arrived, seconds=60, what="the quarter in every table")
        yield Lived(house, access, client)


# What it computes


def test_the_totals_are_those_worked_out_by_hand(lived: Lived) -> None:
    page = (ROOT / "docs" / "worked-example.md").read_text(encoding="utf-8")
    by_hand = {code: (total, band) for code, total, band in BY_HAND.findall(page)}
    assert len(by_hand) == 8
    computed = {
        code: lived.get(
            person(HR), "appraisal", f"/appraisals/{appraisal_id(code, '2026-Q3')}"
        ).json()
        for code in by_hand
    }
    assert {code: (one["total"], one["band"]) for code, one in computed.items()} == by_hand


def test_changing_every_okr_changes_no_figure(lived: Lived) -> None:
    before = lived.results()
    assert len(before) == 12
    objectives = lived.get(person(HEAD), "goals", "/objectives").json()["items"]
    ids = [one["id"] for one in objectives]
    assert len(ids) == 12
    acting = service("import", on_behalf_of=CHIEF)
    lived.done(acting, "goals", "cancel-objectives", {"objective_ids": ids, "reason": "All wrong."})

    def nothing_is_left() -> bool:
        told = lived.get(person(HEAD), "goals", "/objectives").json()["items"]
        return {one["stage"] for one in told} <= {"cancelled"}

    until(nothing_is_left, what="every objective cancelled")
    assert lived.results() == before


# What it is told over HTTP


def _routes(lived: Lived, name: str) -> list[str]:
    """Every address that can be read at a service, with ids of nobody."""
    routes = lived.house.services[name].app.openapi()["paths"]
    readable = (path for path, verbs in routes.items() if "get" in verbs)
    return [re.sub(r"\{\w+\}", str(uuid4()), path) for path in readable if "health" not in path]


def test_goals_tells_it_nothing(lived: Lived) -> None:
    paths = [*_routes(lived, "goals"), "/feeds/objectives"]
    assert len(paths) > 5
    answers = {path: lived.knock("goals", path) for path in paths}
    assert {a.json().get("code") for a in answers.values()} == {"IdentityRefused"}
    assert {a.status_code for a in answers.values()} == {403}


def test_without_the_refusal_goals_would_answer(lived: Lived) -> None:
    state = lived.house.services["goals"].app.state
    strict = state.verifier
    state.verifier = Verifier("goals", lived.house.keys.keyring)
    try:
        assert lived.knock("goals", "/cycles").status_code == 200
    finally:
        state.verifier = strict
    assert lived.knock("goals", "/cycles").status_code == 403


def test_metrics_tells_it_nothing_about_key_results(lived: Lived) -> None:
    paths = [path for path in _routes(lived, "metrics") if "key-result" in path]
    assert paths
    for path in [*paths, "/feeds/measurements"]:
        assert lived.knock("metrics", path).status_code == 403, path


@pytest.mark.parametrize(("name", "feed"), [("metrics", "kpis"), ("directory", "organisation")])
def test_the_two_feeds_that_it_follows_are_open_to_it(lived: Lived, name: str, feed: str) -> None:
    assert lived.knock(name, f"/feeds/{feed}").status_code == 200


@pytest.mark.parametrize("name", RECORDING)
def test_its_key_lets_it_pass_for_nobody_else(lived: Lived, name: str) -> None:
    for actor in (person(HEAD), service("goals"), service("appraisal", on_behalf_of=HEAD)):
        answer = lived.knock(name, "/feeds/objectives", actor)
        assert answer.status_code in (401, 403), (name, actor)


# What its database role reaches


@pytest.mark.parametrize("name", ["directory", "goals", "metrics"])
def test_its_database_role_enters_no_other_database(lived: Lived, name: str) -> None:
    other = str(conninfo_to_dict(lived.access[name].runtime)["dbname"])
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(make_conninfo(lived.access["appraisal"].runtime, dbname=other)).close()


def test_an_opened_door_would_be_seen(lived: Lived, postgres: str) -> None:
    own, other = (conninfo_to_dict(lived.access[n].runtime) for n in ("appraisal", "goals"))
    names = sql.Identifier(str(other["dbname"])), sql.Identifier(str(own["user"]))
    with psycopg.connect(postgres, autocommit=True) as admin:
        admin.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(*names))
        try:
            report = lived.get(person(HEAD), "appraisal", "/separation").json()
        finally:
            admin.execute(sql.SQL("REVOKE CONNECT ON DATABASE {} FROM {}").format(*names))
    door = next(check for check in report["checks"] if check["wall"] == "database")
    assert (door["holds"], str(other["dbname"]) in door["says"]) == (False, True)


def test_its_report_says_so_in_the_running_shape(lived: Lived) -> None:
    report = lived.get(person(HEAD), "appraisal", "/separation").json()
    holds = {check["wall"]: check["holds"] for check in report["checks"]}
    assert holds == {"feeds": True, "modules": None, "database": True}
    assert report["follows"] == ["appraisals", "kpis", "organisation"]


# What its processes load


@pytest.fixture
def own_process(
    lived: Lived, databases: Databases, tmp_path: Path
) -> Iterator[tuple[Lived, dict[str, str], Path]]:
    """The environment of a process of its own beside the house, on a database of its own."""
    access, keys = databases("appraisal"), lived.house.keys
    said = {
        "DATABASE_URL": access.runtime,
        "OWNER_DATABASE_URL": access.owner,
        "PORT": str(free_port()),
        "FEEDS": json.dumps({f: lived.house.url(o) for f, o in NEIGHBOURS.items()}),
        "KEYRING": json.dumps({name: key.model_dump() for name, key in keys.keyring.items()}),
        "KEY_ID": "appraisal",
        "PRIVATE_KEY": keys.pairs["appraisal"].private,
        "MASTER_KEY": keys.masters["appraisal"],
    }
    own = {f"CAIRN_APPRAISAL_{name}": value for name, value in said.items()}
    environment = {**os.environ, **own, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "services.appraisal", "migrate"]
    migration = Child(command, tmp_path / "migrate.log", environment)
    assert migration.process.wait(60) == 0, migration.tail()
    return lived, environment, tmp_path


def _run(role: str, environment: dict[str, str], log: Path) -> Child:
    """A role that tells every module as it loads it."""
    command = [sys.executable, "-X", "importtime", "-m", "services.appraisal", role]
    return Child(command, log, environment)


def _loaded(log: Path) -> set[str]:
    lines = log.read_text(errors="replace").splitlines()
    return {line.rpartition("|")[2].strip() for line in lines if line.startswith("import time:")}


def _answers(port: str) -> bool:
    try:
        url = f"http://127.0.0.1:{port}/health/live"
        return httpx2.get(url, trust_env=False).status_code == 200
    except httpx2.TransportError:
        return False


def _position(conninfo: str, schema: str) -> int:
    with psycopg.connect(conninfo) as connection:
        query = sql.SQL("SELECT position FROM {}").format(sql.Identifier(schema, "follower"))
        row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def test_its_api_process_loads_no_okr_contract(
    own_process: tuple[Lived, dict[str, str], Path],
) -> None:
    _, environment, folder = own_process
    api = _run("api", environment, folder / "api.log")
    try:
        until(lambda: _answers(environment["CAIRN_APPRAISAL_PORT"]), 60, "the API")
        assert api.is_running, api.tail()
    finally:
        api.stop()
    loaded = _loaded(folder / "api.log")
    assert "shared.contracts.kpis" in loaded
    assert loaded.isdisjoint(FORBIDDEN)


def test_its_following_process_loads_no_okr_contract_while_it_follows(
    own_process: tuple[Lived, dict[str, str], Path],
) -> None:
    _, environment, folder = own_process
    follow = _run("follow", environment, folder / "follow.log")
    try:
        database = environment["CAIRN_APPRAISAL_DATABASE_URL"]
        until(lambda: _position(database, "kpis") > 0, 60, "the first KPI")
        assert follow.is_running, follow.tail()
    finally:
        follow.stop()
    loaded = _loaded(folder / "follow.log")
    assert "shared.contracts.kpis" in loaded
    assert loaded.isdisjoint(FORBIDDEN)


def test_a_process_that_did_load_one_would_be_seen(
    own_process: tuple[Lived, dict[str, str], Path],
) -> None:
    _, environment, folder = own_process
    (folder / "sitecustomize.py").write_text("import shared.contracts.objectives\n")
    sneaky = {**environment, "PYTHONPATH": f"{folder}:{ROOT}"}
    _run("nothing", sneaky, folder / "sneaky.log").process.wait(60)
    assert not _loaded(folder / "sneaky.log").isdisjoint(FORBIDDEN)
