"""Numbered SQL files, applied once each, in order, as a step of their own."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg

LOG_MIGRATIONS = Path(__file__).parent / "log"
NUMBERED = re.compile(r"^\d{4}_[a-z0-9_]+\.sql$")
LOCK = 7_203_920
# Held by every rebuild while it runs, and by a migration alone. It ends with its holder, however
# that ends: tables left behind by a rebuild that was killed stop nobody.
REBUILDING = 7_203_924

LEDGER = """
CREATE TABLE IF NOT EXISTS public.migrations (
    origin     text        NOT NULL,
    file       text        NOT NULL,
    checksum   text        NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (origin, file)
)
"""


class MigrationRefused(RuntimeError):
    """A migration can't be applied: its file was altered, misnamed, or a rebuild is running."""


def migrate(conninfo: str, origins: Sequence[tuple[str, Path]], runtime_role: str | None) -> int:
    """Apply what is new of each origin's files, in order; answers how many were applied.

    Runs as the role that owns the log; an applied file that was altered afterwards is refused.
    Two runs at once wait for each other. ``runtime_role`` is granted what a service may do.
    """
    with psycopg.connect(conninfo, autocommit=True, application_name="cairn-migrate") as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (LOCK,))
        _must_not_be_rebuilding(connection)
        connection.execute(LEDGER)
        applied = sum(_apply_origin(connection, origin, folder) for origin, folder in origins)
        if runtime_role is not None:
            _grant(connection, runtime_role)
    return applied


def _apply_origin(connection: psycopg.Connection[Any], origin: str, folder: Path) -> int:
    known = dict(
        connection.execute(
            "SELECT file, checksum FROM public.migrations WHERE origin = %s", (origin,)
        ).fetchall()
    )
    count = 0
    for file in sorted(folder.glob("*.sql")):
        if not NUMBERED.match(file.name):
            raise MigrationRefused(f"{file.name}: name it like 0001_words.sql")
        checksum = hashlib.sha256(file.read_bytes()).hexdigest()
        if file.name not in known:
            _apply(connection, origin, file, checksum)
            count += 1
        elif known[file.name] != checksum:
            raise MigrationRefused(f"{origin}/{file.name} was altered after it was applied")
    return count


def _apply(connection: psycopg.Connection[Any], origin: str, file: Path, checksum: str) -> None:
    with connection.transaction():
        connection.execute(file.read_bytes())
        connection.execute(
            "INSERT INTO public.migrations (origin, file, checksum) VALUES (%s, %s, %s)",
            (origin, file.name, checksum),
        )


def _must_not_be_rebuilding(connection: psycopg.Connection[Any]) -> None:
    row = connection.execute("SELECT pg_try_advisory_lock(%s)", (REBUILDING,)).fetchone()
    if not (row and row[0]):
        raise MigrationRefused("a rebuild is running: wait for its end")


def _grant(connection: psycopg.Connection[Any], role: str) -> None:
    """What a service may do: read its log, append to it, and nothing else there."""
    if not connection.execute("SELECT to_regnamespace('log')").fetchone()[0]:  # type: ignore[index]
        return
    name = psycopg.sql.Identifier(role)
    for grant in (
        "GRANT USAGE ON SCHEMA log TO {}",
        "GRANT SELECT ON ALL TABLES IN SCHEMA log TO {}",
        "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA log TO {}",
        "GRANT SELECT ON public.migrations TO {}",
    ):
        connection.execute(psycopg.sql.SQL(grant).format(name))
