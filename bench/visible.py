"""B7: from recorded to visible at the neighbour, by pull."""

from collections.abc import Iterator
from time import perf_counter
from uuid import uuid4

import httpx2

from bench.measure import Measured, percentile
from services.host.house import House
from services.host.provisioning import provision
from shared.kernel.actors import service

TIMES = 200


def pull(admin: str) -> Iterator[Measured]:
    """B7: a person registered at the directory, until the tables of metrics show them."""
    access = {
        name: provision(admin, name, "bench", "bench_seen_") for name in ("directory", "metrics")
    }
    with House(access) as house, httpx2.Client(trust_env=False) as client:
        lags = [_lag(house, client) for _ in range(TIMES + 20)][20:]
    milliseconds = [lag * 1000 for lag in lags]
    for name, share, reach in (("p50", 0.5, ""), ("p99", 0.99, "≤ 50 ms")):
        figure = percentile(milliseconds, share)
        yield Measured(
            f"B7/{name}", f"recorded → visible, pull, {name}", figure, 0, None, "ms", reach
        )


def _lag(house: House, client: httpx2.Client) -> float:
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
    recorded = perf_counter()
    feed, _, position = answer.headers["Cairn-Seen"].partition("@")
    followed = house.services["metrics"].followed
    assert followed.wait_for({feed: int(position)}, longest=5)
    return perf_counter() - recorded
