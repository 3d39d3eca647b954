"""Every condition on the instant in the directory's queries is needed, or an answer changes."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from psycopg.conninfo import make_conninfo

from services.directory.api import accounts as account_doors
from services.directory.api import calendar, delegations, forgetting, people, stories, units
from services.directory.domain.account import account_of
from services.directory.domain.person_life import Localised
from services.directory.domain.unit import Named
from services.directory.projections import accounts
from services.directory.projections.organisation import FAMILY
from shared.contracts import accounts as known_as
from shared.contracts import organisation as say
from shared.contracts.records import Contract
from shared.eventing import families
from shared.eventing.followers import Follower
from shared.eventing.mapper import encode
from shared.eventing.recorder import Batch, FeedEvent, Pool, PostgresRecorder
from shared.eventing.rehearsal import Rehearsal
from shared.http.reading import Reading, Reads
from shared.http.sentences import Sentences
from shared.http.tokens import Caller
from shared.kernel.actors import service
from shared.kernel.clock import FixedClock
from shared.kernel.ids import id_of
from shared.kernel.refusals import NotFound
from tests.support.forgetting import Forgetting, Pages
from tests.support.goals_tables import Told
from tests.support.log import asked, open_pool, prepare
from tests.support.postgres import Access, Databases

NOW = datetime(2026, 12, 31, 12, tzinfo=UTC)
TODAY, SINCE = date(2026, 9, 30), date(2026, 1, 1)
CHEN, LI, WANG, SALES, EAST, NORTH, COMPANY = (
    id_of("directory", name) for name in ("chen", "li", "wang", "sales", "east", "north", "company")
)
PAGES: list[Callable[[Reading], Any]] = [
    people.people,
    partial(people.people, unit=EAST),
    partial(people.people, unit=SALES, below=True),
    partial(people.people, manager=CHEN),
    partial(people.people, search="liming"),
    partial(people.people, after=CHEN, limit=1),
    partial(people.person, person_id=LI),
    partial(people.held, person_id=CHEN),
    partial(people.hand_overs, after=None, limit=9),
    partial(people.hand_overs, after=UUID(int=0), limit=1),
    units.units,
    partial(units.units, unit_ids=[EAST], above=True),
    partial(units.units, unit_ids=[SALES], lead=CHEN),
    partial(units.units, lead=CHEN, still_open=True),
    partial(units.units, search="East", outside=SALES, limit=9),
    units.tops,
    partial(units.children, unit_id=SALES),
    partial(units.unit, unit_id=EAST),
    partial(stories.unit_story, unit_id=NORTH),
    partial(stories.person_story, person_id=WANG),
    calendar.calendar,
    partial(calendar.working_days, first=SINCE, last=TODAY),
    partial(calendar.working_days, first=SINCE, last=TODAY, unit=EAST),
    partial(delegations.delegations, person=LI),
    forgetting.legal_holds,
    partial(forgetting.legal_holds, person=LI),
    partial(account_doors.accounts, user_name="LI"),
    partial(account_doors.accounts, external_id="e-2"),
    partial(account_doors.accounts, issuer="https://id", subject="s-1"),
]
Says = tuple[UUID, Contract]


GIVEN = say.DelegationGiven(
    delegation_id=UUID(int=7), to=CHEN, scope=("goals", "metrics"), first=SINCE, last=TODAY
)


def joining() -> Iterator[Says]:
    """Three units, and one person in one of them."""
    for unit, code in ((COMPANY, "ALL"), (SALES, "SALES"), (EAST, "EAST")):
        founded = say.UnitFounded(
            code=code, kind="team", counts_as_department=False, effective_from=SINCE
        )
        yield unit, founded
    yield LI, say.PersonEmployed(employed_from=SINCE)
    post = say.PostAssigned(unit_id=SALES, title="Sales", share=10_000, effective_from=SINCE)
    yield LI, post
    yield CHEN, say.PersonEmployed(employed_from=SINCE)
    for person, name, number in ((LI, "Li", "e-1"), (CHEN, "Chen", "e-2")):
        opened = known_as.AccountOpened(person_id=person, user_name=name, external_id=number)
        yield account_of(person), opened


def moving() -> Iterator[Says]:
    """Li is named, works elsewhere, has a manager and a role; the calendar is filled in."""
    yield LI, say.PersonNamed(name="李明", name_en="Li Ming")
    yield LI, say.PostEnded(unit_id=SALES, last_day=date(2026, 6, 30))
    post = say.PostAssigned(unit_id=EAST, title="Sales", share=10_000, effective_from=SINCE)
    yield LI, post
    yield LI, say.ManagerAssigned(kind="line", manager_id=CHEN, effective_from=SINCE)
    yield LI, say.RoleGranted(role="hr", effective_from=SINCE)
    yield account_of(LI), known_as.AccountRenamed(user_name="li", external_id="e-1")
    yield account_of(LI), known_as.LoginLinked(issuer="https://id", subject="s-1")
    yield CHEN, say.PersonNamed(name="陈晓", name_en="Chen Xiao")
    yield CHEN, say.PersonDeactivated()
    yield EAST, say.UnitMoved(parent_id=SALES, effective_from=SINCE)
    yield SALES, say.HeadAppointed(person_id=CHEN, effective_from=SINCE)
    yield EAST, say.ChampionAppointed(person_id=CHEN, effective_from=SINCE)
    yield SALES, say.ClosuresMarked(days=(SINCE, date(2026, 6, 30)), reason="Stocktaking")
    yield LI, GIVEN
    yield LI, say.LegalHoldPlaced(hold_id=UUID(int=8), reason="A case is pending.")
    yield EAST, say.UnitNamed(name_zh="华东", name_en="East")
    quarter = say.CalendarPeriod(code="2026-Q3", kind="quarter", first=SINCE, last=TODAY)
    yield id_of("calendar"), say.PeriodsDefined(periods=(quarter,))
    yield id_of("calendar"), say.DaysMarked(days=(say.CalendarDay(day=TODAY, kind="day_off"),))


def leaving() -> Iterator[Says]:
    """All of it is taken back."""
    yield LI, say.LegalHoldReleased(hold_id=UUID(int=8), reason="The case is closed.")
    yield LI, say.RoleRevoked(role="hr")
    yield LI, say.DelegationEnded(delegation_id=GIVEN.delegation_id)
    yield LI, say.ManagerEnded(kind="line", last_day=date(2026, 6, 30))
    yield LI, say.PersonNamed(name="黎华", name_en="Hua Li")
    yield SALES, say.HeadAppointed(person_id=LI, effective_from=SINCE)
    yield EAST, say.ChampionAppointed(person_id=LI, effective_from=SINCE)
    yield EAST, say.UnitMoved(parent_id=COMPANY, effective_from=SINCE)
    yield EAST, say.UnitClosed(last_day=date(2026, 8, 31))
    yield EAST, say.UnitReopened(effective_from=date(2026, 10, 15), reason="Demand is back.")
    yield SALES, say.ClosuresLifted(days=(date(2026, 6, 30),))
    yield LI, say.EmploymentEnded(last_day=date(2026, 8, 31))
    yield CHEN, say.PersonNamed(name="朱晨", name_en="Zhu Chen")
    yield SALES, say.UnitNamed(name_zh="销售", name_en="Sales")
    yield CHEN, say.EmploymentEnded(last_day=date(2026, 6, 30))
    yield account_of(LI), known_as.LoginUnlinked(issuer="https://id", subject="s-1")
    yield LI, say.PersonDeactivated()
    yield CHEN, say.PersonHandedOver(to=LI, effective_from=TODAY)
    yield LI, say.PostEnded(unit_id=EAST, last_day=date(2026, 6, 30))
    yield id_of("calendar"), say.DaysMarked(days=(say.CalendarDay(day=TODAY, kind="working"),))


def told(page: Callable[[Reading], dict[str, Any]], asked: Reading) -> Any:
    """An answer without the instant it was asked for."""
    try:
        return {name: value for name, value in page(asked).items() if name != "as_of"}
    except NotFound:
        return "not found"


class Log:
    """The log that stories are told from: at every instant a unit and a person hear of one more
    thing.
    """

    def __init__(self, pool: Pool, access: Access) -> None:
        prepare(access)
        self._recorder = PostgresRecorder(pool, access.runtime)
        self._clock = Rehearsal(access.owner)
        self._version = 0

    def record(self, instant: datetime) -> None:
        """One more fact of each."""
        self._version += 1
        self._clock.show(instant - timedelta(minutes=1))
        named = Named(name_zh="华北", name_en=f"North {self._version}")
        local = Localised(locale="en", time_zone=f"Etc/GMT+{self._version}")
        envelope = asked("register").envelope()
        facts = ((NORTH, named), (WANG, local))
        events = [
            FeedEvent(stream, self._version, fact.stored_name, encode(fact, envelope), say.FEED)
            for stream, fact in facts
        ]
        assert self._recorder.append(Batch(events)).kind == "recorded"

    def close(self) -> None:
        """Let its connections go."""
        self._recorder.close()
        self._clock.close()


def follow(pool: Pool, feed: Told) -> None:
    """The tables anew, out of this feed."""
    with pool.connection() as connection:
        connection.execute("DROP SCHEMA IF EXISTS organisation, accounts CASCADE")
        for family in (FAMILY, accounts.FAMILY):
            families.create(connection, family)
    for family in (FAMILY, accounts.FAMILY):
        Follower(pool, family, feed).catch_up()


def reading(pool: Pool, as_of: datetime | None = None) -> Reading:
    """A reading as a route gets it."""
    zone = ZoneInfo("Asia/Shanghai")
    reads = Reads(pool, None, FixedClock(NOW), zone, Sentences([], "stories"))  # type: ignore[arg-type]
    return Reading(reads, Caller(service("web"), "web"), as_of, TODAY, "en", NOW, True)


def test_each_condition_on_the_instant_is_needed(
    databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed, at = Told(say.FEED), datetime(2026, 7, 1, tzinfo=UTC)
    instants, replayed = [], {}
    for step in (joining, moving, leaving):
        for stream, says in step():
            at += timedelta(hours=1)
            feed.say(stream, says, at)
        instants.append(at)
    access = databases("directory")
    conninfo = make_conninfo(
        access.runtime, options="-c search_path=organisation,accounts -c timezone=UTC"
    )
    with open_pool(conninfo) as pool:
        log = Log(pool, access)
        for instant in instants:
            log.record(instant)
            follow(pool, feed.until(instant))
            replayed[instant] = [told(page, reading(pool)) for page in PAGES]
        log.close()

        def ask(number: int, instant: datetime) -> Any:
            return told(PAGES[number], reading(pool, instant))

        without = Forgetting(Pages(ask, replayed))
        without.listen(monkeypatch, Reading, "rows")
        without.listens_while_as_of_is_replay()
        assert without.never_heard("services/directory/api") == []
        assert without.needless() == set()
