"""Who sees what is not open to everybody: drafts and private objectives."""

from datetime import date

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
FORMER, OF_SALES, ELSEWHERE, SWITCHED_OFF = (
    id_of("hr", name) for name in ("former", "sales", "elsewhere", "switched off")
)
CHILD = id_of("objective", "child of a private one")
SECRET = id_of("key_result", "secret")


@pytest.fixture(scope="module")
def tables(module_databases):
    feeds = quarter()
    employed = organisation.PersonEmployed(employed_from=FIRST)
    for n, one in enumerate((AUDITOR, FORMER, OF_SALES, ELSEWHERE, SWITCHED_OFF)):
        feeds[0].say(one, employed, at(6, 12 + n))
    granted = organisation.RoleGranted(role="auditor", effective_from=FIRST)
    feeds[0].say(AUDITOR, granted, at(6, 20))
    hr = organisation.RoleGranted(role="hr", effective_from=FIRST)
    elsewhere = id_of("unit", "elsewhere")
    feeds[0].say(FORMER, hr.model_copy(update={"expires_on": date(2026, 9, 1)}), at(6, 21))
    feeds[0].say(OF_SALES, hr.model_copy(update={"unit_id": SALES}), at(6, 22))
    feeds[0].say(ELSEWHERE, hr.model_copy(update={"unit_id": elsewhere}), at(6, 23))
    feeds[0].say(SWITCHED_OFF, hr, at(6, 24))
    feeds[0].say(SWITCHED_OFF, organisation.PersonDeactivated(), at(6, 25))
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
    link = {"objective_id": PRIVATE, "mode": "supports"}
    child = objective("For all to see", responsible_id=LI, alignments=(link,))
    open_child = private.model_copy(update={"terms": child, "key_results": ()})
    feeds[1].say(CHILD, open_child, at(9, 22))
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


def test_a_role_opens_nothing_once_it_has_expired(tables):
    assert seen_by(tables, FORMER) == {GROW}


def test_a_role_opens_nothing_to_whom_cannot_act(tables):
    assert seen_by(tables, SWITCHED_OFF) == {GROW}


def test_a_role_in_a_unit_opens_what_is_held_there(tables):
    assert seen_by(tables, OF_SALES) == {GROW, DRAFT, PRIVATE}
    assert seen_by(tables, ELSEWHERE) == {GROW}


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


def test_the_title_of_a_hidden_parent_is_not_told_on_the_childs_page(tables):
    told = queries.objective(tables.reading(LAST, actor=person(WANG)), CHILD)
    assert [(one["objective_id"], one["title"]) for one in told["alignments"]] == [(PRIVATE, None)]


def test_a_unit_with_its_people_is_found_by_what_held_then(tables):
    shown = queries.objectives(tables.reading(LAST, as_of=at(7, 1, 2)), unit=SALES)["items"]
    assert [one["id"] for one in shown] == [GROW]
