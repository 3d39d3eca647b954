"""B5: replaying a whole log into new tables, against only reading it.

Ours is the product's ``rebuild``: tables made, rows opened by the server, other facts followed,
indexes, swap.
The yardstick is the reading alone: the very SELECT of the feed's reader, in the same stretches of
5,000, as the driver does it unless told otherwise, rows as tuples that are thrown away.
``B5/binary`` is the stricter one: the same reading with values in binary form, as our own reader
asks for them, which takes about half the work.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from bench import measure
from bench.measure import compared
from services.host.house import House
from services.host.provisioning import provision
from services.metrics.domain.kpi_ledger import Measured
from services.metrics.domain.subjects import Subject
from shared.eventing.feeds import READ
from shared.eventing.mapper import encode
from shared.eventing.recorder import Batch, FeedEvent
from shared.http.service import Service
from shared.kernel.actors import service as service_actor
from shared.kernel.facts import Envelope

STREAMS, DAYS = 100, 300
STRETCH = 5_000


def replay(admin: str) -> Iterator[measure.Measured]:
    """B5: the ledgers of 100 KPIs over 300 days, daily figures: 30,000 facts."""
    access = {"metrics": provision(admin, "metrics", "bench", "bench_replay_")}
    house = House(access, neighbours="http://127.0.0.1:9")
    house.migrate()
    with house:
        metrics = house.services["metrics"]
        facts = _record(metrics)
        family = next(f for f in metrics.plan.families if f.feed == "kpis")

        def ours() -> int:
            return metrics.rebuild(family)

        name = "replay into new tables / its SELECTs"
        mine, raw, ratio = compared(ours, lambda: _read(metrics, facts, binary=False))
        yield measure.Measured("B5", name, mine, raw, ratio, "/s", "≥ 0.25")
        mine, raw, ratio = compared(ours, lambda: _read(metrics, facts, binary=True))
        yield measure.Measured("B5/binary", f"{name}, binary", mine, raw, ratio, "/s", "")


def _read(metrics: Service, facts: int, *, binary: bool) -> int:
    reached = read = 0
    with metrics.pool.connection() as connection:
        while read < facts:
            rows = connection.execute(READ, ("kpis", reached, STRETCH), binary=binary).fetchall()
            reached, read = rows[-1][0], read + len(rows)
    return read


def _record(metrics: Service) -> int:
    envelope = Envelope(actor=service_actor("bench"))
    first = date(2026, 1, 1)
    for _ in range(STREAMS):
        stream, kpi, person = uuid4(), uuid4(), uuid4()
        events = [
            FeedEvent(stream, n + 1, fact.stored_name, encode(fact, envelope), "kpis")
            for n, fact in enumerate(
                _figure(kpi, person, first + timedelta(days=day)) for day in range(DAYS)
            )
        ]
        metrics.recorder.append(Batch(events))
    return STREAMS * DAYS


def _figure(kpi: UUID, person: UUID, day: date) -> Measured:
    return Measured(
        kpi_id=kpi,
        subject=Subject(kind="person", id=person),
        entry_id=uuid4(),
        value=Decimal("1234.50"),
        period=day.isoformat(),
        observed_on=day,
        origin="system",
        source="crm",
        external_id=f"crm-{day}",
    )
