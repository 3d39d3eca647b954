"""Figures of KPIs over HTTP: recorded by the thousand, corrected, withdrawn, sealed."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import httpx2
import pytest

from shared.kernel.actors import person, service
from shared.kernel.ids import id_of
from tests.support.house import running
from tests.support.metrics_world import (
    CASES,
    CHEN,
    IMPORT,
    LI,
    OWNER,
    REVENUE,
    SALES,
    WIN_RATE,
    WU,
    a_world,
)

MAY = date(2026, 5, 4)


@pytest.fixture(scope="module")
def world(module_databases):
    with running(module_databases, "directory", "goals", "metrics") as house:
        yield a_world(house)


@pytest.fixture
def erp(world):
    with world.speaking(IMPORT) as me:
        yield me


@pytest.fixture
def owner(world):
    with world.speaking(person(OWNER)) as me:
        yield me


def figure(value="100", day=MAY, kpi=REVENUE, subject=CHEN, kind="person", **more):
    usual = {"origin": "imported", "source": "erp"}
    return {
        "kpi_id": str(kpi),
        "subject": {"kind": kind, "id": str(subject)},
        "value": value,
        "observed_on": str(day),
        **usual,
        **more,
    }


def record(*figures):
    return {"measurements": list(figures)}


def refused(answer, status, code, field=None):
    told = answer.json()
    assert (answer.status_code, told["code"]) == (status, code), told
    if field is not None:
        assert told["field"] == field
    return told


def card(me, kpi=REVENUE, subject=CHEN, period="2026-Q2", **asked):
    return me.read(f"/kpis/{kpi}", subject=str(subject), period=period, **asked)


def actual(me, **asked):
    return card(me, **asked)["actual"]


def test_figures_are_recorded_and_added_up(erp):
    subject = uuid4()
    days = [MAY + timedelta(days=n) for n in range(3)]
    told = erp.done(
        "record-measurements", record(*(figure("1.5", day, subject=subject) for day in days))
    )
    assert (told["recorded"], len(told["streams"])) == (3, 1)
    assert actual(erp, subject=subject) == "4.5"


def test_the_ledger_is_one_stream_for_each_fiscal_year(erp):
    subject = uuid4()
    told = erp.done(
        "record-measurements",
        record(figure(day=date(2025, 12, 31), subject=subject), figure(subject=subject)),
    )
    expected = {str(id_of("kpi_ledger", REVENUE, subject, year)) for year in ("2025", "2026")}
    assert {one["id"] for one in told["streams"]} == expected


def test_an_import_repeated_under_another_key_records_nothing(erp):
    subject = uuid4()
    body = record(*(figure(str(n), subject=subject, external_id=f"I-{n}") for n in range(20)))
    assert erp.done("record-measurements", body)["recorded"] == 20
    assert erp.done("record-measurements", body)["recorded"] == 0


def test_a_duplicated_external_id_with_other_content_stops_the_whole_list(erp):
    subject = uuid4()
    erp.done("record-measurements", record(figure(subject=subject, external_id="INV-1")))
    body = record(
        figure("5", MAY + timedelta(days=1), subject=subject),
        figure("7", subject=subject, external_id="INV-1"),
    )
    answer = erp.ask("record-measurements", body)
    refused(answer, 422, "EntrySaysOtherwise", "measurements[1].external_id")
    assert actual(erp, subject=subject) == "100"


def test_marked_a_correction_it_replaces(erp):
    subject = uuid4()
    erp.done("record-measurements", record(figure(subject=subject, external_id="INV-1")))
    fix = figure("70", subject=subject, external_id="INV-1", correction=True, reason="refund")
    erp.done("record-measurements", record(fix))
    told = card(erp, subject=subject)
    assert told["actual"] == "70"
    (entry,) = told["entries"]
    assert [(c["from"], c["value"], c["reason"]) for c in entry["corrections"]] == [
        ("100", "70", "refund")
    ]


@pytest.mark.parametrize(
    ("more", "status", "code", "field"),
    [
        ({"value": "many"}, 422, "NotWellFormed", "value"),
        ({"value": "1e400"}, 422, "NotWellFormed", "value"),
        ({"kpi": UUID(int=9)}, 404, "KpiIsUnknown", ""),
        ({"day": "2099-01-01"}, 422, "DayLiesAhead", "observed_on"),
        ({"kpi": WIN_RATE}, 422, "KpiIsComputed", "kpi_id"),
        ({"source": "insights"}, 422, "SourceCarriesGoals", "source"),
        ({"period": "2026-Q2"}, 422, "PeriodDoesNotFit", "period"),
        ({"period": "someday"}, 422, "PeriodIsUnknown", "period"),
        ({"period": "2026-05-05"}, 422, "DayOutsidePeriod", "observed_on"),
        ({"evidence": {"link": "javascript:x"}}, 422, "NotWellFormed", "evidence.link"),
        ({"note": "a\x00b"}, 422, "NotWellFormed", "note"),
        ({"source": "a\x00b"}, 422, "NotWellFormed", "source"),
        ({"day": "9999-12-31"}, 422, "NotWellFormed", "observed_on"),
        ({"day": "0001-01-01"}, 422, "NotWellFormed", "observed_on"),
    ],
)
def test_wrong_input_names_its_field(erp, more, status, code, field):
    answer = erp.ask("record-measurements", record(figure(**more)))
    place = f"measurements[0].{field}" if field else "measurements[0]"
    refused(answer, status, code, place)


def test_no_one_types_their_own_figures(world):
    with world.speaking(person(CHEN)) as me:
        answer = me.ask("record-measurements", record(figure(origin="typed")))
        refused(answer, 403, "OwnFigures", "measurements[0]")
    with world.speaking(service("import", CHEN)) as me:
        refused(me.ask("record-measurements", record(figure())), 403, "OwnFigures")
    with world.speaking(person(LI)) as me:
        unit = figure(origin="typed", subject=SALES, kind="unit")
        refused(me.ask("record-measurements", record(unit)), 403, "OwnFigures")


def test_no_service_that_knows_scores_feeds_kpis(world):
    url = f"{world.house.url('metrics')}/commands/record-measurements"
    token = world.house.keys.minter("goals").mint_own("goals", "metrics")
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid4())}
    answer = httpx2.post(url, json=record(figure()), headers=headers, trust_env=False)
    refused(answer, 403, "IdentityRefused")


def test_a_manager_and_the_owner_type_for_others_and_a_colleague_does_not(world):
    typed = figure(origin="typed", source="manual", day=date(2026, 4, 1))
    for who in (LI, OWNER):
        with world.speaking(person(who)) as me:
            me.done("record-measurements", record(typed))
    with world.speaking(person(WU)) as me:
        refused(me.ask("record-measurements", record(typed)), 403, "NotYourFigures")


def test_a_person_cannot_pass_as_a_system(owner):
    answer = owner.ask("record-measurements", record(figure(origin="system")))
    refused(answer, 422, "OnlySystemsReport", "measurements[0].origin")


def test_the_highest_source_wins(erp):
    subject = uuid4()
    erp.done("record-measurements", record(figure("9", subject=subject)))
    erp.done("record-measurements", record(figure("5", subject=subject, source="manual")))
    assert actual(erp, subject=subject) == "9"


def test_a_correction_may_move_the_day_within_the_year(erp, owner):
    subject = uuid4()
    given = str(uuid4())
    erp.done("record-measurements", record(figure(subject=subject, entry_id=given)))
    fix = {
        "kpi_id": str(REVENUE),
        "subject": {"kind": "person", "id": str(subject)},
        "fiscal_day": str(MAY),
        "entry_id": given,
        "value": "80",
        "reason": "belongs to July",
    }
    moved = {**fix, "observed_on": "2026-07-01", "correction_id": str(uuid4())}
    for _ in range(2):
        owner.done("correct-measurements", {"corrections": [moved]})
    assert (actual(owner, subject=subject), actual(owner, subject=subject, period="2026-Q3")) == (
        None,
        "80",
    )
    away = {**fix, "observed_on": "2025-12-31"}
    answer = owner.ask("correct-measurements", {"corrections": [away]})
    refused(answer, 422, "CorrectionLeavesTheYear", "corrections[0].observed_on")


def test_the_stored_id_of_an_entry_can_be_used_as_well(erp, owner):
    subject = uuid4()
    erp.done("record-measurements", record(figure(subject=subject)))
    (entry,) = card(erp, subject=subject)["entries"]
    withdrawal = {
        "kpi_id": str(REVENUE),
        "subject": {"kind": "person", "id": str(subject)},
        "fiscal_day": str(MAY),
        "entry_id": entry["entry_id"],
        "reason": "wrong person",
    }
    owner.done("withdraw-measurements", {"withdrawals": [withdrawal]})
    told = card(owner, subject=subject)
    assert (told["actual"], told["entries"][0]["withdrawn"]) == (None, True)
    unknown = {**withdrawal, "entry_id": str(uuid4())}
    answer = owner.ask("withdraw-measurements", {"withdrawals": [unknown]})
    refused(answer, 404, "EntryIsUnknown", "withdrawals[0].entry_id")


def test_an_id_given_elsewhere_cannot_take_over_an_entry(erp):
    given, one, other = str(uuid4()), uuid4(), uuid4()
    erp.done("record-measurements", record(figure("1", subject=one, entry_id=given)))
    erp.done("record-measurements", record(figure("2", subject=other, entry_id=given)))
    assert (actual(erp, subject=one), actual(erp, subject=other)) == ("1", "2")


def seal(subject, period="2026-05", kpi=REVENUE):
    return {
        "seals": [
            {
                "kpi_id": str(kpi),
                "subject": {"kind": "person", "id": str(subject)},
                "period": period,
            }
        ]
    }


def test_after_sealing_only_corrections_with_a_reason_come_in(erp, owner):
    subject = uuid4()
    erp.done("record-measurements", record(figure(subject=subject)))
    owner.done("seal-periods", seal(subject))
    late = figure("5", MAY + timedelta(days=1), subject=subject)
    refused(erp.ask("record-measurements", record(late)), 422, "PeriodIsSealed")
    marked = {**late, "correction": True}
    refused(erp.ask("record-measurements", record(marked)), 422, "ReasonIsMissing")
    erp.done("record-measurements", record({**marked, "reason": "found late"}))
    told = card(erp, subject=subject, period="2026-05")
    assert (told["actual"], told["sealed"]) == ("105", True)
    assert told["entries"][1]["after_sealing"]


def test_no_one_seals_their_own_figures_nor_a_running_period(world, owner):
    with world.speaking(person(CHEN)) as me:
        refused(me.ask("seal-periods", seal(CHEN)), 403, "OwnFigures", "seals[0]")
    running_month = world.today.strftime("%Y-%m")
    refused(owner.ask("seal-periods", seal(CHEN, running_month)), 422, "PeriodIsNotOver")


def test_five_thousand_figures_are_one_append(erp, world):
    people = [uuid4() for _ in range(24)]
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(70)]
    body = record(
        *(
            figure("3", day, kpi, who)
            for kpi in (REVENUE, id_of("kpi", "WON"), CASES)
            for who in people
            for day in days
        )
    )
    told = erp.done("record-measurements", body)
    assert (told["recorded"], len(told["streams"])) == (5_040, 72)
    log = world.house.services["metrics"].pool
    with log.connection() as connection:
        instants = connection.execute(
            "SELECT count(DISTINCT request_id), sum(last - first + 1) FROM log.requests"
            " WHERE last - first + 1 > 5000"
        ).fetchone()
    assert instants == (1, 5_040 + 72)
    assert erp.done("record-measurements", body)["recorded"] == 0
