"""First figures and first check-ins are opened by the server; the tables are those of a replay."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

import pytest

from services.metrics.domain import key_result_ledger as check_ins
from services.metrics.domain import kpi_ledger as figures
from services.metrics.domain.baseline import Evidence
from services.metrics.domain.calendar import NamedPeriod
from services.metrics.domain.figure import Batch as Delivery
from services.metrics.domain.subjects import Subject
from services.metrics.feed.translation import TRANSLATION
from services.metrics.projections import kpis, measurements
from shared.eventing import families, openings
from shared.eventing.families import Family
from shared.eventing.feeds import FeedReader, OwnLog
from shared.eventing.listening import Listener
from shared.eventing.mapper import encode
from shared.eventing.openings import taken_by_server
from shared.eventing.rebuild import rebuild
from shared.eventing.recorder import Batch, FeedEvent, PostgresRecorder
from shared.eventing.verification import verify_tables
from shared.kernel.actors import person, service
from shared.kernel.facts import Envelope, Fact
from tests.support.log import open_log
from tests.support.postgres import Databases

OWN = [kpis.FAMILY, measurements.FAMILY]
Q3 = NamedPeriod(code="2026-Q3", first=date(2026, 7, 1), last=date(2026, 9, 30))
TEXTS = ["", "a\\b\\N", "said\t\"so\"\nand 's'", "营业收入 𝄞", "null"]
VALUES = [Decimal(v) for v in ("0", "1.50", "-1E-7", "12345678901234567890.0001")]


class Told:
    """A random history of ledgers, fact by fact."""

    def __init__(self, log: PostgresRecorder, seed: int) -> None:
        self.log, self.random = log, Random(seed)
        self.versions: dict[UUID, int] = {}
        self.kpi, self.key_result = self._id(), self._id()
        self.entries: list[UUID] = []
        self.checked: list[UUID] = []

    def tell(self, stream: UUID, *facts: Fact) -> None:
        """More facts of a stream, recorded at once."""
        who = self.random.choice([person(self._id()), service("import", self._id())])
        envelope = Envelope(actor=who)
        events = []
        for fact in facts:
            self.versions[stream] = self.versions.get(stream, 0) + 1
            state, feed = encode(fact, envelope), TRANSLATION.feed_of(type(fact))
            version = self.versions[stream]
            events.append(FeedEvent(stream, version, fact.stored_name, state, feed))
        assert self.log.append(Batch(events)).kind == "recorded"

    def happen(self, times: int) -> None:
        """Anything that can happen to ledgers."""
        about: dict[str, Any] = {"kpi_id": self.kpi, "subject": self._subject()}
        self.tell(self.kpi, figures.LedgerOpened(**about, fiscal_year="FY26"))
        for _ in range(times):
            step = self.random.choice(
                [self._measured, self._measured, self._corrected, self._checked_in, self._changed]
            )
            step(about)
        self.tell(self.kpi, figures.PeriodSealed(**about, period=Q3))

    def _measured(self, about: dict[str, Any]) -> None:
        entries = [self._id() for _ in range(self.random.randrange(1, 4))]
        self.entries += entries
        self.tell(self.kpi, *(self._figure(about, entry) for entry in entries))

    def _figure(self, about: dict[str, Any], entry: UUID) -> Fact:
        pick = self.random.choice
        return figures.Measured(
            **{**about, "subject": self._subject()},
            entry_id=entry,
            **self._said(),
            origin=pick(["system", "typed", "imported", "derived"]),
            source=self._text(),
            external_id=pick([None, self._text()]),
            note=self._text(),
            after_sealing=pick([True, False]),
            reason=self._text(),
        )

    def _corrected(self, about: dict[str, Any]) -> None:
        if not self.entries:
            return
        again = {**about, "entry_id": self.random.choice(self.entries), "reason": self._text()}
        if self.random.random() < 0.3:
            self.tell(self.kpi, figures.MeasurementWithdrawn(**again))
        else:
            said = {**again, **self._said(), "correction_id": self._id()}
            self.tell(self.kpi, figures.MeasurementCorrected(**said))

    def _said(self) -> dict[str, Any]:
        pick = self.random.choice
        day = pick([date(2026, 8, 14), date.min, date.max])
        return {
            "value": pick(VALUES),
            "period": day.isoformat(),
            "observed_on": day,
            "batch": pick([None, Delivery(id=self._id(), file=self._text(), row=pick([None, 7]))]),
            "evidence": pick([None, Evidence(link=self._text(), sha256=pick([None, "00"]))]),
        }

    def _checked_in(self, about: dict[str, Any]) -> None:
        self.checked.append(self._id())
        fact = check_ins.CheckedIn(
            **self._standing(),
            key_result_id=self.key_result,
            entry_id=self.checked[-1],
            responsible_id=self._id(),
            origin="typed",
            source=self.random.choice([None, self._text()]),
            external_id=self.random.choice([None, self._text()]),
        )
        self.tell(self.key_result, fact)

    def _changed(self, about: dict[str, Any]) -> None:
        if not self.checked:
            return
        again: dict[str, Any] = {
            "key_result_id": self.key_result,
            "entry_id": self.random.choice(self.checked),
            "reason": self._text(),
        }
        if self.random.random() < 0.3:
            self.tell(self.key_result, check_ins.CheckInWithdrawn(**again))
        else:
            said = {**again, **self._standing(), "correction_id": self._id()}
            self.tell(self.key_result, check_ins.CheckInCorrected(**said))

    def _standing(self) -> dict[str, Any]:
        pick = self.random.choice
        return {
            "observed_on": pick([date(2026, 8, 14), date.min, date.max]),
            "value": pick([None, *VALUES]),
            "milestones_done": pick([None, (), (self._text(), "launched")]),
            "level": pick([None, self._text()]),
            "confidence": pick([None, 0, 10]),
            "reported_status": pick([None, "on_track", "at_risk"]),
        }

    def _subject(self) -> Subject:
        return Subject(kind=self.random.choice(["person", "unit"]), id=self._id())

    def _id(self) -> UUID:
        return UUID(int=self.random.getrandbits(128))

    def _text(self) -> str:
        return self.random.choice(TEXTS)


@pytest.fixture
def log(databases: Databases) -> Iterator[PostgresRecorder]:
    with open_log(databases("metrics")) as made:
        yield made


@pytest.mark.parametrize("family", OWN, ids=lambda family: family.name)
def test_every_opening_that_is_declared_is_taken_by_the_server(family: Family) -> None:
    assert len(taken_by_server(family, TRANSLATION)) == len(family.openings) == 1


@pytest.mark.parametrize("seed", range(3))
def test_rebuilt_tables_of_random_histories_are_those_of_a_plain_replay(
    log: PostgresRecorder,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    monkeypatch.setattr(openings, "STRETCH", 41)
    Told(log, seed).happen(200)
    listener = Listener(log.conninfo, ("facts",)).start()
    try:
        for family in OWN:
            source = OwnLog(FeedReader(log.pool, TRANSLATION), family.feed, listener)
            with log.pool.connection() as connection:
                families.create(connection, family)
            assert rebuild(log.pool, family, source) > 50
            found = verify_tables(log.pool, family, source)
            assert [finding for finding in found if finding.exceptions] == []
    finally:
        listener.stop()
    assert caplog.messages == []
