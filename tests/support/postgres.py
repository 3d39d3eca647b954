"""A PostgreSQL of the test run's own, and services' databases made from the deployment's files."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from services.host.embedded_postgres import EmbeddedPostgres, database
from services.host.provisioning import Access, provision

SECRET = "a secret of the test run"
# Tests never survive a power cut: nothing waits for the disk.
HASTY = {
    "fsync": "off",
    "synchronous_commit": "on",
    "full_page_writes": "off",
    "max_connections": "200",
    "autovacuum": "off",
}


@contextmanager
def folder_for_postgres() -> Iterator[Path]:
    """An empty folder that the server's account can enter; pytest's own folders are ours alone."""
    folder = Path(tempfile.mkdtemp(prefix="cairn-test-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_postgres() -> Iterator[str]:
    """A superuser's connection to a fresh server, or to the one ``CAIRN_DATABASE_URL`` names."""
    with folder_for_postgres() as folder:
        embedded = EmbeddedPostgres(folder, HASTY)
        with database(embedded) as admin:
            yield admin


class Databases:
    """Makes services' databases, each with names of its own, and drops them afterwards."""

    _numbers = count(1)

    def __init__(self, admin: str) -> None:
        self.admin = admin
        self._made: list[str] = []

    def __call__(self, service: str) -> Access:
        """A new, empty database for this service, with its roles."""
        prefix = f"t{next(self._numbers)}_"
        self._made.append(f"{prefix}{service}")
        return provision(self.admin, service, SECRET, prefix)

    def drop(self) -> None:
        """Drop everything that was made, even while something is still connected."""
        with psycopg.connect(self.admin, autocommit=True) as connection:
            for name in self._made:
                connection.execute(
                    sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
                )
                for role in (name, f"{name}_owner"):
                    connection.execute(
                        sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role))
                    )
        self._made.clear()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The superuser's connection to the test run's server, started on first use."""
    with running_postgres() as admin:
        yield admin


@pytest.fixture
def databases(postgres: str) -> Iterator[Databases]:
    """Databases of services for one test: ``databases("goals").runtime`` is a connection string."""
    made = Databases(postgres)
    yield made
    made.drop()


@pytest.fixture(scope="module")
def module_databases(postgres: str) -> Iterator[Databases]:
    """As ``databases``, for all tests of one module."""
    made = Databases(postgres)
    yield made
    made.drop()
