"""The appraisal service on real PostgreSQL, told about people and KPIs by lists of records."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import httpx2
from fastapi.testclient import TestClient
from pydantic import SecretStr

from services.appraisal.domain.templates import SALES_ITEMS
from services.appraisal.projections import appraisals, kpis, organisation
from services.appraisal.wiring import Appraisal, make
from services.host.provisioning import Access
from shared.contracts import kpis as k
from shared.contracts import organisation as o
from shared.contracts.records import Contract
from shared.eventing.feeds import Known, Stretch
from shared.eventing.followers import Follower
from shared.eventing.master_key import draw_master_key
from shared.eventing.rehearsal import Rehearsal
from shared.http.settings import PublicKey, ServiceSettings
from shared.http.tokens import Minter, new_key_pair
from shared.kernel.actors import Actor, person
from shared.kernel.ids import id_of
from tests.support.appraisals import EAST, FIRST, LAST, LI, LIN, SCHEME, ZHAO, ZHOU

COMPANY = id_of("unit", "FARHILL")
SHEN, CHEN, WANG = (id_of("person", name) for name in ("shen", "chen", "wang"))
APPRAISAL = id_of("appraisal", LI, "2026-Q3")
BEGAN = datetime(2026, 6, 25, 1, tzinfo=UTC)
Q3 = k.NamedPeriod(code="2026-Q3", first=FIRST, last=LAST)
KPIS = {line.code: id_of("kpi", line.code) for line in SALES_ITEMS}
OPPORTUNITIES = id_of("kpi", "opportunities")


@dataclass
class Told:
    """A neighbour's feed held in a list; every record has a later instant than the one before."""

    feed: str
    actor: str = "import"
    records: list[Known] = field(default_factory=list)
    now: datetime = BEGAN

    def tell(self, stream: UUID, data: Contract, at: datetime | None = None) -> Known:
        """Add a record."""
        self.now = max(at or self.now, self.now) + timedelta(microseconds=1)
        position = len(self.records) + 1
        version = 1 + sum(known.stream == stream for known in self.records)
        known = Known(
            position,
            position - 1,
            stream,
            version,
            self.now,
            data.record_name,
            self.actor,
            None,
            None,
            data,
        )
        self.records.append(known)
        return known

    def fetch(self, after: int, limit: int, wait_seconds: float) -> Stretch:
        """As a follower fetches."""
        del wait_seconds
        found = [known for known in self.records if known.position > after][:limit]
        return Stretch(found, len(self.records), datetime(2027, 1, 1, tzinfo=UTC))


@dataclass
class World:
    """The service, its two neighbours, and people who speak to it."""

    service: Appraisal
    rehearsal: Rehearsal
    minter: Minter
    client: TestClient
    people: Told = field(default_factory=lambda: Told("organisation"))
    kpis: Told = field(default_factory=lambda: Told("kpis"))

    def follow(self) -> None:
        """Let all tables catch up."""
        own = self.service.source(appraisals.FAMILY)
        for family, source in (
            (appraisals.FAMILY, own),
            (kpis.FAMILY, self.kpis),
            (organisation.FAMILY, self.people),
        ):
            Follower(self.service.pool, family, source).catch_up()

    def react(self) -> int:
        """Let corrections after sealing be noted."""
        noted = self.service.make_reactions().step()
        self.follow()
        return noted

    def on(self, day: date, hour: int = 2) -> None:
        """It is this day now (in UTC hours; Shanghai is eight ahead)."""
        self.rehearsal.show(datetime(day.year, day.month, day.day, hour, tzinfo=UTC))

    def ask(
        self, who: UUID | Actor | None, command: str, body: dict[str, Any], **headers: str
    ) -> httpx2.Response:
        """Send a command as someone; the tables follow before this returns."""
        sent = {"Idempotency-Key": str(uuid4()), **self.headers(who), **headers}
        answer = self.client.post(f"/commands/{command}", json=body, headers=sent)
        self.follow()
        return answer

    def done(self, who: UUID, command: str, body: dict[str, Any]) -> dict[str, Any]:
        """Send a command that must be accepted."""
        answer = self.ask(who, command, body)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def get(self, who: UUID | Actor | None, path: str, **params: Any) -> httpx2.Response:
        """Read as someone."""
        language = params.pop("language", "en")
        headers = {**self.headers(who), "Accept-Language": language}
        return self.client.get(path, params=params, headers=headers)

    def read(self, who: UUID, path: str, **params: Any) -> Any:
        """Read what must be there."""
        answer = self.get(who, path, **params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def headers(self, who: UUID | Actor | None) -> dict[str, str]:
        """A token for someone."""
        if who is None:
            return {}
        actor = who if isinstance(who, Actor) else person(who)
        return {"Authorization": f"Bearer {self.minter.mint(actor, 'appraisal')}"}


@contextmanager
def appraisal_world(access: Access) -> Iterator[World]:
    """The service with Li's company told: Zhou leads Li, Chen leads Zhou, Zhao is HR."""
    pair = new_key_pair()
    settings = ServiceSettings(
        database_url=SecretStr(access.runtime),
        owner_database_url=SecretStr(access.owner),
        keyring={"host": PublicKey(identity="host", public=pair.public, speaks_for_people=True)},
        key_id="host",
        private_key=SecretStr(pair.private),
        master_key=SecretStr(draw_master_key()),
    )
    service = make(settings)
    service.migrate()
    rehearsal = Rehearsal(access.owner)
    rehearsal.show(BEGAN)
    service.open()
    client = TestClient(service.app, raise_server_exceptions=False)
    minter = Minter("host", pair.private, pair.public)
    world = World(service, rehearsal, minter, client)
    try:
        tell_people(world.people)
        tell_kpis(world.kpis)
        world.follow()
        yield world
    finally:
        rehearsal.close()
        service.close()


def tell_people(feed: Told) -> None:
    """Lin leads the company, Zhao is HR, Shen audits; Chen over Zhou over Li and Wang."""
    start = date(2026, 6, 22)
    unit = {"counts_as_department": False, "effective_from": start}
    feed.tell(COMPANY, o.UnitFounded(code="FARHILL", kind="company", **unit))
    feed.tell(EAST, o.UnitFounded(code="EAST", kind="team", parent_id=COMPANY, **unit))
    for one in (LIN, ZHAO, SHEN, CHEN, ZHOU, LI, WANG):
        feed.tell(one, o.PersonEmployed(employed_from=start))
    for one in (LIN, ZHAO, SHEN, CHEN, ZHOU, LI, WANG):
        place = COMPANY if one in (LIN, ZHAO, SHEN) else EAST
        post = o.PostAssigned(unit_id=place, title="post", share=10_000, effective_from=start)
        feed.tell(one, post)
    for one, manager in (
        (ZHAO, LIN),
        (SHEN, LIN),
        (CHEN, LIN),
        (ZHOU, CHEN),
        (LI, ZHOU),
        (WANG, ZHOU),
    ):
        feed.tell(one, o.ManagerAssigned(kind="line", manager_id=manager, effective_from=start))
    for one, role in ((LIN, "executive"), (ZHAO, "hr"), (SHEN, "auditor")):
        feed.tell(one, o.RoleGranted(role=role, effective_from=start))
    quarter = o.CalendarPeriod(code="2026-Q3", kind="quarter", first=FIRST, last=LAST)
    feed.tell(id_of("calendar"), o.PeriodsDefined(periods=(quarter,)))
    days = (
        o.CalendarDay(day=date(2026, 9, 20), kind="make_up"),
        o.CalendarDay(day=date(2026, 9, 25), kind="day_off"),
    )
    feed.tell(id_of("calendar"), o.DaysMarked(days=days))


def tell_kpis(feed: Told) -> None:
    """The five KPIs of the sales template, and opportunities below the win rate."""
    for code in (*KPIS, "opportunities"):
        rate = code == "win_rate"
        quick = code == "first_response"
        over_time = "ratio_of_sums" if rate else "mean" if quick else "sum"
        feed.tell(
            id_of("kpi", code),
            k.KpiDefined(
                code=code.upper(),
                name_zh=code,
                name_en=code,
                unit="CNY",
                direction="lower" if quick else "higher",
                over_time=over_time,
                over_units="sum",
                frequency="day",
                grain="replace",
                owner_id=CHEN,
                sources=("crm", "typed"),
                numerator_id=KPIS["orders_won"] if rate else None,
                denominator_id=OPPORTUNITIES if rate else None,
            ),
        )


def working_days() -> list[date]:
    """The working days of the quarter with its holiday and its make-up day."""
    days = [FIRST + timedelta(days=n) for n in range(92)]
    off, make_up = date(2026, 9, 25), date(2026, 9, 20)
    return [d for d in days if d == make_up or (d.weekday() < 5 and d != off)]


def promise(
    feed: Told,
    code: str,
    numbers: Sequence[object],
    subject: UUID = LI,
    period: k.NamedPeriod = Q3,
) -> UUID:
    """Offer and agree threshold, target and stretch."""
    kpi = id_of("kpi", code)
    commitment = id_of("commitment", kpi, subject, period.code)
    low, target, high = (Decimal(str(n)) for n in numbers)
    feed.tell(
        commitment,
        k.CommitmentOffered(
            kpi_id=kpi,
            definition=1,
            subject=k.Subject(kind="person", id=subject),
            period=period,
            terms_number=1,
            terms=k.Terms(threshold=low, target=target, stretch=high),
            effective_from=period.first,
        ),
    )
    feed.tell(commitment, k.CommitmentAgreed(terms_number=1))
    return commitment


def measure(
    feed: Told,
    code: str,
    day: date,
    value: object,
    subject: UUID = LI,
    origin: str = "system",
) -> UUID:
    """A figure on a day, recorded that evening."""
    kpi = id_of("kpi", code)
    entry = id_of("entry", kpi, subject, day)
    feed.tell(
        id_of("ledger", kpi, subject),
        k.Measured(
            kpi_id=kpi,
            subject=k.Subject(kind="person", id=subject),
            entry_id=entry,
            value=Decimal(str(value)),
            period=day.isoformat(),
            observed_on=day,
            origin=origin,
            source="typed" if origin == "typed" else "crm",
        ),
        at=datetime(day.year, day.month, day.day, 10, tzinfo=UTC),
    )
    return entry


def correct(
    feed: Told, code: str, day: date, value: object, at: datetime, subject: UUID = LI
) -> Known:
    """A figure put right."""
    kpi = id_of("kpi", code)
    return feed.tell(
        id_of("ledger", kpi, subject),
        k.MeasurementCorrected(
            kpi_id=kpi,
            subject=k.Subject(kind="person", id=subject),
            entry_id=id_of("entry", kpi, subject, day),
            correction_id=uuid4(),
            value=Decimal(str(value)),
            period=day.isoformat(),
            observed_on=day,
            reason="One zero too many",
            after_sealing=True,
        ),
        at=at,
    )


PROMISED = {
    "revenue": (52_800, 66_000, 79_200),
    "collections": (52_800, 66_000, 79_200),
    "orders_won": (99, 132, 165),
    "win_rate": ("0.15", "0.2", "0.25"),
    "first_response": (18, 12, 8),
}
A_DAY = {
    "revenue": 1000,
    "collections": 1100,
    "orders_won": 2,
    "opportunities": 10,
    "first_response": 10,
}


def tell_a_quarter(feed: Told, *, subject: UUID = LI, without: Sequence[date] = ()) -> None:
    """Li's quarter: on target, 10 % above in collections, two minutes quicker than promised."""
    for code, numbers in PROMISED.items():
        promise(feed, code, numbers, subject)
    for day in working_days():
        for code, value in A_DAY.items():
            if day not in without:
                measure(feed, code, day, value, subject)


def plan_body(**more: Any) -> dict[str, Any]:
    """Li's third quarter in one segment."""
    item = {
        "appraisal_id": str(APPRAISAL),
        "subject": str(LI),
        "period": "2026-Q3",
        "first": str(FIRST),
        "last": str(LAST),
        "manager": str(ZHOU),
        "segments": [
            {
                "first": str(FIRST),
                "unit": str(EAST),
                "scheme_id": str(SCHEME),
                "scheme_version": 1,
            }
        ],
    }
    return {"items": [{**item, **more}]}


def marks(ability: int, values: int) -> list[dict[str, Any]]:
    """Marks for both judged sections."""
    return [{"section": "ability", "points": ability}, {"section": "values", "points": values}]


def put_scheme_in_force(world: World) -> None:
    """The sales scheme, signed by HR and the chief executive."""
    world.done(
        ZHAO,
        "draft-scheme-from-template",
        {
            "scheme_id": str(SCHEME),
            "code": "SALES-2026",
            "template": "sales",
            "from_day": str(FIRST),
            "kpis": [{"code": code, "kpi": str(kpi)} for code, kpi in KPIS.items()],
        },
    )
    for signer in (ZHAO, LIN):
        world.done(signer, "sign-scheme", {"scheme_id": str(SCHEME), "version": 1})


def review(world: World) -> None:
    """Plan, open, both reviews, in October."""
    world.on(date(2026, 10, 8))
    world.done(ZHAO, "plan-appraisals", plan_body())
    world.done(ZHAO, "open-self-reviews", {"items": [str(APPRAISAL)]})
    one = {"appraisal_id": str(APPRAISAL)}
    world.done(LI, "give-self-review", {**one, "marks": marks(90, 95), "text": "A good quarter."})
    world.done(ZHOU, "give-manager-review", {**one, "marks": marks(85, 90), "text": "Agreed."})
