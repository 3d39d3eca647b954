"""The web as a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import psycopg

from shared.http.tokens import new_key_pair
from tests.support.postgres import Databases

MIGRATIONS = sorted((Path(__file__).parents[2] / "services/web/migrations").glob("*.sql"))


def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Start the web's process with these settings and wait for its end."""
    command = [sys.executable, "-m", "services.web", *arguments]
    return subprocess.run(
        command, check=False, env=settings, capture_output=True, text=True, timeout=60
    )


def test_it_says_how_to_be_called() -> None:
    answer = run("dance")
    assert answer.returncode == 2
    assert "serve | migrate" in answer.stderr


def test_it_brings_its_database_up_to_date_and_only_once(databases: Databases) -> None:
    access, keys = databases("web"), new_key_pair()
    settings = {
        "CAIRN_WEB_DATABASE_URL": access.runtime,
        "CAIRN_WEB_OWNER_DATABASE_URL": access.owner,
        "CAIRN_WEB_SERVICES": json.dumps({"goals": "http://goals.test"}),
        "CAIRN_WEB_PRIVATE_KEY": keys.private,
        "CAIRN_WEB_PUBLIC_KEY": keys.public,
    }
    assert f"{len(MIGRATIONS)} migrations applied" in run("migrate", **settings).stdout
    assert "0 migrations applied" in run("migrate", **settings).stdout
    with psycopg.connect(access.runtime) as connection:
        assert connection.execute("SELECT count(*) FROM web.sessions").fetchone() == (0,)


def test_no_secret_has_a_default() -> None:
    answer = run("serve")
    assert answer.returncode != 0
    for name in ("database_url", "private_key"):
        assert name in answer.stderr
