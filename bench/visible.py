"""B7: from recorded to visible at the neighbour, by pull.

A person is registered at the directory; measured is the time from the fact's own ``recorded_at``
until the tables of metrics show it, and a reader who waits for it there has been woken. On the way:
commit, notification, the neighbour's waiting request answered, decoded, projected and committed,
and the notification of that. All four services stand in one process, over HTTP and PostgreSQL.
"""

import json
import logging
import time
from collections.abc import Iterator
from datetime import datetime
from http.client import HTTPConnection
from urllib.parse import urlsplit
from uuid import uuid4

from bench.measure import Measured, percentile
from services.host.house import RECORDING, House
from services.host.provisioning import provision
from shared.http.tokens import SECONDS
from shared.kernel.actors import service

TIMES, WARM = 200, 20
RECORDED = "SELECT recorded_at FROM log.facts WHERE position = %s"


def pull(admin: str) -> Iterator[Measured]:
    """The median and the 99th of a hundred of 200 single registrations."""
    access = {name: provision(admin, name, "bench", "bench_seen_") for name in RECORDING}
    logging.getLogger("shared.eventing.leading").setLevel(logging.ERROR)
    with House(access) as house:
        registering = Registering(house)
        lags = [_lag(house, registering) for _ in range(TIMES + WARM)][WARM:]
    milliseconds = [lag * 1000 for lag in lags]
    for name, share, reach in (("p50", 0.5, ""), ("p99", 0.99, "≤ 50 ms")):
        figure = percentile(milliseconds, share)
        yield Measured(
            f"B7/{name}", f"recorded → visible, pull, {name}", figure, 0, None, "ms", reach
        )


class Registering:
    """Someone outside who registers people one by one.

    Made of the standard library's client, because it has to share the process: a comfortable one
    takes as much processor time as a service does to answer it.
    """

    def __init__(self, house: House) -> None:
        where = urlsplit(house.url("directory"))
        self._house, self._path = house, f"{where.path}/commands/register-people"
        self._connection = HTTPConnection(str(where.hostname), where.port)
        self._token, self._until = "", 0.0

    def one(self) -> tuple[str, int]:
        """Register a person; answers the feed and the position that it has there."""
        person = {"name": "n", "name_en": "n", "effective_from": "2026-07-01"}
        body = {"people": [{"person_id": str(uuid4()), **person}]}
        headers = {
            "Authorization": f"Bearer {self._signed()}",
            "Content-Type": "application/json",
            "Idempotency-Key": str(uuid4()),
        }
        self._connection.request("POST", self._path, json.dumps(body), headers)
        answer = self._connection.getresponse()
        said = answer.read()
        if answer.status != 200:
            raise RuntimeError(said.decode())
        feed, _, position = str(answer.headers["Cairn-Seen"]).partition("@")
        return feed, int(position)

    def _signed(self) -> str:
        if time.monotonic() > self._until:
            self._token = self._house.token(service("host"), "directory")
            self._until = time.monotonic() + SECONDS / 2
        return self._token


def _lag(house: House, registering: Registering) -> float:
    feed, position = registering.one()
    assert house.services["metrics"].followed.wait_for({feed: position}, longest=5)
    visible = time.time()
    return visible - _recorded_at(house, position).timestamp()


def _recorded_at(house: House, position: int) -> datetime:
    with house.services["directory"].pool.connection() as connection:
        row = connection.execute(RECORDED, (position,)).fetchone()
    assert row is not None
    recorded: datetime = row[0]
    return recorded
