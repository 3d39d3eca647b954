"""Forgetting a person in every service of an installation: what is held, asking, waiting."""

import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg.conninfo import make_conninfo

from services.host.importing.planning.names import person_id
from services.host.reach import Declined, Reach, everybody

LONGEST = 600.0
LOOK_EVERY = 0.2
# What the pages keep by person, beside the services' logs and tables.
OF_THE_PAGES = {
    "web.sessions": "SELECT count(*) FROM web.sessions WHERE person_id = %s",
    "web.access_tokens": "SELECT count(*) FROM web.access_tokens WHERE person_id = %s",
    "web.local_accounts": "SELECT count(*) FROM web.local_accounts WHERE person_id = %s",
}


@dataclass(frozen=True)
class Held:
    """One kind of thing that is held about a person: where, what, and how much of it."""

    service: str
    kind: str
    name: str
    count: int


def find_person(reach: Reach, person: str) -> str:
    """The id of who is meant by an id, a code of the import, or a whole name.

    Refused as Declined when nobody, or more than one, is meant.
    """
    with suppress(ValueError):
        return str(UUID(person))
    by_code = str(person_id(person))
    found = {
        one["person_id"]: f"{one['name']} {one['name_en']}"
        for one in everybody(reach)
        if one["person_id"] == by_code or person in (one["name"], one["name_en"])
    }
    if len(found) != 1:
        lines = "".join(f"\n  {key}  {name}" for key, name in found.items())
        raise Declined(f"{len(found)} found for {person!r}: name the one by the id.{lines}")
    return str(next(iter(found)))


def held(reach: Reach, person: str) -> Iterator[Held]:
    """Everything that holds personal fields of this person, or names them beside such fields."""
    for service in services(reach):
        told = reach.get(service, f"/personal/{person}")
        for name, count in told["facts"].items():
            yield Held(service, "facts", name, count)
        for name, count in told["rows"].items():
            yield Held(service, "rows", name, count)
        if told["requests"]:
            yield Held(service, "requests", "log.requests", told["requests"])
    for name, query in OF_THE_PAGES.items() if "web" in reach.access else ():
        count = _asked(reach.access["web"].runtime, query, person)
        if count:
            yield Held("web", "rows", name, count)


def holds(reach: Reach, person: str | None, language: str) -> list[Mapping[str, Any]]:
    """The legal holds that stand, perhaps on one person only."""
    told: list[Mapping[str, Any]] = reach.get("directory", "/legal-holds", language, person=person)[
        "legal_holds"
    ]
    return told


def forget(reach: Reach, person: str, reason: str, language: str) -> None:
    """Let the directory say it, and wait until every service has followed.

    Refused as Declined when the directory refuses, or a service takes too long.
    """
    body = {"person_id": person, "reason": reason}
    reach.ask("directory", "forget-person", body, str(uuid4()), language)
    until = time.monotonic() + LONGEST
    for service in services(reach):
        while not _is_done(reach, service, person):
            if time.monotonic() > until:
                raise Declined(
                    f"{service} has not finished yet and goes on by itself. Look again with"
                    " cairn forget --preview, or see what its log says."
                )
            time.sleep(LOOK_EVERY)
    if "web" in reach.access:
        _asked(reach.access["web"].runtime, "SELECT web.forget_person(%s)", person)
    for service in services(reach):
        clean(reach, service)


def clean(reach: Reach, service: str) -> None:
    """Write anew what keeps something of the erased in its files: the table of keys, and the
    server's own statistics of tables that are gone. Free the space of requests that were dropped.
    """
    owner = reach.access[service].owner
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("VACUUM (FULL) log.subject_keys")
        connection.execute("VACUUM log.requests")
        database = connection.info.dbname
    with psycopg.connect(make_conninfo(reach.admin, dbname=database), autocommit=True) as server:
        server.execute("VACUUM (FULL) pg_catalog.pg_statistic")


def services(reach: Reach) -> list[str]:
    """The services that keep a log."""
    return [name for name in reach.access if name != "web"]


def _is_done(reach: Reach, service: str, person: str) -> bool:
    forgetting = reach.get(service, f"/personal/{person}")["forgetting"]
    return forgetting is not None and forgetting["finished_at"] is not None


def _asked(conninfo: str, query: Any, person: str) -> int:
    with psycopg.connect(conninfo, autocommit=True) as connection:
        row = connection.execute(query, (person,)).fetchone()
    return int(row[0]) if row else 0
