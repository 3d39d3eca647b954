"""B5: replaying a whole log into new tables, against only reading it.

Ours is the product's ``rebuild``: tables made, rows opened by the server, other facts followed,
indexes, swap.
The yardstick is the reading alone: the very SELECT of the feed's reader, in the same stretches of
5,000, as the driver does it unless told otherwise, rows as tuples that are thrown away.
``B5/binary`` is the stricter one: the same reading with values in binary form, as our own reader
asks for them, which takes about half the work. ``B5/corrected`` has every tenth figure corrected
by a later fact, which goes record by record.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from bench import measure
from bench.measure import compared
from services.host.house import House
from services.host.provisioning import provision
from services.metrics.domain.kpi_ledger import Measured, MeasurementCorrected
from services.metrics.domain.subjects import Subject
from shared.eventing.feeds import READ
from shared.eventing.mapper import encode
from shared.eventing.recorder import Batch, FeedEvent
from shared.http.service import Service
from shared.kernel.actors import service as service_actor
from shared.kernel.facts import Envelope

STREAMS, DAYS = 100, 300
EVERY = 10
STRETCH = 5_000


def replay(admin: str) -> Iterator[measure.Measured]:
    """B5: the ledgers of 100 KPIs over 300 days, daily figures: 30,000 facts."""
    name = "replay into new tables / its SELECTs"
    with _replayed(admin, "bench_replay_", corrected=False) as (ours, read):
        yield measure.Measured("B5", name, *compared(ours, read), "/s", "≥ 0.25")
        binary = compared(ours, lambda: read(binary=True))
        yield measure.Measured("B5/binary", f"{name}, binary", *binary, "/s", "")
    with _replayed(admin, "bench_corrected_", corrected=True) as (ours, read):
        corrected = compared(ours, read)
        yield measure.Measured("B5/corrected", f"{name}, corrected", *corrected, "/s", "")


@contextmanager
def _replayed(
    admin: str, prefix: str, *, corrected: bool
) -> Iterator[tuple[Callable[[], int], Callable[..., int]]]:
    """A log of its own: how it is replayed, and how it is only read."""
    access = {"metrics": provision(admin, "metrics", "bench", prefix)}
    house = House(access, neighbours="http://127.0.0.1:9")
    house.migrate()
    with house:
        metrics = house.services["metrics"]
        facts = _record(metrics, corrected=corrected)
        family = next(f for f in metrics.plan.families if f.feed == "kpis")
        yield (
            lambda: metrics.rebuild(family),
            lambda binary=False: _read(metrics, facts, binary=binary),
        )


def _read(metrics: Service, facts: int, *, binary: bool) -> int:
    reached = read = 0
    with metrics.pool.connection() as connection:
        while read < facts:
            rows = connection.execute(READ, ("kpis", reached, STRETCH), binary=binary).fetchall()
            reached, read = rows[-1][0], read + len(rows)
    return read


def _record(metrics: Service, *, corrected: bool) -> int:
    envelope, facts = Envelope(actor=service_actor("bench")), 0
    first = date(2026, 1, 1)
    for _ in range(STREAMS):
        stream, kpi, person = uuid4(), uuid4(), uuid4()
        figures = [_figure(kpi, person, first + timedelta(days=day)) for day in range(DAYS)]
        later = [_correction(one) for one in figures[::EVERY]] if corrected else []
        events = [
            FeedEvent(stream, n, fact.stored_name, encode(fact, envelope), "kpis")
            for n, fact in enumerate([*figures, *later], 1)
        ]
        metrics.recorder.append(Batch(events))
        facts += len(events)
    return facts


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


def _correction(figure: Measured) -> MeasurementCorrected:
    return MeasurementCorrected(
        kpi_id=figure.kpi_id,
        subject=figure.subject,
        entry_id=figure.entry_id,
        correction_id=uuid4(),
        value=figure.value + 1,
        period=figure.period,
        observed_on=figure.observed_on,
        reason="counted again",
    )
