"""Processes die at random while people are registered: nothing is lost, nothing is done twice."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep

import httpx2
import psycopg
import pytest

from services.host.provisioning import Access
from shared.kernel.actors import service
from shared.kernel.ids import id_of
from tests.support.brokers import SmallBroker
from tests.support.children import until
from tests.support.postgres import Databases
from tests.support.processes import ROLES, Processes, running_processes, told

pytestmark = [pytest.mark.system, pytest.mark.timeout(400)]

PEOPLE, WRITERS, KILLS = 300, 4, 6
VICTIMS = [*(("directory", role) for role in ROLES), ("goals", "follow")]


def register(house: Processes, number: int) -> None:
    """Ask until it is acknowledged, with the same key, however often the answer gets lost."""
    body = {
        "people": [
            {
                "person_id": str(id_of("person", number)),
                "name": f"人{number}",
                "name_en": f"Person {number}",
                "effective_from": "2026-07-01",
            }
        ]
    }
    until(lambda: acknowledged(house, body, f"person {number}"), seconds=120, what="the answer")


def acknowledged(house: Processes, body: dict[str, object], key: str) -> bool:
    token = house.token(service("import"), "directory")
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
    url = f"{house.url('directory')}/commands/register-people"
    try:
        answer = httpx2.post(url, json=body, headers=headers, timeout=5, trust_env=False)
    except httpx2.TransportError:
        return False
    assert answer.status_code in (200, 503), answer.text
    return answer.status_code == 200


def kill_at_random(house: Processes, broker: SmallBroker, done: Callable[[], bool]) -> int:
    """Kill one process after another, and wipe the broker once; each is started again at once."""
    chance, killed = random.Random(20260701), 0
    while killed < KILLS and not done():
        victim = chance.choice(VICTIMS)
        house.kill(*victim)
        if killed == KILLS // 2:
            broker.wipe()
        house.start_role(*victim)
        killed += 1
        sleep(chance.random())
    return killed


def count(access: Access, query: str) -> int:
    with psycopg.connect(access.runtime) as connection:
        row = connection.execute(query).fetchone()  # type: ignore[call-overload]
        return int(row[0])


def standing(access: dict[str, Access]) -> str:
    """How far goals got, for a failing test."""
    head = count(access["directory"], "SELECT max(position) FROM log.facts")
    followed = count(access["goals"], "SELECT position FROM organisation.follower")
    parked = count(access["goals"], "SELECT count(*) FROM organisation.parked")
    return f"{followed} of {head} followed, {parked} parked"


@pytest.fixture
def access(databases: Databases) -> dict[str, Access]:
    return {"directory": databases("directory"), "goals": databases("goals")}


def test_nothing_is_lost_and_nothing_is_done_twice(
    access: dict[str, Access], small_broker: SmallBroker, tmp_path: Path
) -> None:
    with running_processes(access, small_broker, tmp_path) as house:
        with ThreadPoolExecutor(WRITERS) as pool:
            asked = [pool.submit(register, house, number) for number in range(PEOPLE)]
            killed = kill_at_random(house, small_broker, lambda: all(one.done() for one in asked))
        assert [one.result() for one in asked] == [None] * PEOPLE
        assert killed == KILLS
        employed = "SELECT count(*) FROM log.facts WHERE name = 'directory.Person.Employed'"
        assert count(access["directory"], employed) == PEOPLE
        known = "SELECT count(*) FROM organisation.people WHERE upper_inf(during)"
        until(
            lambda: count(access["goals"], known) == PEOPLE,
            seconds=120,
            what=lambda: f"{standing(access)}, {told(house, ('goals', 'directory'))}",
        )
        assert [house.findings(name) for name in access] == [[], []]
