"""Every condition on the instant in the queries of appraisal is needed, or an answer changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from psycopg import sql

from services.appraisal.api.evidence import SqlKpis
from services.appraisal.projections import appraisals, kpis, organisation
from shared.contracts import kpis as k
from shared.contracts import organisation as o
from shared.eventing import families
from shared.eventing.feeds import Source, Stretch
from shared.eventing.followers import Follower
from shared.http.reading import Reading
from shared.kernel.ids import id_of
from tests.support.appraisal_world import (
    APPRAISAL,
    KPIS,
    WANG,
    World,
    appraisal_world,
    correct,
    plan_body,
    put_scheme_in_force,
    review,
    tell_a_quarter,
)
from tests.support.appraisals import FIRST, LAST, LI, SCHEME, ZHAO, ZHOU
from tests.support.forgetting import Forgetting, Pages
from tests.support.postgres import Databases

REVENUE, COMMITMENT = KPIS["revenue"], id_of("commitment", KPIS["revenue"], LI, "2026-Q3")
OTHER, BONUS = id_of("appraisal", WANG, "2026-Q3"), id_of("bonus")
JULY = o.CalendarPeriod(code="2026-07", kind="month", first=FIRST, last=date(2026, 7, 31))
ONE = {"appraisal_id": str(APPRAISAL)}
# What a version of a scheme says, and whom an appraisal is about, never changes.
NEEDLESS = {
    "SELECT scheme, version, code, title, template, from_day, rules FROM scheme_versions"
    " WHERE during @> %(moment)s::timestamptz",
    "SELECT x.appraisal, a.subject, x.entry, x.kind, x.points, x.author, x.reason, x.given_at"
    " … AND a.during @> %(moment)s::timestamptz",
}
PATHS: list[tuple[str, dict[str, object]]] = [
    ("/appraisals", {}),
    ("/appraisals", {"limit": 1}),
    ("/appraisals", {"after": APPRAISAL}),
    ("/appraisals", {"after": OTHER}),
    (f"/appraisals/{APPRAISAL}", {}),
    (f"/appraisals/{APPRAISAL}/figures/{REVENUE}", {}),
    (f"/appraisals/{APPRAISAL}/story", {}),
    ("/schemes", {}),
    (f"/schemes/{SCHEME}", {}),
    (f"/schemes/{SCHEME}/story", {}),
    ("/separation/typed", {}),
]


@dataclass(frozen=True)
class UntilThen:
    """A source as it was at an instant."""

    source: Source
    instant: datetime

    def fetch(self, after: int, limit: int, wait_seconds: float) -> Stretch:
        """What had been told by then."""
        found = self.source.fetch(after, limit, wait_seconds)
        records = [known for known in found.records if known.recorded_at <= self.instant]
        return Stretch(records, found.head, found.complete_through)


def live(world: World) -> Iterator[datetime]:
    """A quarter and its review, then corrections of nearly everything; an instant a day."""
    put_scheme_in_force(world)
    world.on(FIRST)
    world.done(ZHAO, "plan-appraisals", plan_body())
    tell_a_quarter(world.kpis)
    world.follow()
    yield noon(LAST) - timedelta(hours=3)
    ask_for_less(world, noon(LAST) - timedelta(hours=1))
    yield noon(LAST)
    review(world)
    yield noon(date(2026, 10, 8))
    for number, step in enumerate((add, take_back, seal, put_right, decide, rearrange), 9):
        world.on(date(2026, 10, number))
        step(world)
        world.follow()
        yield noon(date(2026, 10, number))


def noon(day: date) -> datetime:
    """Noon in UTC."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def ask_for_less(world: World, instant: datetime) -> None:
    """On the last day the terms are revised, and agreed in time."""
    revised = k.CommitmentRevised(
        kpi_id=REVENUE,
        subject=k.Subject(kind="person", id=LI),
        period=k.NamedPeriod(code="2026-Q3", first=FIRST, last=LAST),
        terms_number=2,
        terms=k.Terms(threshold=1, target=2, stretch=3),
        effective_from=FIRST,
        reason="A new district",
        category="resources",
    )
    world.kpis.tell(COMMITMENT, revised, at=instant)
    world.kpis.tell(COMMITMENT, k.CommitmentAgreed(terms_number=2))


def add(world: World) -> None:
    """A second appraisal, and a bonus in the first."""
    world.done(ZHAO, "plan-appraisals", plan_body(appraisal_id=str(OTHER), subject=str(WANG)))
    given = {**ONE, "entry_id": str(BONUS), "points": "2", "reason": "Helped out"}
    world.done(ZHOU, "give-bonus", given)


def take_back(world: World) -> None:
    """The bonus is withdrawn."""
    taken = {**ONE, "entry_id": str(BONUS), "reason": "By mistake"}
    world.done(ZHOU, "withdraw-entry", taken)


def seal(world: World) -> None:
    """The first result is sealed."""
    world.done(ZHOU, "seal-appraisals", {"items": [str(APPRAISAL)]})


def put_right(world: World) -> None:
    """A figure under it is corrected, and that is noted."""
    correct(world.kpis, "revenue", FIRST, 1, datetime(2026, 10, 12, 1, tzinfo=UTC))
    world.follow()
    assert world.react() == 1


def decide(world: World) -> None:
    """The change is accepted: the appraisal is open again."""
    (change,) = world.read(ZHAO, f"/appraisals/{APPRAISAL}")["changes"]
    accepted = {**ONE, "change_id": change["change"], "reason": "It was wrong"}
    world.done(ZHAO, "accept-change", accepted)


def rearrange(world: World) -> None:
    """The KPI has another name, the commitment other terms, the calendar other days."""
    world.kpis.now = world.people.now = datetime(2026, 10, 14, 1, tzinfo=UTC)
    told = next(one.data for one in world.kpis.records if one.stream == REVENUE)
    assert isinstance(told, k.KpiDefined)
    said = {**told.model_dump(), "name_en": "Income", "over_time": "mean", "definition": 2}
    later = {"reason": "clearer", "effective_from": FIRST}
    world.kpis.tell(REVENUE, k.KpiRedefined.model_validate({**said, **later}))
    closed = {"first": date(2026, 8, 3), "last": date(2026, 8, 7), "reason": "Renovation"}
    world.kpis.tell(COMMITMENT, k.CommitmentSuspended(**closed))
    days = tuple(o.CalendarDay(day=FIRST + timedelta(days=n), kind="day_off") for n in range(9))
    world.people.tell(id_of("calendar"), o.DaysMarked(days=days))
    world.people.tell(id_of("calendar"), o.PeriodsDefined(periods=(JULY,)))
    world.follow()
    shorter = {"period": JULY.code, "last": str(JULY.last), "reason": "Leaves in August"}
    about = {"appraisal_id": str(OTHER), "subject": str(WANG)}
    world.done(ZHAO, "plan-appraisals", plan_body(**about, **shorter))
    scheme = {
        "scheme_id": str(SCHEME),
        "code": "SALES-2026",
        "template": "sales",
        "from_day": "2026-10-01",
        "kpis": [{"code": code, "kpi": str(kpi)} for code, kpi in KPIS.items()],
    }
    world.done(ZHAO, "draft-scheme-from-template", scheme)


def replay(world: World, instant: datetime) -> None:
    """Make all tables anew, as the feeds had them at an instant."""
    own = world.service.source(appraisals.FAMILY)
    pool = world.service.pool
    for family, source in (
        (appraisals.FAMILY, own),
        (kpis.FAMILY, world.kpis),
        (organisation.FAMILY, world.people),
    ):
        with pool.connection() as connection:
            name = sql.Identifier(family.name)
            connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(name))
            families.create(connection, family)
        Follower(pool, family, UntilThen(source, instant)).catch_up()


def shown(world: World, number: int, **asked: object) -> Any:
    """What HR is shown for the quarter, without the instants it was asked and complete at."""
    path, more = PATHS[number]
    answer = world.get(ZHAO, path, on=LAST, **more, **asked)
    told = answer.json()
    if isinstance(told, dict):
        told = {name: v for name, v in told.items() if name not in ("as_of", "complete_through")}
    return answer.status_code, told


def test_each_condition_on_the_instant_is_needed(
    databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    with appraisal_world(databases("appraisal")) as world:
        instants, replayed = list(live(world)), {}
        for instant in reversed(instants):
            replay(world, instant)
            world.rehearsal.show(instant)
            replayed[instant] = [shown(world, number) for number in range(len(PATHS))]
        replay(world, instants[-1])
        world.rehearsal.show(instants[-1] + timedelta(hours=1))

        def ask(number: int, instant: datetime) -> Any:
            return shown(world, number, as_of=instant.isoformat())

        forgetting = Forgetting(Pages(ask, replayed))
        forgetting.listen(monkeypatch, Reading, "rows")
        forgetting.listen(monkeypatch, SqlKpis, "_rows")
        forgetting.listens_while_as_of_is_replay()
        assert forgetting.never_heard("services/appraisal/api") == []
        assert forgetting.needless() == NEEDLESS
