"""Every condition on the instant in the queries of metrics is needed: without it answers change."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from services.metrics.api import board, check_ins, kpis
from services.metrics.domain.kpi import Defined, Definition
from shared.contracts import kpis as say
from shared.contracts import measurements as noted
from shared.contracts import organisation as org
from shared.contracts.records import Contract
from shared.eventing.mapper import encode
from shared.eventing.recorder import Batch, FeedEvent, PostgresRecorder
from shared.eventing.rehearsal import Rehearsal
from shared.http.reading import Reading
from shared.kernel.ids import id_of
from shared.kernel.refusals import Refused
from tests.support.forgetting import Forgetting, Pages
from tests.support.goals_tables import Told
from tests.support.log import asked, prepare
from tests.support.metrics_tables import MetricsTables, metrics_tables
from tests.support.postgres import Databases

BEGAN = datetime(2026, 10, 1, 1, tzinfo=UTC)
FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)
Q3 = say.NamedPeriod(code="2026-Q3", first=FIRST, last=LAST)
KPI, KEY_RESULT, CHEN = id_of("kpi", "revenue"), id_of("key_result"), id_of("person", "chen")
SALES, EAST, NORTH = (id_of("unit", name) for name in ("sales", "east", "north"))
CHENS = say.Subject(kind="person", id=CHEN)
ABOUT = {"kpi_id": KPI, "subject": CHENS}
LEDGER, COMMITMENT = id_of("kpi_ledger", KPI, CHEN), id_of("commitment", KPI, CHEN)
ENTRY, EARLIER, CHECK_IN = id_of("entry", 1), id_of("entry", 2), id_of("check-in")
DEFINITION: dict[str, Any] = {
    "code": "revenue",
    "name_zh": "收入",
    "name_en": "Revenue",
    "unit": "CNY",
    "direction": "higher",
    "over_time": "sum",
    "over_units": "sum",
    "frequency": "day",
    "grain": "replace",
    "owner_id": CHEN,
    "sources": ("erp", "manual"),
}
Says = tuple[Told, UUID, Contract]


def figure(number: int, day: date) -> dict[str, Any]:
    """A figure of a day."""
    return {"value": number, "period": day.isoformat(), "observed_on": day}


class Quarter:
    """What is said of one KPI, one key result and one unit, in five steps, each on its day."""

    def __init__(self) -> None:
        self.business, self.noted, self.people = Told(say.FEED), Told(noted.FEED), Told(org.FEED)

    @property
    def feeds(self) -> list[Told]:
        """All feeds."""
        return [self.business, self.noted, self.people]

    def live(self) -> list[datetime]:
        """Let it happen; an instant after each step, the last one first."""
        steps = (self._begin, self._agree, self._put_right, self._seal, self._rearrange)
        instants = []
        for day, step in enumerate(steps):
            instant = BEGAN + timedelta(days=day)
            for feed, stream, one in step():
                instant += timedelta(hours=1)
                feed.say(stream, one, instant)
            instants.append(instant)
        return instants[::-1]

    def _begin(self) -> Iterator[Says]:
        unit = {"counts_as_department": True, "effective_from": date(2026, 1, 1)}
        for one, parent in ((SALES, None), (EAST, SALES), (NORTH, None)):
            founded = org.UnitFounded(code=str(one)[:8], kind="team", parent_id=parent, **unit)
            yield self.people, one, founded
        post = org.PostAssigned(unit_id=EAST, title="sales", share=10_000, effective_from=FIRST)
        yield self.people, CHEN, post
        yield self.business, KPI, say.KpiDefined(**DEFINITION)
        yield self.business, LEDGER, say.LedgerOpened(**ABOUT, fiscal_year="2026")
        for entry, day in ((ENTRY, FIRST), (EARLIER, FIRST - timedelta(days=1))):
            said = {**figure(10, day), "origin": "system", "source": "erp"}
            yield self.business, LEDGER, say.Measured(**ABOUT, entry_id=entry, **said)

    def _agree(self) -> Iterator[Says]:
        committed = {**ABOUT, "period": Q3, "effective_from": FIRST}
        offer = say.CommitmentOffered(
            **committed, definition=1, terms_number=1, terms=say.Terms(target=100, threshold=50)
        )
        yield self.business, COMMITMENT, offer
        yield self.business, COMMITMENT, say.CommitmentAgreed(terms_number=1)
        checked = noted.CheckedIn(
            key_result_id=KEY_RESULT,
            entry_id=CHECK_IN,
            observed_on=FIRST,
            value=5,
            responsible_id=CHEN,
        )
        yield self.noted, KEY_RESULT, checked

    def _put_right(self) -> Iterator[Says]:
        for entry, number in ((ENTRY, 7), (EARLIER, 8)):
            about = {**ABOUT, "entry_id": entry, "correction_id": id_of("correction", entry)}
            right = say.MeasurementCorrected(**about, **figure(number, FIRST), reason="twice")
            yield self.business, LEDGER, right
        about = {"key_result_id": KEY_RESULT, "entry_id": CHECK_IN}
        right_check_in = noted.CheckInCorrected(
            **about, correction_id=id_of("correction"), observed_on=FIRST, value=6
        )
        yield self.noted, KEY_RESULT, right_check_in
        yield self.noted, KEY_RESULT, noted.CheckInWorded(**about, progress="more")

    def _seal(self) -> Iterator[Says]:
        revised = say.CommitmentRevised(
            **ABOUT,
            period=Q3,
            terms_number=2,
            terms=say.Terms(target=80, threshold=40),
            effective_from=FIRST,
            reason="the market shrank",
            category="external_change",
        )
        yield self.business, COMMITMENT, revised
        yield self.business, COMMITMENT, say.CommitmentAgreed(terms_number=2)
        closed = {"first": date(2026, 8, 3), "last": date(2026, 8, 7), "reason": "renovation"}
        yield self.business, COMMITMENT, say.CommitmentSuspended(**closed)
        yield self.business, LEDGER, say.PeriodSealed(**ABOUT, period=Q3)

    def _rearrange(self) -> Iterator[Says]:
        later = {"reason": "clearer", "effective_from": FIRST, "name_en": "Income"}
        yield self.business, KPI, say.KpiRedefined(**{**DEFINITION, "definition": 2, **later})
        period = org.CalendarPeriod(code=Q3.code, kind="quarter", first=FIRST, last=LAST)
        shorter = period.model_copy(update={"last": date(2026, 9, 25)})
        yield self.people, id_of("calendar"), org.PeriodsDefined(periods=(shorter,))
        off = tuple(
            org.CalendarDay(day=FIRST + timedelta(days=n), kind="day_off") for n in range(30)
        )
        yield self.people, id_of("calendar"), org.DaysMarked(days=off)
        ended = org.PostEnded(unit_id=EAST, last_day=date(2026, 8, 31))
        yield self.people, CHEN, ended
        yield self.people, EAST, org.UnitMoved(parent_id=NORTH, effective_from=FIRST)


PAGES: list[Callable[[Reading], Any]] = [
    partial(board.kpi_board, period=Q3.code),
    partial(board.kpi_board, period=Q3.code, unit=SALES),
    partial(board.kpi_board, period=Q3.code, subject=CHEN),
    partial(check_ins.check_ins, key_result_id=KEY_RESULT),
    kpis.kpis,
    kpis.commitments,
    partial(kpis.card, kpi_id=KPI, subject=CHEN, period=Q3.code),
    partial(kpis.card, kpi_id=KPI, subject=SALES, period=Q3.code),
    partial(kpis.story, kpi_id=KPI, subject=CHEN),
]


def told(page: Callable[[Reading], dict[str, Any]], reading: Reading) -> Any:
    """An answer on the last day of the quarter, without the instant it was asked for."""
    try:
        answer = page(reading)
    except Refused as refusal:
        return repr(refusal)
    return {name: value for name, value in answer.items() if name != "as_of"}


class Log:
    """The log that stories are told from: the KPI is defined once more at every instant."""

    def __init__(self, tables: MetricsTables) -> None:
        prepare(tables.access)
        self._recorder = PostgresRecorder(tables.pool, tables.access.runtime)
        self._clock = Rehearsal(tables.access.owner)
        self._version = 0

    def record(self, instant: datetime) -> None:
        """One more fact."""
        self._version += 1
        fact = Defined(definition=Definition(**DEFINITION))
        state = encode(fact, asked("define").envelope())
        self._clock.show(instant)
        event = FeedEvent(KPI, self._version, Defined.stored_name, state, say.FEED)
        assert self._recorder.append(Batch([event])).kind == "recorded"

    def close(self) -> None:
        """Let its connections go."""
        self._recorder.close()
        self._clock.close()


def test_each_condition_on_the_instant_is_needed(
    module_databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    quarter, replayed = Quarter(), {}
    instants = quarter.live()
    with metrics_tables(module_databases) as tables:
        log = Log(tables)
        for instant in reversed(instants):
            log.record(instant)
            tables.feed([feed.until(instant) for feed in quarter.feeds])
            replayed[instant] = [told(page, tables.reading(LAST)) for page in PAGES]
        log.close()
        assert tables.parked() == []

        def ask(number: int, instant: datetime) -> Any:
            return told(PAGES[number], tables.reading(LAST, as_of=instant))

        newest_first = {instant: replayed[instant] for instant in instants}
        forgetting = Forgetting(Pages(ask, newest_first))
        forgetting.listen(monkeypatch, Reading, "rows")
        forgetting.listens_while_as_of_is_replay()
        assert forgetting.never_heard("services/metrics/api") == []
        assert forgetting.needless() == set()
