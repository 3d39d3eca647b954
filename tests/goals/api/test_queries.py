"""What goals shows of the demo quarter, on real PostgreSQL, as of any instant."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from services.goals.api import queries
from services.goals.api.finding import Sought
from shared.contracts import objective_revisions
from shared.kernel.actors import person
from shared.kernel.refusals import NotFound
from tests.support.goals_quarter import (
    CHEN,
    COMPANY,
    CUSTOMERS,
    CYCLE,
    EAST,
    FIRST,
    GROW,
    LAST,
    LI,
    PORTAL,
    RENEWALS,
    REPLIES,
    REVENUE,
    SALES,
    SUPPORT,
    WANG,
    at,
    grounds,
    quarter,
)
from tests.support.goals_tables import goals_tables

JULY = date(2026, 7, 31)


@pytest.fixture(scope="module")
def tables(module_databases):
    with goals_tables(module_databases) as made:
        made.feed(quarter())
        assert made.parked() == []
        yield made


def of(items, key, name="id"):
    return next(one for one in items if one[name] == key)


def test_a_revised_target_shows_progress_against_both(tables):
    told = queries.key_result(tables.reading(LAST), CUSTOMERS)
    assert told["progress"]["vs_original"] == "0.55"
    assert told["progress"]["vs_current"] == "0.6"
    assert told["progress"]["target_effect"] == "0.05"
    assert (told["target"], told["original_target"], told["actual"]) == ("1100", "1200", "660")


def test_the_chart_has_the_original_and_every_revision_as_a_step(tables):
    steps = queries.key_result(tables.reading(LAST), CUSTOMERS)["series"]["targets"]
    assert [(str(s["from"]), str(s["to"]), s["value"]) for s in steps] == [
        ("2026-07-01", "2026-07-31", "1200"),
        ("2026-08-01", "2026-08-31", "1000"),
        ("2026-09-01", "None", "1100"),
    ]
    assert (steps[0]["revision_id"], steps[0]["reason"]) == (None, None)
    assert steps[1]["reason"] == "two provinces closed"
    assert (steps[1]["actor"], steps[1]["approved_by"]) == (str(LI), str(CHEN))


def test_before_the_first_revision_exactly_what_was_known_then(tables):
    then = queries.key_result(tables.reading(LAST, as_of=at(8, 2, 23)), CUSTOMERS)
    assert [s["value"] for s in then["series"]["targets"]] == ["1200"]
    assert then["target"] == then["original_target"] == "1200"
    assert then["actual"] == "330"
    assert then["progress"]["vs_current"] == then["progress"]["vs_original"] == "0.275"
    assert then["revisions"] == 0


def test_a_correction_is_known_from_its_recording_on(tables):
    before, after = (
        queries.key_result(tables.reading(JULY, as_of=instant), CUSTOMERS)
        for instant in (at(8, 1), at(8, 2))
    )
    assert (before["actual"], after["actual"]) == ("300", "330")
    assert of(after["series"]["actual"], date(2026, 7, 30), "on")["corrected"]


def test_on_an_earlier_day_the_target_of_that_day_is_shown(tables):
    assert queries.key_result(tables.reading(JULY), CUSTOMERS)["target"] == "1200"
    assert queries.key_result(tables.reading(date(2026, 8, 31)), CUSTOMERS)["target"] == "1000"


def test_the_plan_line_runs_to_the_current_target_and_the_original_one_stays(tables):
    series = queries.key_result(tables.reading(LAST), CUSTOMERS)["series"]
    assert [point["value"] for point in series["plan"]] == ["0", "1100"]
    assert [point["value"] for point in series["original_plan"]] == ["0", "1200"]
    assert series["original_target"] == "1200"


def test_a_kpi_measures_its_key_result_from_the_start_on(tables):
    told = queries.key_result(tables.reading(LAST), REVENUE)
    assert (told["actual"], told["progress"]["vs_current"]) == ("3000000", "0.6")
    assert [one["value"] for one in told["series"]["actual"]] == ["1000000", "2000000", "3000000"]
    assert (told["kpi"]["code"], told["observed_on"]) == ("revenue", date(2026, 9, 28))


def test_each_month_of_a_threshold_counts(tables):
    told = queries.key_result(tables.reading(LAST), REPLIES)
    assert (told["progress"]["vs_current"], told["status"]) == ("0.666667", "not_met")


def test_an_objective_is_told_with_its_key_results(tables):
    told = queries.objective(tables.reading(LAST), GROW)
    assert [one["number"] for one in told["key_results"]] == [1, 2, 3, 4]
    parts = [Decimal(part) for part in ("0.6", "0", "0.666667", "0.6")]
    assert Decimal(told["progress"]["vs_current"]) == round(sum(parts) / 4, 6)
    assert told["progress"]["coverage"] == "0.75"
    assert (told["revisions"], told["last_revised_at"]) == (2, at(9, 2))
    assert told["status"] == "at_risk"


def test_a_unit_shows_its_own_objectives_and_its_peoples(tables):
    reading = tables.reading(LAST)
    of_sales = queries.objectives(reading, unit=SALES)
    assert [one["id"] for one in of_sales["items"]] == [GROW, SUPPORT]
    assert of_sales["together"]["progress"] is not None
    assert [one["id"] for one in queries.objectives(reading, unit=COMPANY)["items"]] == [
        GROW,
        SUPPORT,
    ]
    assert [one["id"] for one in queries.objectives(reading, unit=EAST)["items"]] == [SUPPORT]


def test_objectives_are_found_by_holder_responsible_cycle_and_stage(tables):
    reading = tables.reading(LAST)
    assert [o["id"] for o in queries.objectives(reading, holder=SALES)["items"]] == [GROW]
    assert [o["id"] for o in queries.objectives(reading, responsible=LI)["items"]] == [SUPPORT]
    assert len(queries.objectives(reading, cycle=CYCLE)["items"]) == 2
    assert queries.objectives(reading, cycle=uuid4())["items"] == []
    assert queries.objectives(reading, stage=["draft"])["items"] == []


def test_before_publication_there_is_nothing(tables):
    reading = tables.reading(LAST, as_of=at(6, 30))
    assert queries.objectives(reading)["items"] == []
    with pytest.raises(NotFound):
        queries.key_result(reading, CUSTOMERS)


def test_cycles_are_told_with_their_state(tables):
    (now,) = queries.cycles(tables.reading(LAST))["items"]
    (then,) = queries.cycles(tables.reading(LAST, as_of=at(6, 21)))["items"]
    assert (now["code"], now["state"], then["state"]) == ("2026-Q3", "active", "planned")


def test_alignment_shows_parents_and_children(tables):
    grow = queries.alignment(tables.reading(LAST), GROW)
    assert [c["objective"]["id"] for c in grow["children"]] == [SUPPORT]
    assert grow["children"][0]["key_result_id"] == CUSTOMERS
    support = queries.alignment(tables.reading(LAST), SUPPORT)
    assert [p["objective"]["title"] for p in support["parents"]] == ["Grow in the east"]
    assert queries.objective(tables.reading(LAST), SUPPORT)["alignments"][0]["title"] == (
        "Grow in the east"
    )


def test_what_is_due_from_me_comes_in_order_of_need(tables):
    reading = tables.reading(date(2026, 9, 24))
    due = queries.key_results(reading, LI, due=True)["items"]
    assert {one["id"] for one in due[:3]} == {RENEWALS, PORTAL, REPLIES}
    assert [one["stale"] for one in due] == [True, True, True, False]
    assert (due[3]["id"], due[3]["due_on"]) == (CUSTOMERS, date(2026, 9, 30))
    assert REVENUE not in {one["id"] for one in due}
    assert len(queries.key_results(reading, LI)["items"]) == 5
    assert queries.key_results(reading, WANG, due=True)["items"] == []


def test_what_is_not_there_is_not_found(tables):
    for ask in (queries.objective, queries.key_result, queries.alignment):
        with pytest.raises(NotFound):
            ask(tables.reading(LAST), uuid4())


def test_published_objectives_are_open_to_everybody(tables):
    assert queries.objective(tables.reading(LAST, actor=person(WANG)), GROW)["id"] == GROW


def test_the_number_of_queries_does_not_grow_with_what_is_shown(tables, monkeypatch):
    def asked(show):
        reading = tables.reading(LAST)
        counted = []
        plain = type(reading).rows
        with monkeypatch.context() as patch:
            patch.setattr(
                type(reading),
                "rows",
                lambda self, query, params=None: (
                    counted.append(query) or plain(self, query, params)
                ),
            )
            show(reading)
        return len(counted)

    one = asked(lambda reading: queries.objectives(reading, holder=LI))
    two = asked(queries.objectives)
    assert one >= two
    assert asked(lambda reading: queries.objective(reading, GROW)) <= 12


def test_a_revision_that_never_held_is_told_apart(databases):
    feeds = quarter()
    overtaking = objective_revisions.TargetRevised(
        **grounds("back", FIRST, "all of it was wrong", approved_by=CHEN),
        key_result_id=CUSTOMERS,
        target=Decimal("900.00"),
    )
    feeds[1].say(GROW, overtaking, at(9, 25))
    with goals_tables(databases) as tables:
        tables.feed(feeds)
        series = queries.key_result(tables.reading(LAST), CUSTOMERS)["series"]
    assert [step["value"] for step in series["targets"]] == ["1200", "900"]
    assert [step["value"] for step in series["cancelled_targets"]] == ["1000", "1100"]
    assert series["original_target"] == "1200"


def test_nothing_sought_means_everything():
    assert Sought() == Sought(None, None, None, None, ())
