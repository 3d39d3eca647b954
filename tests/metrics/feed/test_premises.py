"""What metrics knows of people and key results before it decides."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from services.metrics.domain.subjects import Subject, Voice
from services.metrics.feed.premises import FollowedPremises
from shared.contracts import objective_revisions as revised
from shared.contracts import objectives as goals
from shared.contracts import organisation as org
from shared.contracts.objective_terms import (
    BooleanMeasure,
    Holder,
    KeyResultTerms,
    KpiBinding,
    Milestone,
    MilestoneMeasure,
    ObjectiveTerms,
    RubricLevel,
    RubricMeasure,
)
from shared.contracts.records import Contract
from shared.kernel.actors import person, service
from tests.support.goals_tables import Told
from tests.support.metrics_tables import metrics_tables

BEGAN, TODAY = datetime(2026, 7, 1, 1, tzinfo=UTC), date(2026, 8, 14)
CEO, LEAD, CHEN, WU, HR, EAST_HR, CHAMPION, OLD, SWITCHED_OFF = (UUID(int=n) for n in range(1, 10))
COMPANY, SALES, EAST, NORTH = (UUID(int=n) for n in range(20, 24))
OBJECTIVE, CUSTOMERS, PORTAL, NEXT = (UUID(int=n) for n in range(30, 34))
PERSON = Subject(kind="person", id=CHEN)


class Telling:
    """Feeds of neighbours, a minute between records."""

    def __init__(self) -> None:
        self.organisation, self.objectives = Told(org.FEED), Told(goals.FEED)
        self._at = BEGAN

    def of(self, feed: Told, stream: UUID, *records: Contract) -> None:
        for record in records:
            self._at += timedelta(minutes=1)
            feed.say(stream, record, self._at)

    def unit(self, stream: UUID, parent: UUID | None, head: UUID | None = None) -> None:
        founded = org.UnitFounded(
            code=str(stream),
            kind="team",
            parent_id=parent,
            counts_as_department=False,
            effective_from=date(2026, 1, 1),
        )
        self.of(self.organisation, stream, founded)
        if head:
            self.of(self.organisation, stream, lead(head))


def lead(who: UUID, day: date = date(2026, 1, 1)) -> org.HeadAppointed:
    return org.HeadAppointed(person_id=who, effective_from=day)


def manager(who: UUID, day: date = date(2026, 1, 1)) -> org.ManagerAssigned:
    return org.ManagerAssigned(kind="line", manager_id=who, effective_from=day)


def post(unit: UUID) -> org.PostAssigned:
    return org.PostAssigned(
        unit_id=unit, title="sales", share=10_000, effective_from=date(2026, 1, 1)
    )


def role(name: str, unit: UUID | None = None, expires: date | None = None) -> org.RoleGranted:
    return org.RoleGranted(
        role=name, unit_id=unit, effective_from=date(2026, 1, 1), expires_on=expires
    )


def employed() -> org.PersonEmployed:
    return org.PersonEmployed(employed_from=date(2026, 1, 1))


def terms(one: UUID, measure: object, responsible: UUID = CHEN) -> KeyResultTerms:
    return KeyResultTerms(
        key_result_id=one,
        number=1,
        title="A key result",
        responsible_id=responsible,
        start=date(2026, 7, 1),
        deadline=date(2026, 9, 30),
        weight=5_000,
        measure=measure,
    )


def published(*key_results: KeyResultTerms) -> goals.ObjectivePublished:
    return goals.ObjectivePublished(
        published_on=date(2026, 7, 1),
        late=False,
        terms=ObjectiveTerms(
            cycle_id=uuid4(),
            title="Grow",
            level="person",
            holder=Holder(kind="person", id=CHEN),
            responsible_id=CHEN,
            kind="committed",
        ),
        key_results=key_results,
    )


def revision(**more: object) -> dict[str, object]:
    usual = {
        "revision_id": uuid4(),
        "reason": "why",
        "category": "learned",
        "asked_by": LEAD,
        "effective_from": TODAY,
    }
    return usual | more


@pytest.fixture(scope="module")
def premises(module_databases):
    telling = Telling()
    told = telling.organisation
    telling.unit(COMPANY, None, CEO)
    telling.unit(SALES, COMPANY, OLD)
    telling.of(told, SALES, lead(LEAD), lead(WU, date(2026, 9, 1)))
    telling.unit(EAST, SALES)
    telling.unit(NORTH, SALES, OLD)
    telling.of(told, NORTH, org.HeadVacated(effective_from=date(2026, 8, 1)))
    champion = org.ChampionAppointed(person_id=CHAMPION, effective_from=date(2026, 1, 1))
    telling.of(told, SALES, champion)
    telling.of(told, CHEN, post(EAST), manager(OLD), manager(LEAD), manager(WU, date(2026, 9, 1)))
    functional = org.ManagerAssigned(
        kind="functional", manager_id=WU, effective_from=date(2026, 1, 1)
    )
    left = org.PostEnded(unit_id=EAST, last_day=date(2026, 8, 1))
    telling.of(told, LEAD, post(SALES), manager(CEO), functional, post(EAST), left)
    telling.of(told, WU, role("executive"), org.RoleRevoked(role="executive"))
    telling.of(told, CEO, manager(CEO))
    telling.of(told, HR, employed(), role("hr"))
    telling.of(told, EAST_HR, employed(), role("hr", SALES))
    telling.of(told, SWITCHED_OFF, employed(), role("hr"), org.PersonDeactivated())
    telling.of(told, WU, employed(), role("hr", expires=date(2026, 8, 13)), role("employee"))
    quarter = org.CalendarPeriod(
        code="FQ2", kind="quarter", first=date(2026, 7, 1), last=date(2026, 9, 30)
    )
    day = org.CalendarDay(day=date(2026, 9, 20), kind="make_up")
    telling.of(told, uuid4(), org.PeriodsDefined(periods=(quarter,)), org.DaysMarked(days=(day,)))
    steps = MilestoneMeasure(milestones=(Milestone(name="live", due=TODAY),))
    telling.of(
        telling.objectives,
        OBJECTIVE,
        published(terms(CUSTOMERS, BooleanMeasure()), terms(PORTAL, steps)),
    )
    with metrics_tables(module_databases) as tables:
        tables.feed([told, telling.objectives])
        assert tables.parked() == []
        yield FollowedPremises(tables.pool), tables, telling


def voice(premises, actor, subject=PERSON):
    return premises[0].voices(actor, {subject}, TODAY).of[subject.id]


def test_oneself_is_the_subject(premises):
    assert voice(premises, person(CHEN)) == Voice(subject=True)
    assert voice(premises, service("import", CHEN)) == Voice(subject=True, service=True)


def test_the_line_above_is_manager_by_what_holds_today(premises):
    assert voice(premises, person(LEAD)).manager
    assert voice(premises, person(CEO)).manager
    assert not voice(premises, person(OLD)).manager
    assert not voice(premises, person(WU)).manager


def test_of_a_unit_the_head_is_the_subject_and_heads_above_are_managers(premises):
    unit = Subject(kind="unit", id=SALES)
    assert voice(premises, person(LEAD), unit) == Voice(subject=True)
    assert voice(premises, person(CEO), unit) == Voice(manager=True)
    assert voice(premises, person(WU), unit) == Voice()
    below = Subject(kind="unit", id=EAST)
    assert voice(premises, person(LEAD), below) == Voice(manager=True)


def test_a_unit_without_a_head_is_spoken_for_by_heads_above_alone(premises):
    unit = Subject(kind="unit", id=NORTH)
    assert voice(premises, person(OLD), unit) == Voice()
    assert voice(premises, person(LEAD), unit) == Voice(manager=True)
    assert voice(premises, service("insights"), unit) == Voice(service=True)


def test_keepers_keep_where_their_role_reaches_and_until_it_ends(premises):
    assert voice(premises, person(HR)).keeper
    assert voice(premises, person(EAST_HR)).keeper
    assert not voice(premises, person(WU)).keeper
    assert not voice(premises, person(SWITCHED_OFF)).keeper
    elsewhere = Subject(kind="person", id=uuid4())
    assert voice(premises, person(HR), elsewhere).keeper
    assert not voice(premises, person(EAST_HR), elsewhere).keeper
    assert premises[0].voices(person(HR), (), TODAY).at_large.keeper
    assert not premises[0].voices(person(EAST_HR), (), TODAY).at_large.keeper


def test_an_actor_without_a_persons_id_stands_nowhere(premises):
    assert voice(premises, service("import")) == Voice(service=True)
    assert voice(premises, person("somebody")) == Voice()


def test_managers_and_champions_speak_for_a_key_result(premises):
    known = premises[0].key_results([CUSTOMERS, uuid4()], TODAY)
    assert set(known) == {CUSTOMERS}
    assert known[CUSTOMERS].responsible == CHEN
    assert known[CUSTOMERS].speakers == {LEAD, CEO, CHAMPION}
    assert (known[CUSTOMERS].form, known[CUSTOMERS].open) == ("boolean", True)


def test_the_calendar_is_the_tenants(premises):
    calendar = premises[0].calendar()
    assert calendar.around("quarter", TODAY).code == "FQ2"
    assert calendar.days == ((date(2026, 9, 20), "make_up"),)


def test_positions_say_how_much_is_known(premises):
    positions = premises[0].positions()
    assert set(positions) == {"objectives", "organisation"}
    assert positions["objectives"] >= 1


def test_revisions_change_what_is_known_of_a_key_result(premises):
    known, tables, telling = premises
    steps = MilestoneMeasure(milestones=(Milestone(name="two", due=TODAY),))
    rubric = RubricMeasure(levels=(RubricLevel(name="poor", value=Decimal(0)),))
    telling.of(
        telling.objectives,
        OBJECTIVE,
        revised.MilestonesRevised(
            **revision(key_result_id=PORTAL, milestones=(Milestone(name="soon", due=TODAY),))
        ),
        revised.KeyResultResponsibleRevised(**revision(key_result_id=CUSTOMERS, responsible_id=WU)),
        revised.KeyResultReplaced(
            **revision(key_result_id=CUSTOMERS, successor=terms(NEXT, steps))
        ),
        revised.MeasureReplaced(**revision(key_result_id=NEXT, measure=BooleanMeasure(), unit="")),
        revised.RubricRevised(
            **revision(key_result_id=NEXT, levels=(RubricLevel(name="good", value=Decimal(1)),))
        ),
        revised.MeasuringKpiRevised(
            **revision(
                key_result_id=NEXT,
                kpi=KpiBinding(kpi_id=uuid4(), definition_version=1, subject_id=CHEN),
            )
        ),
        revised.KeyResultAdded(**revision(terms=terms(OLD, rubric))),
        revised.KeyResultDropped(**revision(key_result_id=OLD)),
    )
    tables.feed([telling.organisation, telling.objectives])
    found = known.key_results([PORTAL, CUSTOMERS, NEXT, OLD], TODAY)
    assert found[PORTAL].options == ("soon",)
    assert (found[CUSTOMERS].responsible, found[CUSTOMERS].open) == (WU, False)
    assert (found[NEXT].form, found[NEXT].options) == ("boolean", ("good",))
    assert (found[NEXT].open, found[NEXT].follows_kpi) == (True, True)
    assert (found[OLD].open, found[OLD].options) == (False, ("poor",))


def test_a_closed_objective_closes_all_its_key_results(premises):
    known, tables, telling = premises
    closed = goals.ObjectivePostponed(
        reason="why", category="other", on=TODAY, after_mid_cycle_review=False
    )
    telling.of(telling.objectives, OBJECTIVE, closed)
    tables.feed([telling.organisation, telling.objectives])
    assert not any(one.open for one in known.key_results([PORTAL, NEXT], TODAY).values())
