"""People: employed, called, moved between posts, managed, trusted with roles, and gone."""

from datetime import date
from uuid import UUID

from services.directory.domain.errors import (
    AlreadyLeft,
    DelegationBackwards,
    DelegationTaken,
    DelegationToOneself,
    DelegationUnknown,
    NoSuchManager,
    OwnManager,
    OwnSuccessor,
    RoleEndsBeforeItBegins,
)
from services.directory.domain.person import Person
from services.directory.domain.person_life import (
    Deactivated,
    DelegationEnded,
    DelegationGiven,
    Employed,
    EmploymentEnded,
    HandedOver,
    Localised,
    ManagerAssigned,
    ManagerEnded,
    Named,
    PostAssigned,
    PostEnded,
    Reactivated,
    RoleGranted,
    RoleRevoked,
)
from tests.support.scenario import scenario

ME, BOSS, LEAD, EAST, SOUTH = (UUID(int=n) for n in range(1, 6))
FIRST, LATER, THE_DAY_BEFORE = date(2026, 1, 1), date(2026, 8, 3), date(2026, 8, 2)
GIVEN = DelegationGiven(
    delegation_id=UUID(int=9),
    to=BOSS,
    scope=("goals",),
    unit_id=None,
    first=LATER,
    last=date(2026, 8, 16),
)
EMPLOYED = Employed(employed_from=FIRST)


def post(unit, share=10_000, day=FIRST):
    return PostAssigned(unit_id=unit, title="Sales rep", share=share, effective_from=day)


def granted(role, unit=None, until=None, day=FIRST):
    return RoleGranted(role=role, unit_id=unit, effective_from=day, expires_on=until)


def test_a_person_is_employed_once():
    scenario(Person).when(lambda p: p.employ(FIRST)).then(EMPLOYED)
    scenario(Person).given(EMPLOYED).when(lambda p: p.employ(LATER)).then_nothing()


def test_someone_who_left_can_be_employed_again():
    left = EmploymentEnded(last_day=date(2026, 3, 31))
    state = (
        scenario(Person)
        .given(EMPLOYED, left)
        .when(lambda p: p.employ(LATER))
        .then(Employed(employed_from=LATER))
    )
    assert (state.employed_from, state.last_day) == (LATER, None)


def test_saying_again_how_someone_began_who_left_since_does_not_bring_them_back():
    left = EmploymentEnded(last_day=LATER)
    scenario(Person).given(EMPLOYED, left).when(lambda p: p.employ(FIRST)).then_nothing()
    scenario(Person).given(EMPLOYED, left).when(lambda p: p.employ(LATER)).then_nothing()


def test_a_name_and_a_language_are_recorded_when_they_change():
    named, localised = (
        Named(name="陈晓", name_en="Chen Xiao"),
        Localised(locale="en", time_zone="UTC"),
    )
    scenario(Person).when(lambda p: p.call("陈晓", "Chen Xiao")).then(named)
    scenario(Person).given(named).when(lambda p: p.call("陈晓", "Chen Xiao")).then_nothing()
    scenario(Person).when(lambda p: p.localise("en", "UTC")).then(localised)
    scenario(Person).given(localised).when(lambda p: p.localise("en", "UTC")).then_nothing()


def test_exactly_the_posts_that_are_said_are_held():
    state = (
        scenario(Person)
        .given(EMPLOYED, post(EAST))
        .when(lambda p: p.hold_posts([(SOUTH, "Sales rep", 10_000)], LATER))
        .then(PostEnded(unit_id=EAST, last_day=THE_DAY_BEFORE), post(SOUTH, day=LATER))
    )
    assert list(state.posts) == [SOUTH]


def test_holding_the_same_posts_records_nothing():
    scenario(Person).given(post(EAST, 6_000), post(SOUTH, 4_000)).when(
        lambda p: p.hold_posts([(SOUTH, "Sales rep", 4_000), (EAST, "Sales rep", 6_000)], LATER)
    ).then_nothing()


def test_a_post_can_get_another_share():
    scenario(Person).given(post(EAST)).when(
        lambda p: p.hold_posts([(EAST, "Sales rep", 5_000)], LATER)
    ).then(post(EAST, 5_000, LATER))


def test_a_manager_of_each_kind_stands_until_another_follows():
    line = ManagerAssigned(kind="line", manager_id=BOSS, effective_from=FIRST)
    scenario(Person).when(lambda p: p.report_to(ME, "line", BOSS, FIRST)).then(line)
    scenario(Person).given(line).when(lambda p: p.report_to(ME, "line", BOSS, LATER)).then_nothing()
    state = (
        scenario(Person)
        .given(line)
        .when(lambda p: p.report_to(ME, "project", LEAD, LATER))
        .then(ManagerAssigned(kind="project", manager_id=LEAD, effective_from=LATER))
    )
    assert state.managers == {"line": BOSS, "project": LEAD}


def test_nobody_is_their_own_manager():
    scenario(Person).when(lambda p: p.report_to(ME, "line", ME, FIRST)).then_refused(
        OwnManager, field="manager_id"
    )


def test_exactly_the_roles_that_are_said_are_held():
    scenario(Person).given(granted("hr"), granted("admin", EAST)).when(
        lambda p: p.hold_roles([("hr", None, None), ("auditor", None, LATER)], LATER)
    ).then(RoleRevoked(role="admin", unit_id=EAST), granted("auditor", until=LATER, day=LATER))


def test_a_role_in_another_unit_is_another_role():
    state = (
        scenario(Person)
        .given(granted("hr", EAST))
        .when(lambda p: p.hold_roles([("hr", EAST, None), ("hr", SOUTH, None)], LATER))
        .then(granted("hr", SOUTH, day=LATER))
    )
    assert set(state.roles) == {("hr", EAST), ("hr", SOUTH)}


def test_a_role_can_get_another_end_and_keeps_its_beginning():
    scenario(Person).given(granted("hr")).when(
        lambda p: p.hold_roles([("hr", None, LATER)], LATER)
    ).then(granted("hr", until=LATER))


def test_a_role_that_has_ended_begins_anew():
    scenario(Person).given(granted("hr", until=THE_DAY_BEFORE)).when(
        lambda p: p.be_granted("hr", None, LATER, None)
    ).then(granted("hr", day=LATER))


def test_a_role_may_begin_earlier_than_was_said():
    scenario(Person).given(granted("hr", day=LATER)).when(
        lambda p: p.be_granted("hr", None, FIRST, None)
    ).then(granted("hr"))


def test_a_role_granted_and_revoked_again_records_nothing():
    scenario(Person).given(granted("hr", until=LATER)).when(
        lambda p: p.be_granted("hr", None, date(2026, 9, 1), LATER)
    ).then_nothing()
    scenario(Person).when(lambda p: p.lose_role("hr", None)).then_nothing()
    scenario(Person).given(granted("hr")).when(lambda p: p.lose_role("hr", None)).then(
        RoleRevoked(role="hr", unit_id=None)
    )


def test_a_role_does_not_expire_before_it_begins():
    scenario(Person).when(lambda p: p.be_granted("hr", None, LATER, THE_DAY_BEFORE)).then_refused(
        RoleEndsBeforeItBegins, field="expires_on", expires_on=THE_DAY_BEFORE
    )
    scenario(Person).when(lambda p: p.be_granted("hr", None, LATER, LATER)).then(
        granted("hr", until=LATER, day=LATER)
    )


def test_a_link_to_a_manager_ends_after_its_last_day():
    line = ManagerAssigned(kind="line", manager_id=BOSS, effective_from=FIRST)
    state = (
        scenario(Person)
        .given(line)
        .when(lambda p: p.stop_reporting("line", LATER))
        .then(ManagerEnded(kind="line", last_day=LATER))
    )
    assert state.managers == {}
    scenario(Person).given(line).when(lambda p: p.stop_reporting("project", LATER)).then_refused(
        NoSuchManager, field="kind", kind="project"
    )


def test_a_delegation_is_given_once_and_ended_once():
    scenario(Person).when(lambda p: p.give(ME, GIVEN)).then(GIVEN)
    scenario(Person).given(GIVEN).when(lambda p: p.give(ME, GIVEN)).then_nothing()
    ended = DelegationEnded(delegation_id=GIVEN.delegation_id)
    scenario(Person).given(GIVEN).when(lambda p: p.end(GIVEN.delegation_id)).then(ended)
    scenario(Person).given(GIVEN, ended).when(lambda p: p.end(GIVEN.delegation_id)).then_nothing()
    scenario(Person).when(lambda p: p.end(GIVEN.delegation_id)).then_refused(
        DelegationUnknown, field="delegation_id"
    )


def test_one_id_stands_for_one_delegation():
    longer = GIVEN.model_copy(update={"last": date(2026, 12, 31)})
    scenario(Person).given(GIVEN).when(lambda p: p.give(ME, longer)).then_refused(
        DelegationTaken, field="delegation_id"
    )
    ended = DelegationEnded(delegation_id=GIVEN.delegation_id)
    scenario(Person).given(GIVEN, ended).when(lambda p: p.give(ME, GIVEN)).then_refused(
        DelegationTaken, field="delegation_id"
    )


def test_nobody_delegates_to_themselves_or_backwards():
    own = GIVEN.model_copy(update={"to": ME})
    scenario(Person).when(lambda p: p.give(ME, own)).then_refused(DelegationToOneself, field="to")
    backwards = GIVEN.model_copy(update={"last": date(2026, 8, 2)})
    scenario(Person).when(lambda p: p.give(ME, backwards)).then_refused(
        DelegationBackwards, field="last"
    )
    one_day = GIVEN.model_copy(update={"last": LATER})
    scenario(Person).when(lambda p: p.give(ME, one_day)).then(one_day)


def test_the_last_day_is_said_once():
    ended = EmploymentEnded(last_day=LATER)
    scenario(Person).given(EMPLOYED).when(lambda p: p.leave(LATER)).then(ended)
    scenario(Person).given(EMPLOYED, ended).when(lambda p: p.leave(LATER)).then_nothing()
    scenario(Person).given(EMPLOYED, ended).when(lambda p: p.leave(FIRST)).then_refused(
        AlreadyLeft, field="last_day", last_day=LATER
    )


def test_who_is_deactivated_cannot_act_until_reactivated():
    gone = scenario(Person).given(EMPLOYED).when(lambda p: p.deactivate()).then(Deactivated())
    assert not gone.active
    scenario(Person).given(EMPLOYED, Deactivated()).when(lambda p: p.deactivate()).then_nothing()
    scenario(Person).given(EMPLOYED).when(lambda p: p.reactivate()).then_nothing()
    back = (
        scenario(Person)
        .given(EMPLOYED, Deactivated())
        .when(lambda p: p.reactivate())
        .then(Reactivated())
    )
    assert back.active


def test_who_is_employed_anew_can_act_and_has_handed_nothing_over():
    over = HandedOver(to=BOSS, effective_from=FIRST)
    left = EmploymentEnded(last_day=date(2026, 3, 31))
    state = (
        scenario(Person)
        .given(EMPLOYED, Deactivated(), over, left)
        .when(lambda p: p.employ(LATER))
        .then(Employed(employed_from=LATER))
    )
    assert (state.active, state.handed_over) == (True, None)


def test_what_was_held_is_handed_over_once_and_to_somebody_else():
    over = HandedOver(to=BOSS, effective_from=LATER)
    scenario(Person).given(EMPLOYED).when(lambda p: p.hand_over(ME, BOSS, LATER)).then(over)
    scenario(Person).given(EMPLOYED, over).when(
        lambda p: p.hand_over(ME, BOSS, LATER)
    ).then_nothing()
    scenario(Person).given(EMPLOYED, over, Reactivated()).when(
        lambda p: p.hand_over(ME, BOSS, LATER)
    ).then(over)
    scenario(Person).given(EMPLOYED).when(lambda p: p.hand_over(ME, ME, LATER)).then_refused(
        OwnSuccessor, field="successor_id"
    )


def test_who_stays_works_here_can_act_and_does_not_leave_before_the_day():
    def person(*facts):
        return scenario(Person).given(*facts)._state

    until = EmploymentEnded(last_day=LATER)
    assert person(EMPLOYED).stays(LATER)
    assert person(EMPLOYED, until).stays(LATER)
    assert not person(EMPLOYED, until).stays(date(2026, 8, 4))
    assert not person(EMPLOYED, Deactivated()).stays(LATER)
    assert not person().stays(LATER)


def test_why_a_role_is_granted_and_taken_back_is_kept():
    told = RoleGranted(
        role="hr", unit_id=None, effective_from=FIRST, expires_on=None, reason="She stands in."
    )
    scenario(Person).given(EMPLOYED).when(
        lambda p: p.be_granted("hr", None, FIRST, None, "She stands in.")
    ).then(told)
    scenario(Person).given(EMPLOYED, told).when(
        lambda p: p.lose_role("hr", None, "She moved on.")
    ).then(RoleRevoked(role="hr", unit_id=None, reason="She moved on."))


def test_roles_of_the_first_schema_version_say_no_reason():
    old = {"role": "hr", "unit_id": None}
    granted = {**old, "effective_from": FIRST, "expires_on": None}
    assert RoleGranted(**RoleGranted.upcast(granted, 1)) == RoleGranted(**granted)
    assert RoleRevoked(**RoleRevoked.upcast(old, 1)) == RoleRevoked(**old)
