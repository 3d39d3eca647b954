"""Whether this installation is well, in the words of who runs it."""

import os
import platform
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import psycopg

from services.host.house import RECORDING
from services.host.installation import Installation
from services.host.reach import Reach
from services.host.rotation import KeyState
from services.host.ways_in import ways_in
from shared.http.service import OWNERS

ENOUGH_DISK = 2 * 1024**3
KEYS_ARE_OLD = 400  # days


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


def of_keys(known: Sequence[KeyState], now: datetime) -> Sign:
    """How many keys there are, and how old; unfinished rotations are a note, and so is age."""
    oldest = min(one for key in known for one in (key.drawn_at, key.master_drawn_at) if one)
    days, peoples = (now - oldest).days, sum(one.peoples for one in known)
    said = f"{len(known)} signing keys, {peoples} keys of people; the oldest is {days} days old"
    unfinished = [one.service for one in known if one.former_masters or one.strange]
    if unfinished:
        left = f"; a rotation was cut off in {', '.join(unfinished)}: cairn keys rotate"
        return Sign("keys", "note", said + left)
    if days > KEYS_ARE_OLD:
        return Sign("keys", "note", f"{said}: cairn keys rotate draws others")
    return Sign("keys", "well", said)


def inside(reach: Reach) -> Iterator[Sign]:
    """What the running services say."""
    with psycopg.connect(reach.admin) as connection:
        version = str(connection.info.server_version // 10_000)
    yield Sign("server", "well" if int(version) >= 16 else "wrong", f"PostgreSQL {version}")
    answers = {name: reach.client.get(f"{reach.url(name)}/health/ready") for name in RECORDING}
    # read after what followers say, so that nobody is ahead only because time went on
    ends = {name: _end(reach, name) for name in RECORDING}
    for name, answer in answers.items():
        if answer.is_error:
            yield Sign(name, "wrong", f"{answer.text}: look at its log and its database")
        else:
            yield following(name, answer.json()["tables"], ends)
        yield _rehearsal(reach, name)
    ways = ways_in(reach)
    yield Sign("sign-in", "well" if ways.is_sound else "note", ways.said)


def following(name: str, tables: Sequence[Mapping[str, Any]], ends: Mapping[str, int]) -> Sign:
    """How a service's tables follow, when the owners' logs end at these positions."""
    parked = sum(table["parked"] for table in tables)
    if parked:
        return Sign(name, "wrong", f"{parked} facts parked: mend the cause, then cairn rebuild")
    ahead = [t["feed"] for t in tables if t["position"] > ends[OWNERS[t["feed"]]]]
    if ahead:
        said = f"knows more of {', '.join(ahead)} than its owner, who was restored: cairn rebuild"
        return Sign(name, "wrong", said)
    positions = ", ".join(f"{t['feed']} at {t['position']}" for t in tables)
    return Sign(name, "well", f"follows {positions}")


def _end(reach: Reach, name: str) -> int:
    with psycopg.connect(reach.access[name].runtime) as connection:
        row = connection.execute("SELECT coalesce(max(position), 0) FROM log.facts").fetchone()
    return int(row[0]) if row else 0


def _rehearsal(reach: Reach, name: str) -> Sign:
    with psycopg.connect(reach.access[name].runtime) as connection:
        row = connection.execute("SELECT began_at, ended_at FROM log.rehearsal").fetchone()
    if row is None:
        return Sign(f"{name} clock", "well", "recorded by the database's own clock")
    ended = f"ended {row[1]:%Y-%m-%d %H:%M}" if row[1] else "still running"
    return Sign(f"{name} clock", "note", f"rehearsal: made-up history on a set clock, {ended}")
