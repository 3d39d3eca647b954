"""The roles of a process that end by themselves."""

from collections.abc import Callable

import psycopg
import pytest
from pydantic import SecretStr

from services.directory.wiring import make
from services.host.house import fresh_keys
from shared.http.roles import run
from shared.http.service import Service
from shared.http.settings import ServiceSettings
from tests.support.postgres import Databases

STRAY = (
    "INSERT INTO organisation.calendar_period (code, kind, first, last, recorded_at)"
    " VALUES ('nowhere', 'day', '2026-07-01', '2026-07-01', now())"
)


@pytest.fixture
def directory(databases: Databases) -> Callable[[], Service]:
    access, keys = databases("directory"), fresh_keys(("directory",))
    settings = ServiceSettings(
        database_url=SecretStr(access.runtime),
        owner_database_url=SecretStr(access.owner),
        keyring=keys.keyring,
        key_id="directory",
        private_key=SecretStr(keys.pairs["directory"].private),
        master_key=SecretStr(keys.masters["directory"]),
    )
    return lambda: make(settings)


def test_what_is_not_known_is_refused_with_code_two(
    directory: Callable[[], Service], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(directory, ["fly"]) == run(directory, []) == 2
    assert "api | follow | relay | migrate | verify | rebuild | rewrap" in capsys.readouterr().err


def test_verify_finds_what_a_rebuild_then_mends(
    directory: Callable[[], Service], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(directory, ["migrate"]) == 0
    assert run(directory, ["verify"]) == 0
    with psycopg.connect(directory().conninfo, autocommit=True) as connection:
        connection.execute(STRAY)
    capsys.readouterr()
    assert run(directory, ["verify"]) == 1
    assert "1\torganisation.calendar_period equals its replay" in capsys.readouterr().out
    assert run(directory, ["rebuild"]) == 0
    assert "organisation: 0 records replayed" in capsys.readouterr().out
    assert run(directory, ["verify"]) == 0
