"""Baselines and commitments over HTTP: set, offered, agreed, revised, disputed, suspended."""

from datetime import timedelta
from uuid import uuid4

import pytest

from services.metrics.domain.calendar import natural_period
from shared.kernel.actors import person, service
from tests.support.house import running
from tests.support.metrics_world import CHEN, HU, LI, REVENUE, SALES, WIN_RATE, WU, a_world


@pytest.fixture(scope="module")
def world(module_databases):
    with running(module_databases, "directory", "goals", "metrics") as house:
        yield a_world(house)


@pytest.fixture
def li(world):
    with world.speaking(person(LI)) as me:
        yield me


@pytest.fixture
def chen(world):
    with world.speaking(person(CHEN)) as me:
        yield me


@pytest.fixture
def period(world):
    return natural_period("quarter", world.today)


TERMS = {"threshold": "320", "target": "400", "stretch": "480"}


def on(period, kpi=REVENUE, subject=CHEN, kind="person", **more):
    return {
        "kpi_id": str(kpi),
        "subject": {"kind": kind, "id": str(subject)},
        "period": period.code,
        **more,
    }


def refused(answer, status, code, field=None):
    told = answer.json()
    assert (answer.status_code, told["code"]) == (status, code), told
    if field is not None:
        assert told["field"] == field


def commitment(me, period, subject=CHEN, **asked):
    (found,) = me.read("/commitments", subject=str(subject), period=period.code, **asked)["items"]
    return found


def test_from_baseline_to_agreement_and_revision(world, li, chen, period):
    set_to = {"value": "300", "taken_from": "2026-Q2", "method": "sum of invoices"}
    li.done("set-baselines", {"baselines": [on(period, **set_to)]})
    li.done("offer-commitments", {"offers": [on(period, terms=TERMS)]})
    assert commitment(li, period)["status"] == "offered"
    chen.done("agree-to-commitments", {"commitments": [on(period)]})
    first = commitment(chen, period)
    assert (first["status"], first["baseline"]["value"]) == ("agreed", "300")
    revision = on(
        period,
        terms={**TERMS, "target": "360"},
        reason="a large customer left",
        category="external_change",
        effective_from=str(world.today),
    )
    li.done("revise-commitments", {"revisions": [revision]})
    card = li.read(f"/kpis/{REVENUE}", subject=str(CHEN), period=period.code)
    assert (card["target"], card["commitment"]["status"]) == ("400", "offered")
    chen.done("agree-to-commitments", {"commitments": [on(period)]})
    card = chen.read(f"/kpis/{REVENUE}", subject=str(CHEN), period=period.code)
    assert (card["target"], card["original_target"]) == ("360", "400")
    assert [one["number"] for one in card["commitment"]["terms"]] == [1, 2]
    assert card["commitment"]["terms"][1]["actor"] == str(LI)
    agreed_at = card["commitment"]["agreed_on"]
    world.complete_through(chen, agreed_at)
    then = {"subject": str(CHEN), "period": period.code, "as_of": first["agreed_on"]}
    assert chen.read(f"/kpis/{REVENUE}", **then)["target"] == "400"


def test_a_baseline_is_corrected_and_the_first_one_stays(li, period):
    subject = uuid4()
    about = on(period, subject=subject)
    set_to = {"value": "300", "taken_from": "2026-Q2", "method": "sum of invoices"}
    with_hr = li
    refused(with_hr.ask("set-baselines", {"baselines": [about | set_to]}), 403, "NotYourFigures")


def test_hr_sets_corrects_and_renews_a_baseline(world, period):
    subject = uuid4()
    about = on(period, subject=subject)
    set_to = {"value": "300", "taken_from": "2026-Q2", "method": "sum of invoices"}
    with world.speaking(person(HU)) as hu:
        hu.done("set-baselines", {"baselines": [about | set_to]})
        hu.done("set-baselines", {"baselines": [about | set_to]})
        other = {"baselines": [about | set_to | {"value": "1"}]}
        refused(hu.ask("set-baselines", other), 422, "BaselineStands", "baselines[0].value")
        fix = about | {"value": "310", "reason": "returns"}
        hu.done("correct-baselines", {"corrections": [fix]})
        found = commitment(hu, period, subject)
        assert (found["baseline"]["value"], found["baseline"]["taken_from"]) == ("310", "2026-Q2")
        assert found["baseline_original"]["value"] == "300"
        anew = about | set_to | {"value": "420", "taken_from": "2026-Q1", "reason": "merger"}
        hu.done("rebaseline", {"baselines": [anew]})
        assert commitment(hu, period, subject)["baseline"]["taken_from"] == "2026-Q1"


def test_no_one_sets_their_own_target(world, chen, li, period):
    offer = {"offers": [on(period, subject=CHEN, kpi=REVENUE, terms=TERMS)]}
    refused(chen.ask("offer-commitments", offer), 403, "OwnFigures", "offers[0]")
    unit = {"offers": [on(period, subject=SALES, kind="unit", terms=TERMS)]}
    refused(li.ask("offer-commitments", unit), 403, "OwnFigures")
    with world.speaking(service("import", CHEN)) as me:
        refused(me.ask("offer-commitments", offer), 403, "OwnFigures")


def test_many_subjects_in_one_command_or_none_of_them(world, period):
    people = [uuid4() for _ in range(12)]
    offers = [on(period, subject=one, terms=TERMS) for one in people]
    with world.speaking() as me:
        wrong = [*offers[:3], on(period, subject=people[3], terms={"low": "1"})]
        answer = me.ask("offer-commitments", {"offers": wrong})
        refused(answer, 422, "TermsDoNotFit", "offers[3].terms")
        assert me.read("/commitments", subject=str(people[0]))["items"] == []
        assert len(me.done("offer-commitments", {"offers": offers})["streams"]) == 12


def test_a_dispute_says_why_and_can_end_in_agreement(world, period):
    with world.speaking(person(WU)) as wu, world.speaking(person(LI)) as li:
        li.done("offer-commitments", {"offers": [on(period, subject=WU, terms=TERMS)]})
        dispute = on(period, subject=WU, reason="too high")
        wu.done("dispute-commitments", {"disputes": [dispute]})
        assert commitment(wu, period, WU)["disputed_for"] == "too high"
        found = wu.read("/commitments", subject=str(WU), state="disputed")["items"]
        assert len(found) == 1
        refused(
            li.ask("agree-to-commitments", {"commitments": [on(period, subject=WU)]}),
            403,
            "NotTheSubject",
        )
        wu.done("agree-to-commitments", {"commitments": [on(period, subject=WU)]})
        assert commitment(wu, period, WU)["status"] == "agreed"


def test_what_was_not_offered_is_neither_agreed_nor_revised(chen, li, period):
    about = on(period, kpi=WIN_RATE)
    refused(chen.ask("agree-to-commitments", {"commitments": [about]}), 422, "NothingOffered")


def test_an_unknown_period_and_a_day_outside_are_refused(li, period):
    offer = on(period, terms=TERMS) | {"period": "FY99"}
    answer = li.ask("offer-commitments", {"offers": [offer]})
    refused(answer, 422, "PeriodIsUnknown", "offers[0].period")
    revision = on(
        period,
        terms=TERMS | {"target": "390"},
        reason="why",
        category="learned",
        effective_from=str(period.last + timedelta(days=1)),
    )
    answer = li.ask("revise-commitments", {"revisions": [revision]})
    refused(answer, 422, "DayOutsidePeriod", "revisions[0].effective_from")


def test_suspended_days_are_not_due(world, period):
    subject = uuid4()
    about = on(period, subject=subject)
    days = {"first": str(period.first), "last": str(period.last), "reason": "renovation"}
    with world.speaking(person(HU)) as hu:
        hu.done("offer-commitments", {"offers": [about | {"terms": TERMS}]})
        backwards = days | {"first": days["last"], "last": days["first"]}
        answer = hu.ask("suspend-commitments", {"suspensions": [about | backwards]})
        refused(answer, 422, "NotWellFormed", "suspensions[0]")
        hu.done("suspend-commitments", {"suspensions": [about | days]})
        card = hu.read(f"/kpis/{REVENUE}", subject=str(subject), period=period.code)
        assert card["coverage"] is None
        assert len(card["commitment"]["suspended"]) == period.days


def test_the_story_of_a_promise_is_told(chen, period):
    path = f"/kpis/{REVENUE}/story"
    said = chen.read(path, subject=str(CHEN), figures="false")["items"]
    sentences = [one["sentence"] for one in said]
    assert sentences[0] == "{actor} defined the KPI REVENUE."
    assert f"{{actor}} offered a target of 400 for {period.code}." in sentences
    assert "{actor} agreed to terms no. 2." in sentences
