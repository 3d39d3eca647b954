"""The web as a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import psycopg

from services.host.provisioning import Access
from shared.http.tokens import new_key_pair
from tests.support.postgres import Databases

ROOT = Path(__file__).parents[2]
MIGRATIONS = [
    file
    for folder in ("services/web/migrations", "shared/http/migrations")
    for file in (ROOT / folder).glob("*.sql")
]


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
    _it_says_whether_its_logs_are_kept(access, settings)


def _it_says_whether_its_logs_are_kept(access: Access, settings: dict[str, str]) -> None:
    well = run("verify", **settings)
    assert (well.returncode, well.stdout.count("ok\t")) == (0, 4)
    with psycopg.connect(access.owner, autocommit=True) as owner:
        owner.execute("ALTER TABLE web.sign_ins DISABLE TRIGGER kept_a_while")
    amiss = run("verify", **settings)
    assert amiss.returncode == 1
    assert "1\tthe triggers that keep the log of signing in are armed" in amiss.stdout


def test_no_secret_has_a_default() -> None:
    answer = run("serve")
    assert answer.returncode != 0
    for name in ("database_url", "private_key"):
        assert name in answer.stderr
