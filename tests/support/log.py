"""A log of its own for a test: real PostgreSQL, migrated as the product does it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from psycopg.conninfo import conninfo_to_dict
from psycopg_pool import ConnectionPool

from services.host.provisioning import Access
from shared.contracts.records import Contract
from shared.eventing.asking import Asked
from shared.eventing.journal import Journal
from shared.eventing.migrations import LOG_MIGRATIONS, migrate
from shared.eventing.recorder import FeedEvent, Pool, PostgresRecorder
from shared.eventing.translation import Translation, published
from shared.kernel.actors import service
from shared.kernel.facts import Fact


class Piled(Fact, name="tests.Cairn.Piled"):
    """A stone was laid."""

    stone: str


class Toppled(Fact, name="tests.Cairn.Toppled"):
    """Nobody outside hears of it."""


class StonePiled(Contract, name="cairn.tests.cairn.piled.v1"):
    """A stone was laid."""

    stone: str


class CairnToppled(Contract, name="cairn.tests.cairn.toppled.v1", audience="own"):
    """Nobody outside hears of it."""


TRANSLATION = Translation(
    published(Piled, StonePiled, "stones"), published(Toppled, CairnToppled, "stones")
)


def event(stream: UUID, version: int, feed: str = "stones", stone: str = "flat") -> FeedEvent:
    """A stored fact as the recorder takes it."""
    from shared.eventing.mapper import encode

    state = encode(Piled(stone=stone), asked("any").envelope())
    return FeedEvent(stream, version, Piled.stored_name, state, feed)


def asked(request_id: str, body: bytes = b"body") -> Asked:
    """A request of a named service."""
    return Asked(request_id, service("tests"), body)


def prepare(access: Access, migrations: Path = LOG_MIGRATIONS) -> None:
    """Make the log in a fresh database, perhaps from files that break a promise."""
    role = str(conninfo_to_dict(access.runtime)["user"])
    migrate(access.owner, [("log", migrations)], role)


def broken(folder: Path, *changes: tuple[str, str]) -> Path:
    """The log's migrations with these texts replaced; each text must have been there."""
    files = {file.name: file.read_text() for file in LOG_MIGRATIONS.glob("*.sql")}
    for before, after in changes:
        assert any(before in text for text in files.values()), f"the log no longer says: {before}"
        files = {name: text.replace(before, after) for name, text in files.items()}
    for name, text in files.items():
        (folder / name).write_text(text)
    return folder


@contextmanager
def open_pool(conninfo: str, **options: Any) -> Iterator[Pool]:
    """A pool of connections that commit by themselves."""
    made = ConnectionPool(
        conninfo, min_size=1, max_size=10, kwargs={"autocommit": True, **options}, open=True
    )
    with made as pool:
        yield pool


@contextmanager
def open_log(access: Access, migrations: Path = LOG_MIGRATIONS) -> Iterator[PostgresRecorder]:
    """A migrated log, and the recorder of its service."""
    prepare(access, migrations)
    with open_pool(access.runtime) as pool:
        recorder = PostgresRecorder(pool, access.runtime)
        try:
            yield recorder
        finally:
            recorder.close()


@contextmanager
def open_journal(access: Access) -> Iterator[Journal]:
    """A journal over a migrated log."""
    with open_log(access) as recorder:
        yield Journal(recorder, TRANSLATION.feed_of)
