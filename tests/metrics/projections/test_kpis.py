"""The tables of KPIs and check-ins: replaying the feeds to an instant is asking as of it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.metrics.api import board, check_ins, kpis
from services.metrics.domain.calendar import natural_named
from shared.contracts import kpis as say
from shared.contracts import measurements as told
from shared.contracts import organisation as org
from shared.contracts.records import Contract
from shared.kernel.ids import id_of
from tests.support.goals_tables import Told
from tests.support.metrics_tables import MetricsTables, metrics_tables

BEGAN = datetime(2026, 7, 1, 1, tzinfo=UTC)
KPI, WON, CASES = (id_of("kpi", code) for code in ("REVENUE", "WON", "CASES"))
PEOPLE = [UUID(int=n) for n in (1, 2)]
UNIT, KEY_RESULT = UUID(int=50), UUID(int=60)
Q3 = say.NamedPeriod(code="2026-Q3", first=date(2026, 7, 1), last=date(2026, 9, 30))
TIMED = ("check_in", "check_in_words", "commitment", "measurement")
STATED = (
    "kpi_definition",
    "commitment_terms",
    "commitment_agreement",
    "commitment_suspension",
    "period_seal",
    "kpi_ledger",
    "post",
    "unit_parent",
)


class History:
    """What the feeds tell, one step after the other, each step an hour later."""

    def __init__(self) -> None:
        self.business, self.key_results = Told(say.FEED), Told(told.FEED)
        self.organisation = Told(org.FEED)
        self.at = BEGAN
        self.counts: dict[object, int] = {}
        self._defined()

    def tick(self) -> datetime:
        self.at += timedelta(hours=1)
        return self.at

    def count(self, what: object) -> int:
        self.counts[what] = self.counts.get(what, 0) + 1
        return self.counts[what]

    @property
    def feeds(self) -> list[Told]:
        return [self.business, self.key_results, self.organisation]

    @property
    def hours(self) -> int:
        return int((self.at - BEGAN) / timedelta(hours=1)) - 3

    def until(self, instant: datetime) -> list[Told]:
        return [feed.until(instant) for feed in self.feeds]

    def _defined(self) -> None:
        for kpi, code in ((KPI, "REVENUE"), (WON, "WON"), (CASES, "CASES")):
            self.business.say(kpi, defined(code), self.tick())
        founded = org.UnitFounded(
            code="SALES",
            kind="department",
            counts_as_department=True,
            effective_from=date(2026, 1, 1),
        )
        self.organisation.say(UNIT, founded, self.tick())

    # Steps: each takes two small numbers

    def measure(self, who: int, n: int) -> None:
        kpi, subject = (KPI, WON, CASES)[n % 3], subject_of(who)
        entry = id_of("entry", kpi, who, self.count(("entry", kpi, who)))
        self._ledger(kpi, subject, measured(kpi, subject, entry, n))

    def correct(self, who: int, n: int) -> None:
        kpi, subject = (KPI, WON, CASES)[n % 3], subject_of(who)
        entries = self.counts.get(("entry", kpi, who), 0)
        if entries:
            entry = id_of("entry", kpi, who, 1 + n % entries)
            right = say.MeasurementCorrected(
                kpi_id=kpi,
                subject=subject,
                entry_id=entry,
                correction_id=UUID(int=self.count("correction")),
                **said(n + 1),
                reason="counted twice",
            )
            self._ledger(kpi, subject, right)

    def withdraw(self, who: int, n: int) -> None:
        entries = self.counts.get(("entry", KPI, who), 0)
        if entries:
            subject = subject_of(who)
            gone = say.MeasurementWithdrawn(
                kpi_id=KPI,
                subject=subject,
                entry_id=id_of("entry", KPI, who, 1 + n % entries),
                reason="wrong person",
            )
            self._ledger(KPI, subject, gone)

    def seal(self, who: int, n: int) -> None:
        subject = subject_of(who)
        self._ledger(KPI, subject, say.PeriodSealed(kpi_id=KPI, subject=subject, period=Q3))

    def promise(self, who: int, n: int) -> None:
        stream, subject = id_of("commitment", KPI, PEOPLE[who], Q3.code), subject_of(who)
        number = self.count(("terms", who))
        about = {"kpi_id": KPI, "subject": subject, "period": Q3, "terms_number": number}
        terms = say.Terms(target=Decimal(100 + n), threshold=Decimal(50))
        if number == 1:
            offer = say.CommitmentOffered(
                **about, definition=1, terms=terms, effective_from=Q3.first
            )
            self.business.say(stream, offer, self.tick())
            return
        revision = say.CommitmentRevised(
            **about,
            terms=terms,
            effective_from=Q3.first + timedelta(days=n),
            reason="the market shrank",
            category="external_change",
        )
        self.business.say(stream, revision, self.tick())

    def answer(self, who: int, n: int) -> None:
        number = self.counts.get(("terms", who), 0)
        stream = id_of("commitment", KPI, PEOPLE[who], Q3.code)
        if number and n % 3 == 0:
            dispute = say.CommitmentDisputed(terms_number=number, reason="too high")
            self.business.say(stream, dispute, self.tick())
        elif number:
            self.business.say(stream, say.CommitmentAgreed(terms_number=number), self.tick())

    def suspend(self, who: int, n: int) -> None:
        if self.counts.get(("terms", who)):
            day = Q3.first + timedelta(days=n)
            stream = id_of("commitment", KPI, PEOPLE[who], Q3.code)
            days = say.CommitmentSuspended(first=day, last=day, reason="renovation")
            self.business.say(stream, days, self.tick())

    def baseline(self, who: int, n: int) -> None:
        stream = id_of("commitment", KPI, PEOPLE[who], Q3.code)
        if self.count(("baseline", who)) == 1:
            first = say.BaselineSet(
                kpi_id=KPI,
                subject=subject_of(who),
                period=Q3,
                value=Decimal(n),
                taken_from=Q3,
                method="invoices",
            )
            self.business.say(stream, first, self.tick())
            return
        fix = say.BaselineCorrected(value=Decimal(n), reason="returns")
        self.business.say(stream, fix, self.tick())

    def redefine(self, who: int, n: int) -> None:
        later = say.KpiRedefined(
            **dict(defined("REVENUE", sources=("manual", "erp") if n % 2 else ("erp", "manual")))
            | {"definition": 1 + self.count("version")},
            reason="another ranking",
            effective_from=Q3.first,
        )
        self.business.say(KPI, later, self.tick())

    def check_in(self, who: int, n: int) -> None:
        entry = id_of("check-in", self.count("check-in"))
        stream = id_of("key_result_ledger", KEY_RESULT)
        first = told.CheckedIn(
            key_result_id=KEY_RESULT,
            entry_id=entry,
            observed_on=Q3.first + timedelta(days=n),
            value=Decimal(n),
            confidence=n % 11,
            responsible_id=PEOPLE[who],
        )
        self.key_results.say(stream, first, self.tick())
        if n % 2:
            words = told.CheckInWorded(key_result_id=KEY_RESULT, entry_id=entry, progress="more")
            self.key_results.say(stream, words, self.tick())

    def put_right(self, who: int, n: int) -> None:
        entries = self.counts.get("check-in", 0)
        if not entries:
            return
        entry = id_of("check-in", 1 + n % entries)
        about = {"key_result_id": KEY_RESULT, "entry_id": entry}
        right: Contract = told.CheckInWithdrawn(**about)
        if n % 3:
            right = told.CheckInCorrected(
                **about,
                correction_id=UUID(int=self.count("correction")),
                observed_on=Q3.first + timedelta(days=n),
                value=Decimal(-n),
            )
        self.key_results.say(id_of("key_result_ledger", KEY_RESULT), right, self.tick())

    def move(self, who: int, n: int) -> None:
        if n % 2:
            post = org.PostAssigned(
                unit_id=UNIT, title="sales", share=10_000, effective_from=Q3.first
            )
            self.organisation.say(PEOPLE[who], post, self.tick())
        elif self.counts.get(("post", who)):
            ended = org.PostEnded(unit_id=UNIT, last_day=Q3.first + timedelta(days=n))
            self.organisation.say(PEOPLE[who], ended, self.tick())
        self.count(("post", who)) if n % 2 else None

    def _ledger(self, kpi: UUID, subject: say.Subject, says: Contract) -> None:
        stream = id_of("kpi_ledger", kpi, subject.id, "2026")
        if self.count(("ledger", stream)) == 1:
            opened = say.LedgerOpened(kpi_id=kpi, subject=subject, fiscal_year="2026")
            self.business.say(stream, opened, self.tick())
        self.business.say(stream, says, self.tick())


def subject_of(who: int) -> say.Subject:
    return say.Subject(kind="person", id=PEOPLE[who])


def said(n: int) -> dict[str, Any]:
    day = Q3.first + timedelta(days=n)
    return {"value": Decimal(n), "period": day.isoformat(), "observed_on": day}


def measured(kpi: UUID, subject: say.Subject, entry: UUID, n: int) -> say.Measured:
    source = "erp" if n % 4 else "manual"
    return say.Measured(
        kpi_id=kpi, subject=subject, entry_id=entry, **said(n), origin="imported", source=source
    )


def defined(code: str, **more: Any) -> say.KpiDefined:
    usual = {
        "code": code,
        "name_zh": code,
        "name_en": code,
        "unit": "CNY",
        "direction": "higher",
        "over_time": "sum",
        "over_units": "sum",
        "frequency": "day",
        "grain": "replace",
        "owner_id": PEOPLE[0],
        "sources": ("erp", "manual"),
    }
    return say.KpiDefined(**{**usual, **more})


STEPS: list[Callable[[History, int, int], None]] = [
    History.measure,
    History.measure,
    History.correct,
    History.withdraw,
    History.seal,
    History.promise,
    History.promise,
    History.answer,
    History.answer,
    History.suspend,
    History.baseline,
    History.redefine,
    History.check_in,
    History.put_right,
    History.move,
]
STEP = st.tuples(st.sampled_from(STEPS), st.integers(0, 1), st.integers(0, 12))


@pytest.fixture(scope="module")
def tables(module_databases):
    with metrics_tables(module_databases) as made:
        yield made


def contents(tables: MetricsTables, at: datetime | None) -> dict[str, list[Any]]:
    """Every table as of an instant, or as it stands; without the ends of what still holds."""
    found = {}
    for table in TIMED:
        where = "during @> %(at)s" if at else "upper_inf(during)"
        columns = f"to_jsonb({table}) - 'during', lower(during)"
        found[table] = tables.rows(f"SELECT {columns} FROM {table} WHERE {where}", at=at)
    for table in STATED:
        where = "recorded_at <= %(at)s" if at else "true"
        found[table] = tables.rows(f"SELECT to_jsonb({table}) FROM {table} WHERE {where}", at=at)
    return {name: sorted(map(repr, rows)) for name, rows in found.items()}


def answers(tables: MetricsTables, as_of: datetime | None) -> list[Any]:
    """What readers are told on the last day of the quarter."""
    reading = tables.reading(Q3.last, as_of)
    told_all = [
        board.kpi_board(reading, Q3.code, unit=UNIT),
        board.kpi_board(reading, Q3.code),
        check_ins.check_ins(reading, KEY_RESULT),
        kpis.kpis(reading),
        kpis.commitments(reading, period=Q3.code),
        *(kpis.card(reading, KPI, one, Q3.code) for one in PEOPLE),
    ]
    return [{k: v for k, v in one.items() if k != "as_of"} for one in told_all]


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    steps=st.lists(STEP, min_size=10, max_size=40),
    hour=st.integers(0, 10_000),
    batch=st.integers(1, 40),
)
def test_as_of_an_instant_is_what_a_replay_to_it_shows(tables, steps, hour, batch):
    history = History()
    for step, who, n in steps:
        step(history, who, n)
    instant = BEGAN + timedelta(hours=4 + hour % history.hours, minutes=30)
    tables.feed(history.until(instant))
    replayed = contents(tables, None), answers(tables, None)
    tables.feed(history.feeds, batch)
    assert tables.parked() == []
    assert contents(tables, instant) == replayed[0]
    assert answers(tables, instant) == replayed[1]


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEP, max_size=25), batch=st.integers(1, 10))
def test_rows_of_one_key_never_overlap_and_leave_no_gap(tables, steps, batch):
    history = History()
    for step, who, n in steps:
        step(history, who, n)
    tables.feed(history.feeds, batch)
    keys = {
        "check_in": "entry_id",
        "check_in_words": "entry_id",
        "commitment": "commitment_id",
        "measurement": "entry_id",
    }
    for table, key in keys.items():
        broken = tables.rows(
            f"SELECT * FROM (SELECT upper(during) AS ended,"
            f" lead(lower(during)) OVER (PARTITION BY {key} ORDER BY lower(during)) AS next"
            f" FROM {table}) t WHERE next IS NOT NULL AND ended IS DISTINCT FROM next"
        )
        assert broken == [], table


def test_the_demo_period_is_in_the_ordinary_calendar():
    period = natural_named(Q3.code)
    assert period is not None
    assert (period.first, period.last) == (Q3.first, Q3.last)
