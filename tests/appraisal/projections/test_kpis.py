"""What was said about KPIs, as it was known at any instant, and the same after a replay."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.appraisal.api.evidence import SqlKpis
from services.appraisal.domain.appraising import Known
from services.appraisal.projections import appraisals, kpis, organisation
from shared.contracts import kpis as k
from shared.contracts import organisation as o
from shared.contracts.records import Contract
from shared.eventing.verification import verify_tables
from shared.kernel.ids import id_of
from shared.kernel.periods import Period
from tests.support.appraisal_world import (
    APPRAISAL,
    KPIS,
    World,
    appraisal_world,
    correct,
    measure,
    promise,
    put_scheme_in_force,
    review,
    tell_a_quarter,
)
from tests.support.appraisals import FIRST, LI, RULES, SCHEME, ZHAO, ZHOU, plan
from tests.support.postgres import Databases

REVENUE = KPIS["revenue"]
SUBJECT = k.Subject(kind="person", id=LI)


@pytest.fixture
def world(databases: Databases) -> Iterator[World]:
    with appraisal_world(databases("appraisal")) as made:
        yield made


def known(world: World, moment: datetime | str = "infinity") -> Known:
    world.follow()
    return SqlKpis(world.service.pool, moment).known([plan()], {(SCHEME, 1): RULES})


def values(world: World, moment: datetime | str = "infinity") -> list[int]:
    entries = known(world, moment).entries.get((REVENUE, LI), ())
    return sorted(int(entry.value) for entry in entries)


def test_a_correction_replaces_what_an_entry_says_from_then_on(world: World) -> None:
    measure(world.kpis, "revenue", FIRST, 10)
    later = datetime(2026, 7, 3, tzinfo=UTC)
    correct(world.kpis, "revenue", FIRST, 1, later)
    assert values(world) == [1]
    assert values(world, later) == [10]
    assert values(world, datetime(2026, 7, 1, tzinfo=UTC)) == []


def test_a_withdrawn_entry_counts_no_longer(world: World) -> None:
    entry = measure(world.kpis, "revenue", FIRST, 10)
    before = world.kpis.now + timedelta(microseconds=1)
    ledger = id_of("ledger", REVENUE, LI)
    gone = k.MeasurementWithdrawn(
        kpi_id=REVENUE, subject=SUBJECT, entry_id=entry, reason="Another's"
    )
    world.kpis.tell(ledger, gone, at=before + timedelta(hours=1))
    assert values(world) == []
    assert values(world, before) == [10]


def test_a_suspension_and_a_revision_belong_to_their_commitment(world: World) -> None:
    stream = promise(world.kpis, "revenue", (1, 2, 3))
    closed = date(2026, 8, 1), date(2026, 8, 10)
    world.kpis.tell(
        stream, k.CommitmentSuspended(first=closed[0], last=closed[1], reason="Renovation")
    )
    revised = k.CommitmentRevised(
        kpi_id=REVENUE,
        subject=SUBJECT,
        period=k.NamedPeriod(code="2026-Q3", first=FIRST, last=date(2026, 9, 30)),
        terms_number=2,
        terms=k.Terms(threshold=1, target=5, stretch=6),
        effective_from=date(2026, 8, 1),
        reason="A new district",
        category="resources",
    )
    world.kpis.tell(stream, revised)
    found = known(world).commitments[REVENUE, LI][0]
    assert found.suspended == (Period(first=closed[0], last=closed[1]),)
    assert [(t.number, t.agreed_at is not None) for t in found.terms] == [(1, True), (2, False)]


def test_a_new_definition_holds_from_its_day(world: World) -> None:
    told = next(one.data for one in world.kpis.records if one.stream == REVENUE)
    assert isinstance(told, k.KpiDefined)
    for version, day in ((2, date(2026, 9, 1)), (3, date(2026, 10, 1))):
        said = {**told.model_dump(), "definition": version, "over_time": "mean"}
        again = k.KpiRedefined.model_validate({**said, "reason": "x", "effective_from": day})
        world.kpis.tell(REVENUE, again)
    assert known(world).kpis[REVENUE].over_time == "mean"


def test_working_days_follow_the_calendar(world: World) -> None:
    working = known(world).working
    assert date(2026, 9, 20) in working
    assert date(2026, 9, 25) not in working


def test_an_ended_role_and_employment_close_the_door(world: World) -> None:
    put_scheme_in_force(world)
    review(world)
    path = f"/appraisals/{APPRAISAL}"
    world.people.tell(ZHAO, o.RoleRevoked(role="hr"))
    world.people.tell(ZHOU, o.EmploymentEnded(last_day=date(2026, 9, 30)))
    world.follow()
    assert world.get(ZHAO, path).status_code == 404
    assert world.get(ZHOU, path).status_code == 403
    assert world.get(LI, path).status_code == 200


def test_every_table_is_the_same_after_a_replay(world: World) -> None:
    put_scheme_in_force(world)
    tell_a_quarter(world.kpis)
    review(world)
    world.on(date(2026, 10, 11))
    world.done(ZHOU, "seal-appraisals", {"items": [str(APPRAISAL)]})
    correct(world.kpis, "revenue", FIRST, 1, datetime(2026, 10, 12, tzinfo=UTC))
    world.follow()
    world.react()
    pool = world.service.pool
    for family, source in (
        (kpis.FAMILY, world.kpis),
        (organisation.FAMILY, world.people),
        (appraisals.FAMILY, world.service.source(appraisals.FAMILY)),
    ):
        found = [one for one in verify_tables(pool, family, source) if one.exceptions]
        assert found == [], family.name


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["measure", "correct", "withdraw"]),
        st.integers(0, 4),
        st.integers(1, 99),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_as_of_says_what_was_known_then(world: World, acts: list[tuple[str, int, int]]) -> None:
    subject = uuid4()
    history = list(_history(world, subject, acts))
    world.follow()
    segment = plan().segments[0].model_copy(update={"kpi_subject": subject})
    asked = plan().model_copy(update={"segments": (segment,)})
    for at, expected in history:
        found = SqlKpis(world.service.pool, at).known([asked], {(SCHEME, 1): RULES})
        entries = found.entries.get((REVENUE, subject), ())
        assert sorted(int(one.value) for one in entries) == expected


def _history(
    world: World, subject: UUID, acts: list[tuple[str, int, int]]
) -> Iterator[tuple[datetime, list[int]]]:
    """Tell what makes sense of these acts; after each, what then counts."""
    about = {"kpi_id": REVENUE, "subject": k.Subject(kind="person", id=subject)}
    standing: dict[UUID, int] = {}
    seen: set[UUID] = set()
    for act, number, value in acts:
        day, entry = FIRST + timedelta(days=number), id_of("entry", subject, number)
        said = {"value": value, "period": day.isoformat(), "observed_on": day}
        fact: Contract
        if act == "measure" and entry not in seen:
            seen.add(entry)
            standing[entry] = value
            fact = k.Measured(**about, **said, entry_id=entry, origin="system", source="crm")
        elif act == "correct" and entry in standing:
            standing[entry] = value
            fact = k.MeasurementCorrected(
                **about, **said, entry_id=entry, correction_id=uuid4(), reason="x"
            )
        elif act == "withdraw" and standing.pop(entry, None) is not None:
            fact = k.MeasurementWithdrawn(**about, entry_id=entry, reason="x")
        else:
            continue
        told = world.kpis.tell(id_of("ledger", REVENUE, subject), fact)
        yield told.recorded_at, sorted(standing.values())
