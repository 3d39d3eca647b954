"""B7: from recorded to visible at the neighbour, by pull.

A person is registered at the directory; measured is the time from the fact's own ``recorded_at``
until the tables of metrics show it, and a reader who waits for it there has been woken. On the way:
commit, notification, the neighbour's waiting request answered, decoded, projected and committed,
and the notification of that. All four services stand in one process, over HTTP and PostgreSQL.
"""

import logging
import time
from collections.abc import Iterator
from datetime import datetime
from uuid import uuid4

import httpx2

from bench.measure import Measured, percentile
from services.host.house import RECORDING, House
from services.host.provisioning import provision
from shared.kernel.actors import service

TIMES, WARM = 200, 20
RECORDED = "SELECT recorded_at FROM log.facts WHERE position = %s"


def pull(admin: str) -> Iterator[Measured]:
    """The median and the 99th of a hundred of 200 single registrations."""
    access = {name: provision(admin, name, "bench", "bench_seen_") for name in RECORDING}
    logging.getLogger("shared.eventing.followers").setLevel(logging.ERROR)
    with House(access) as house, httpx2.Client(trust_env=False) as client:
        lags = [_lag(house, client) for _ in range(TIMES + WARM)][WARM:]
    milliseconds = [lag * 1000 for lag in lags]
    for name, share, reach in (("p50", 0.5, ""), ("p99", 0.99, "≤ 50 ms")):
        figure = percentile(milliseconds, share)
        yield Measured(
            f"B7/{name}", f"recorded → visible, pull, {name}", figure, 0, None, "ms", reach
        )


def _lag(house: House, client: httpx2.Client) -> float:
    feed, position = _register(house, client)
    assert house.services["metrics"].followed.wait_for({feed: position}, longest=5)
    visible = time.time()
    return visible - _recorded_at(house, position).timestamp()


def _register(house: House, client: httpx2.Client) -> tuple[str, int]:
    body = {
        "people": [
            {"person_id": str(uuid4()), "name": "n", "name_en": "n", "effective_from": "2026-07-01"}
        ]
    }
    headers = {
        "Authorization": f"Bearer {house.token(service('host'), 'directory')}",
        "Idempotency-Key": str(uuid4()),
    }
    answer = client.post(
        f"{house.url('directory')}/commands/register-people", json=body, headers=headers
    )
    feed, _, position = answer.headers["Cairn-Seen"].partition("@")
    return feed, int(position)


def _recorded_at(house: House, position: int) -> datetime:
    with house.services["directory"].pool.connection() as connection:
        row = connection.execute(RECORDED, (position,)).fetchone()
    assert row is not None
    recorded: datetime = row[0]
    return recorded
