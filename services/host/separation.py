"""The walls of "the appraisal reads KPIs and nothing else", each tried in the running shape."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import httpx2
import psycopg
from psycopg.conninfo import make_conninfo
from pydantic import SecretStr

from services.host.provisioning import Access
from services.host.reach import Reach
from shared.contracts import kpis
from shared.contracts.records import Contract
from shared.http.service import OWNERS

ROOT = Path(__file__).parents[2]
FORBIDDEN = (
    "shared.contracts.objectives",
    "shared.contracts.objective_revisions",
    "shared.contracts.objective_terms",
    "shared.contracts.measurements",
)
ALLOWED_FEEDS = {"kpis": "metrics", "organisation": "directory"}
NOBODYS = "00000000-0000-0000-0000-000000000000"
CLOSED_DOORS = (
    ("goals", "/feeds/objectives"),
    ("metrics", "/feeds/measurements"),
    ("metrics", f"/key-results/{NOBODYS}/check-ins"),
    ("metrics", f"/key-results/{NOBODYS}/story"),
    ("appraisal", "/feeds/appraisals"),
    ("goals", "/cycles"),
    ("goals", "/objectives"),
)
Verdict = Literal["holds", "broken", "not enforced in this shape"]


@dataclass(frozen=True)
class Wall:
    """One wall, what was found when it was tried, and how it was tried."""

    name: str
    verdict: Verdict
    evidence: str


def walls(reach: Reach, transport: str) -> Iterator[Wall]:
    """Try every wall; the Kafka one only where feeds travel by Kafka."""
    yield _imports()
    yield _loaded_modules()
    yield _doors(reach)
    yield _kafka(transport)
    yield _databases(reach.access)
    yield _contract()


def _imports() -> Wall:
    reached = _reachable("services.appraisal")
    found = sorted(name for name in FORBIDDEN if name in reached)
    evidence = f"{len(reached)} modules can be reached from services.appraisal"
    return Wall("imports", "broken" if found else "holds", ", ".join(found) or evidence)


def _reachable(start: str) -> set[str]:
    """Every own module that a package can reach by import statements, in its source."""
    package = ROOT / Path(*start.split("."))
    waiting = [_module(file) for file in package.rglob("*.py")]
    reached: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(_imported_by(name))
    return reached


def _module(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _file_of(name: str) -> Path | None:
    path = ROOT / Path(*name.split("."))
    for file in (path.with_suffix(".py"), path / "__init__.py"):
        if file.exists():
            return file
    return None


def _imported_by(name: str) -> Iterator[str]:
    file = _file_of(name)
    if file is None:
        return
    for node in ast.walk(ast.parse(file.read_text())):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for one in names:
            if one.startswith(("services.", "shared.")) and _file_of(one):
                yield one


def _loaded_modules() -> Wall:
    asked = (
        "import sys, services.appraisal.wiring;"
        f"print([m for m in {FORBIDDEN!r} if m in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=False, cwd=ROOT
    )
    holds = told.returncode == 0 and told.stdout.strip() == "[]"
    evidence = "a process of its own loads no OKR contract"
    return Wall("process", "holds" if holds else "broken", evidence if holds else told.stdout)


def _doors(reach: Reach) -> Wall:
    minter = reach.keys.minter("appraisal")

    def knock(service: str, path: str) -> int:
        token = minter.mint_own("appraisal", service)
        answer: httpx2.Response = reach.client.get(
            f"{reach.url(service)}{path}", headers={"Authorization": f"Bearer {token}"}
        )
        return answer.status_code

    opened = [f"{s}{p}" for s, p in CLOSED_DOORS if knock(s, p) != 403]
    shut = [f for f, s in ALLOWED_FEEDS.items() if knock(s, f"/feeds/{f}") != 200]
    if opened or shut:
        return Wall("doors", "broken", f"open: {opened}; shut: {shut}")
    evidence = f"403 at {len(CLOSED_DOORS)} doors; open to it: {', '.join(ALLOWED_FEEDS)}"
    return Wall("doors", "holds", evidence)


def _kafka(transport: str) -> Wall:
    if transport != "kafka":
        return Wall("topics", "not enforced in this shape", "feeds are pulled; no broker runs")
    from shared.eventing.kafka_connection import KafkaSettings
    from shared.eventing.kafka_consumer import BrokerAway
    from shared.eventing.kafka_reach import feeds_open_to

    password = os.environ.get("CAIRN_APPRAISAL_KAFKA_PASSWORD", "")
    settings = KafkaSettings(username="appraisal", password=SecretStr(password))
    try:
        opened = feeds_open_to(settings, OWNERS)
    except BrokerAway as away:
        return Wall("topics", "broken", f"could not be tried: {away}")
    holds = opened == set(ALLOWED_FEEDS)
    evidence = f"the broker lets the principal appraisal read {', '.join(sorted(opened))}"
    return Wall("topics", "holds" if holds else "broken", evidence)


def _databases(access: Mapping[str, Access]) -> Wall:
    own = access["appraisal"].runtime
    try:
        psycopg.connect(own, connect_timeout=5).close()
    except psycopg.OperationalError as away:  # else every door would look shut
        return Wall("databases", "broken", f"could not be tried: {away}")
    entered = []
    for name, other in access.items():
        if name == "appraisal":
            continue
        database = psycopg.conninfo.conninfo_to_dict(other.runtime)["dbname"]
        try:
            psycopg.connect(make_conninfo(own, dbname=str(database)), connect_timeout=5).close()
        except psycopg.OperationalError:
            continue
        entered.append(name)
    evidence = f"refused at {len(access) - 1} other databases"
    return Wall("databases", "broken" if entered else "holds", ", ".join(entered) or evidence)


def _contract() -> Wall:
    words = ("objective", "key_result", "okr")
    found = sorted(
        f"{contract.record_name}.{field}"
        for contract in vars(kpis).values()
        if isinstance(contract, type) and issubclass(contract, Contract)
        for field in (*contract.model_fields, contract.record_name)
        if any(word in field for word in words)
    )
    evidence = "no record of the kpis feed names an objective or key result"
    return Wall("contract", "broken" if found else "holds", ", ".join(found) or evidence)
