"""What goals keeps of people: who may act, whose manager ended when, who acts for whom."""

from services.goals.projections.organisation import FAMILY
from services.goals.projections.organisation_today import ORGANISATION
from tests.support.followed_organisation import (
    EAST,
    GIVEN,
    LAST,
    LI,
    SINCE,
    WU,
    followed,
    keeps_the_story,
    keeps_who_leads,
)
from tests.support.postgres import Databases

DELEGATIONS = (
    "SELECT delegation_id, giver_id, receiver_id, scope, unit_id, first, last"
    " FROM delegations WHERE upper_inf(during)"
)


def test_who_may_act_who_manages_whom_and_who_acts_for_whom(databases: Databases) -> None:
    with followed(databases, "goals", FAMILY, ORGANISATION) as tables:
        keeps_the_story(tables)
        keeps_who_leads(tables)
        (given,) = tables.rows(DELEGATIONS)
        assert given == (GIVEN, LI, WU, "goals metrics", EAST, SINCE, LAST)
