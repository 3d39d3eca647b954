"""What the appraisal service keeps of people: who may act, who manages whom, who acts for whom."""

from services.appraisal.projections.organisation import FAMILY
from services.appraisal.projections.organisation_today import ORGANISATION
from tests.support.followed_organisation import (
    EAST,
    GIVEN,
    LAST,
    LI,
    SINCE,
    WU,
    followed,
    keeps_the_story,
)
from tests.support.postgres import Databases

DELEGATIONS = (
    "SELECT delegation, giver, receiver, scope, unit, first, last"
    " FROM delegations WHERE upper_inf(during)"
)


def test_who_may_act_who_manages_whom_and_who_acts_for_whom(databases: Databases) -> None:
    with followed(databases, "appraisal", FAMILY, ORGANISATION) as tables:
        keeps_the_story(tables)
        (given,) = tables.rows(DELEGATIONS)
        assert given == (GIVEN, LI, WU, "goals metrics", EAST, SINCE, LAST)
