"""APIs and followers die at random under load: nothing is lost, nothing is done twice.

A process per role, without a broker: neighbours pull from APIs that die as well. The same check
goes red for a client that repeats itself with fresh keys, and for an API that acknowledges what it
has not recorded yet.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from time import monotonic, sleep

import psycopg
import pytest

from services.host.provisioning import Access
from tests.support.children import until
from tests.support.postgres import Databases
from tests.support.processes import Processes, running_processes
from tests.support.renaming import keep_renaming, nothing_is_lost_or_doubled, renaming

pytestmark = [pytest.mark.system, pytest.mark.timeout(240)]

WRITERS, KILLS, SECONDS = 3, 30, 15.0
HEAD = "SELECT coalesce(max(position), 0) FROM log.facts WHERE feed = 'organisation'"
FOLLOWED = "SELECT position FROM organisation.follower"
HASTY = """
from threading import Timer
from shared.eventing import group_commit, recorder

record = group_commit.GroupCommit.submit

def acknowledge_and_record_later(self, batch):
    Timer(2, record, (self, batch)).start()
    return recorder.Outcome("recorded", 1, len(batch.events), None, batch.answer)

group_commit.GroupCommit.submit = acknowledge_and_record_later
"""


@pytest.fixture(scope="module")
def access(module_databases: Databases) -> dict[str, Access]:
    return {name: module_databases(name) for name in ("directory", "goals")}


@pytest.fixture(scope="module")
def house(
    access: dict[str, Access], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Processes]:
    with running_processes(access, None, tmp_path_factory.mktemp("logs")) as made:
        yield made


def figure(access: Access, query: str) -> int:
    with psycopg.connect(access.runtime) as connection:
        row = connection.execute(query).fetchone()  # type: ignore[call-overload]
        return int(row[0])


class Reaper:
    """Kills who is at work, and starts it again at once."""

    def __init__(self, house: Processes, access: Mapping[str, Access]) -> None:
        self._house, self._access = house, access
        self._chance = random.Random(20260701)
        self.killed = dict.fromkeys(house.children, 0)
        self._since = {victim: self._progress(*victim) for victim in self.killed}

    def _progress(self, name: str, role: str) -> int:
        """How far it has come: an API by what it answers, a follower by where it stands."""
        if role == "api":
            return int(self._house.answers(name))
        return figure(self._access[name], FOLLOWED)

    def _is_at_work(self, victim: tuple[str, str]) -> bool:
        come = self._progress(*victim)
        return come > (0 if victim[1] == "api" else self._since[victim])

    def strike(self) -> None:
        """Once round all of them in any order."""
        for victim in self._chance.sample(list(self.killed), len(self.killed)):
            if self._is_at_work(victim):
                sleep(self._chance.random() * 0.1)
                self._house.kill(*victim)
                self._house.start_role(*victim)
                self.killed[victim] += 1
                self._since[victim] = 0 if victim[1] == "api" else self._progress(*victim)

    def reap(self) -> None:
        """Until many have died, or after a while when each has died at least once."""
        end = monotonic() + SECONDS
        while sum(self.killed.values()) < KILLS:
            if monotonic() > end and all(self.killed.values()):
                return
            self.strike()
            sleep(0.1)


def test_nothing_is_lost_and_nothing_is_done_twice(
    house: Processes,
    access: dict[str, Access],
    record_testsuite_property: Callable[[str, object], None],
) -> None:
    enough = Event()
    with ThreadPoolExecutor(WRITERS) as threads:
        clients = [
            threads.submit(keep_renaming, house, f"writer {n}", enough) for n in range(WRITERS)
        ]
        reaper = Reaper(house, access)
        try:
            reaper.reap()
        finally:
            enough.set()
        done = [client.result() for client in clients]
    for name in access:
        until(lambda name=name: house.answers(name), seconds=60, what=f"{name}'s API")
    nothing_is_lost_or_doubled(access["directory"], done)
    head = figure(access["directory"], HEAD)
    for name, one in access.items():
        until(lambda one=one: figure(one, FOLLOWED) == head, 60, f"{name}'s tables")
    assert {name: house.findings(name) for name in access} == {name: [] for name in access}
    assert sum(client.repeated for client in done) > 0, "old requests were answered as before"
    record_testsuite_property("processes killed", sum(reaper.killed.values()))
    record_testsuite_property("facts recorded meanwhile", head)


def test_a_client_that_repeats_itself_with_fresh_keys_is_noticed(
    house: Processes, access: dict[str, Access]
) -> None:
    with renaming(house, "forgetful", with_fresh_keys=True) as client:
        client.next()
        client.next()
        nothing_is_lost_or_doubled(access["directory"], [client])
        client.deliver_late()
    with pytest.raises(AssertionError, match="recorded twice"):
        nothing_is_lost_or_doubled(access["directory"], [client])


def test_an_api_that_acknowledges_before_it_records_is_noticed(
    house: Processes, access: dict[str, Access], tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(HASTY)
    house.kill("directory", "api")
    house.start_role("directory", "api", first_on_path=tmp_path)
    until(lambda: house.answers("directory"), seconds=60, what="the hasty API")
    with renaming(house, "believer") as client:
        client.next()
        house.kill("directory", "api")
    with pytest.raises(AssertionError, match="acknowledged and lost"):
        nothing_is_lost_or_doubled(access["directory"], [client])
