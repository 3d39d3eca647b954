"""Who is who in the directory's own tables on a day."""

from services.directory.projections.organisation import FAMILY
from services.directory.projections.organisation_today import ORGANISATION
from tests.support.followed_organisation import followed, keeps_the_story
from tests.support.postgres import Databases


def test_who_may_act_and_who_manages_whom(databases: Databases) -> None:
    with followed(databases, "directory", FAMILY, ORGANISATION) as tables:
        keeps_the_story(tables)
