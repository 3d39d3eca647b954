"""Who sees what is not open to everybody: drafts and private objectives."""

import pytest

from services.goals.api import queries, stories
from shared.contracts import objectives, organisation
from shared.kernel.actors import person
from shared.kernel.ids import id_of
from shared.kernel.refusals import NotFound
from tests.support.goals_quarter import (
    CHEN,
    FIRST,
    GROW,
    LAST,
    LI,
    SALES,
    WANG,
    at,
    key_result,
    metric,
    objective,
    quarter,
)
from tests.support.goals_tables import goals_tables

DRAFT, PRIVATE, AUDITOR = id_of("objective", "draft"), id_of("objective", "private"), id_of("aud")
SECRET = id_of("key_result", "secret")


@pytest.fixture(scope="module")
def tables(module_databases):
    feeds = quarter()
    granted = organisation.RoleGranted(role="auditor", effective_from=FIRST)
    feeds[0].say(AUDITOR, granted, at(6, 20))
    feeds[1].say(DRAFT, objectives.Drafted(terms=objective("A draft of Sales")), at(9, 20))
    private = objectives.ObjectivePublished(
        published_on=FIRST,
        late=False,
        terms=objective(
            "Between us",
            visibility="private",
            responsible_id=LI,
            holder={"kind": "person", "id": LI},
        ),
        key_results=(key_result(SECRET, 1, "Secret", metric(0, 1)),),
    )
    feeds[1].say(PRIVATE, private, at(9, 21))
    with goals_tables(module_databases) as made:
        made.feed(feeds)
        yield made


def seen_by(tables, who):
    reading = tables.reading(LAST, actor=person(who))
    shown = {one["id"] for one in queries.objectives(reading)["items"]}
    for hidden in {DRAFT, PRIVATE} - shown:
        for ask in (queries.objective, queries.alignment, stories.objective_story):
            with pytest.raises(NotFound):
                ask(reading, hidden)
    return shown & {DRAFT, PRIVATE, GROW}


def test_the_head_of_the_unit_and_manager_sees_its_draft_and_the_reports_private_one(tables):
    assert seen_by(tables, CHEN) == {GROW, DRAFT, PRIVATE}


def test_the_holder_sees_their_own(tables):
    assert seen_by(tables, LI) == {GROW, PRIVATE}


def test_a_colleague_sees_what_is_public(tables):
    assert seen_by(tables, WANG) == {GROW}


def test_whoever_looks_after_goals_sees_all(tables):
    assert seen_by(tables, AUDITOR) == {GROW, DRAFT, PRIVATE}


def test_services_see_all(tables):
    shown = queries.objectives(tables.reading(LAST))["items"]
    assert {DRAFT, PRIVATE} <= {one["id"] for one in shown}


def test_what_is_hidden_is_neither_listed_as_due_nor_told_one_by_one(tables):
    reading = tables.reading(LAST, actor=person(WANG))
    due = queries.key_results(reading, LI)["items"]
    assert SECRET not in {one["id"] for one in due}
    for ask in (queries.key_result, stories.key_result_story):
        with pytest.raises(NotFound):
            ask(reading, SECRET)
    own = queries.key_results(tables.reading(LAST, actor=person(LI)), LI)["items"]
    assert SECRET in {one["id"] for one in own}


def test_a_unit_with_its_people_is_found_by_what_held_then(tables):
    shown = queries.objectives(tables.reading(LAST, as_of=at(7, 1, 2)), unit=SALES)["items"]
    assert [one["id"] for one in shown] == [GROW]
