"""A rebuild and a migration keep out of each other's way, and one that was killed stops nobody."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from services.host.provisioning import Access
from shared.eventing import families
from shared.eventing.families import Family
from shared.eventing.feeds import FeedReader, OwnLog, Stretch
from shared.eventing.listening import Listener
from shared.eventing.migrations import MigrationRefused
from shared.eventing.rebuild import rebuild
from shared.eventing.recorder import Batch, PostgresRecorder
from tests.support.log import TRANSLATION, event, open_pool, prepare
from tests.support.postgres import Databases

DDL = "CREATE TABLE stone (position bigint PRIMARY KEY);"


@pytest.fixture
def access(databases: Databases) -> Access:
    made = databases("goals")
    prepare(made)
    return made


@pytest.fixture
def log(access: Access) -> Iterator[PostgresRecorder]:
    with open_pool(access.runtime) as pool:
        yield PostgresRecorder(pool, access.runtime)


@pytest.fixture
def family(tmp_path: Path) -> Family:
    ddl = tmp_path / "stones.sql"
    ddl.write_text(DDL)
    return Family("stones", "stones", ddl, lambda tables, records: None, {})


class Meddling:
    """A feed during whose reading somebody tries to migrate."""

    def __init__(self, access: Access) -> None:
        self.access, self.refused = access, 0

    def fetch(self, after: int, limit: int, wait_seconds: float) -> Stretch:
        """Nothing, once the migration was tried."""
        with pytest.raises(MigrationRefused, match="a rebuild is running"):
            prepare(self.access)
        self.refused += 1
        raise InterruptedError("the rebuild ends before its time")


def test_while_tables_are_rebuilt_nothing_is_migrated(
    access: Access, log: PostgresRecorder, family: Family
) -> None:
    meddling = Meddling(access)
    with pytest.raises(InterruptedError):
        rebuild(log.pool, family, meddling)
    assert meddling.refused == 1
    prepare(access)


def test_what_a_killed_rebuild_left_behind_stops_nobody(
    access: Access, log: PostgresRecorder, family: Family
) -> None:
    with log.pool.connection() as connection:
        families.create(connection, family)
        families.create(connection, family, "stones__next")
    prepare(access)
    listener = Listener(access.runtime, ("facts",)).start()
    try:
        log.append(Batch([event(uuid4(), 1)]))
        source = OwnLog(FeedReader(log.pool, TRANSLATION), "stones", listener)
        assert rebuild(log.pool, family, source) == 1
    finally:
        listener.stop()
