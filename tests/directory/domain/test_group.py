"""Groups of the identity provider: formed, renamed, joined, left, dissolved."""

from uuid import UUID

from services.directory.domain.group import (
    Dissolved,
    Formed,
    Group,
    MembersJoined,
    MembersLeft,
    Renamed,
)
from tests.support.scenario import scenario

LI, CHEN, WANG = (UUID(int=n) for n in (1, 2, 3))
FORMED = Formed(display_name="Cairn HR", external_id=None)


def test_a_group_is_formed_and_then_renamed():
    scenario(Group).when(lambda g: g.form("Cairn HR", None)).then(FORMED)
    scenario(Group).given(FORMED).when(lambda g: g.form("Cairn HR", None)).then_nothing()
    scenario(Group).given(FORMED).when(lambda g: g.form("People", "g-1")).then(
        Renamed(display_name="People", external_id="g-1")
    )


def test_only_who_joined_or_left_is_recorded():
    joined = MembersJoined(members=(LI, CHEN))
    scenario(Group).given(FORMED).when(lambda g: g.hold([CHEN, LI])).then(joined)
    scenario(Group).given(FORMED, joined).when(lambda g: g.hold([CHEN, WANG])).then(
        MembersJoined(members=(WANG,)), MembersLeft(members=(LI,))
    )
    scenario(Group).given(FORMED, joined).when(lambda g: g.hold([CHEN, LI])).then_nothing()


def test_a_group_that_is_dissolved_has_no_members_left():
    joined = MembersJoined(members=(LI,))
    group = (
        scenario(Group)
        .given(FORMED, joined)
        .when(lambda g: g.dissolve())
        .then(MembersLeft(members=(LI,)), Dissolved())
    )
    assert (group.exists, group.members) == (False, frozenset())
    scenario(Group).given(FORMED, Dissolved()).when(lambda g: g.dissolve()).then_nothing()
