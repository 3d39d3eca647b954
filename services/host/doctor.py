"""Whether this installation is well, in the words of who runs it."""

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import psycopg

from services.host.house import RECORDING
from services.host.installation import Installation
from services.host.reach import Reach

ENOUGH_DISK = 2 * 1024**3


@dataclass(frozen=True)
class Sign:
    """One thing that was looked at: well, a note, or wrong with its remedy."""

    what: str
    state: Literal["well", "note", "wrong"]
    said: str


def before(installation: Installation) -> Iterator[Sign]:
    """What can be seen without the database."""
    yield Sign("python", "well", f"{platform.python_version()} at {sys.prefix}")
    folder = installation.folder if installation.folder.exists() else installation.folder.parent
    free = shutil.disk_usage(folder).free
    enough = free >= ENOUGH_DISK
    said = f"{free / 1024**3:.1f} GiB free" + ("" if enough else "; make room: 2 GiB are needed")
    yield Sign("disk", "well" if enough else "wrong", said)
    running = installation.running()
    said = f"answers at {running.address}" if running else "does not run now: cairn up starts it"
    yield Sign("process", "well" if running else "note", said)
    outside = "CAIRN_DATABASE_URL" in os.environ
    yield Sign("database", "well", "outside server" if outside else "embedded PostgreSQL")


def inside(reach: Reach) -> Iterator[Sign]:
    """What the running services say."""
    with psycopg.connect(reach.admin) as connection:
        version = str(connection.info.server_version // 10_000)
    yield Sign("server", "well" if int(version) >= 16 else "wrong", f"PostgreSQL {version}")
    for name in RECORDING:
        yield _ready(reach, name)
        yield _rehearsal(reach, name)


def _ready(reach: Reach, name: str) -> Sign:
    answer = reach.client.get(f"{reach.url(name)}/health/ready")
    told = answer.json()
    if answer.is_error:
        return Sign(name, "wrong", f"{told}: look at its log and its database")
    parked = sum(table["parked"] for table in told["tables"])
    if parked:
        return Sign(name, "wrong", f"{parked} facts parked: mend the cause, then cairn rebuild")
    positions = ", ".join(f"{t['feed']} at {t['position']}" for t in told["tables"])
    return Sign(name, "well", f"follows {positions}")


def _rehearsal(reach: Reach, name: str) -> Sign:
    with psycopg.connect(reach.access[name].runtime) as connection:
        row = connection.execute("SELECT began_at, ended_at FROM log.rehearsal").fetchone()
    if row is None:
        return Sign(f"{name} clock", "well", "recorded by the database's own clock")
    ended = f"ended {row[1]:%Y-%m-%d %H:%M}" if row[1] else "still running"
    return Sign(f"{name} clock", "note", f"rehearsal: made-up history on a set clock, {ended}")
