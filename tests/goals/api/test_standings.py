"""Standings that depend on more than the objective: children, the unit's cadence, the policy."""

from datetime import date
from decimal import Decimal

import pytest

from services.goals.api import queries
from services.goals.api.looking import Present
from services.goals.api.proposals import proposals
from shared.contracts import objectives
from shared.contracts.objective_terms import AlignmentLink, Band
from shared.kernel.ids import id_of
from tests.support.goals_quarter import (
    COMPANY,
    CUSTOMERS,
    CYCLE,
    FIRST,
    GROW,
    LAST,
    SALES,
    SUPPORT,
    at,
    checked,
    key_result,
    metric,
    objective,
    quarter,
)
from tests.support.goals_tables import goals_tables

ABOVE, BOTH = id_of("objective", "above"), id_of("objective", "both")
OWN = id_of("key_result", "own")


def published(terms, *own):
    return objectives.ObjectivePublished(
        published_on=FIRST, late=False, terms=terms, key_results=own
    )


@pytest.fixture(scope="module")
def tables(module_databases):
    feeds = quarter()
    said = feeds[1]
    company = {"holder": {"kind": "unit", "id": COMPANY}, "level": "company"}
    said.say(
        ABOVE, published(objective("By children", progress_source="children", **company)), at(9, 3)
    )
    own = key_result(OWN, 1, "Own", metric(0, 10), weight=10_000)
    said.say(
        BOTH, published(objective("By both", progress_source="both", **company), own), at(9, 4)
    )
    for number, parent in enumerate((ABOVE, BOTH)):
        link = AlignmentLink(objective_id=parent, mode="contributes")
        said.say(GROW, objectives.Aligned(link=link), at(9, 5 + number))
    above = AlignmentLink(objective_id=ABOVE, mode="supports")
    said.say(SUPPORT, objectives.Aligned(link=above), at(9, 7))
    monthly = objectives.CadenceChosen(cadence="monthly", unit_id=SALES)
    said.say(CYCLE, monthly, at(9, 8))
    adopted = objectives.PolicyAdopted(
        version=1,
        effective_from=date(2026, 9, 15),
        objective_limits=(),
        key_results_at_least=2,
        key_results_at_most=5,
        status_policy="ratio",
        roll_up_cap=Decimal(1),
        roll_up_mode="equal",
        committed_bands=(),
        aspirational_bands=(Band(name="fine", from_score=Decimal(0)),),
        revisions_need_approval=False,
    )
    said.say(id_of("policy"), adopted, at(9, 10))
    closed = objectives.ObjectiveClosed(closed_on=LAST, score=Decimal("0.55"))
    said.say(SUPPORT, closed, at(9, 30))
    said.say(SUPPORT, objectives.Rescored(score=Decimal("0.65"), reason="recounted"), at(9, 30, 2))
    feeds[2].say(id_of("l"), checked("own", OWN, date(2026, 9, 27), value=10), at(9, 27))
    with goals_tables(module_databases) as made:
        made.feed(feeds)
        assert made.parked() == []
        yield made


def progress(tables, which, on=LAST):
    return queries.objective(tables.reading(on), which)["progress"]


def test_an_objective_may_stand_by_its_children_only(tables):
    assert progress(tables, ABOVE)["vs_current"] == progress(tables, GROW)["vs_current"]


def test_or_by_children_and_key_results_together(tables):
    grow = Decimal(progress(tables, GROW)["vs_current"])
    assert Decimal(progress(tables, BOTH)["vs_current"]) == round((grow + 1) / 2, 6)


def test_before_the_alignment_was_known_there_was_nothing_below(tables):
    told = queries.objective(tables.reading(LAST, as_of=at(9, 4)), ABOVE)
    assert (told["progress"]["vs_current"], told["progress"]["reason"]) == (None, "nothing_below")


def test_a_unit_may_have_a_cadence_of_its_own(tables):
    day = date(2026, 9, 24)
    weekly = queries.key_result(tables.reading(day, as_of=at(9, 7, 23)), CUSTOMERS)
    monthly = queries.key_result(tables.reading(day), CUSTOMERS)
    assert (weekly["stale"], monthly["stale"]) == (True, False)


def test_every_figure_names_the_policy_it_was_made_by(tables):
    before, after = (progress(tables, GROW, date(2026, 9, day)) for day in (14, 15))
    assert (before["policy_version"], after["policy_version"]) == (0, 1)
    assert queries.objective(tables.reading(LAST), BOTH)["status"] == "on_track"


def test_a_closed_objective_shows_its_score_and_band(tables):
    told = queries.objective(tables.reading(LAST), SUPPORT)
    assert (told["score"], told["score_shown"], told["stage"]) == ("0.65", "0.7", "closed")
    assert told["band"] == {"name": "fine", "colour": "neutral"}
    assert told["closing"]["override_reason"] == "recounted"


def test_the_scores_proposed_at_closing_come_with_their_facts(tables):
    proposal = proposals(Present(tables.pool, LAST), [GROW, id_of("nothing")])
    assert list(proposal) == [GROW]
    assert proposal[GROW].policy_version == 1
    customers = next(k for k in proposal[GROW].key_results if k.key_result_id == CUSTOMERS)
    assert (customers.original, customers.current) == (Decimal("0.55"), Decimal("0.6"))
    assert (customers.value, len(customers.fact_ids)) == (660, 5)
