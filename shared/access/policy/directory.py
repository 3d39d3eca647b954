"""Who may do and see what about people, units, the calendar and accounts.

Parts of a thing: ``place``, the units that are concerned, none when it is the whole company;
``person``, who is concerned; ``receiver``, who is to act for them. Mark ``about``: ``person``,
``role``, ``unit``, ``calendar`` or ``account``.
"""

from collections.abc import Mapping

from shared.access.grounds import Above, Both, Ground, Holds, Is, Marked, Service, Touches
from shared.access.policy.common import (
    CONSOLE,
    FOLLOW_FEEDS,
    SEE_SECURITY_LOG,
    SEE_WHAT_IS_PERSONAL,
    open_to_all,
)
from shared.access.refusals import OnlyKeepersOfThePersonal
from shared.access.refusals_of_people import (
    AccountsAreClosed,
    OnlyAccountKeepers,
    OnlyCalendarKeepers,
    OnlyGivers,
    OnlyPeopleKeepers,
    OnlyUnitKeepers,
    OwnDelegation,
    OwnLogin,
    OwnRole,
    StoriesOfPeopleAreClosed,
)
from shared.access.rules import Action, Bar, Policy

ADMIN = Holds(("admin",), "place")
ABOUT_A_ROLE = Marked("about", ("role",))
PEOPLE_KEEPERS: Mapping[str, Ground] = {
    "admin": ADMIN,
    "hr": Both((Marked("about", ("person", "unit")), Holds(("hr",), "place"))),
    "console": CONSOLE,
}
UNIT_KEEPERS: Mapping[str, Ground] = {"admin": ADMIN, "console": CONSOLE}
EVERYWHERE: Mapping[str, Ground] = {"admin": Holds(("admin",)), "console": CONSOLE}


def _people(name: str) -> Action:
    return Action(name, PEOPLE_KEEPERS, OnlyPeopleKeepers)


def _role(name: str) -> Action:
    own = Bar(Both((ABOUT_A_ROLE, Touches("person"))), OwnRole)
    return Action(name, PEOPLE_KEEPERS, OnlyPeopleKeepers, bars=[own])


def _delegation(name: str) -> Action:
    givers: Mapping[str, Ground] = {"giver": Is("person"), **EVERYWHERE}
    bars = [Bar(Touches("receiver"), OwnDelegation)]
    return Action(name, givers, OnlyGivers, bars, in_person=True)


def _calendar(name: str) -> Action:
    return Action(name, EVERYWHERE, OnlyCalendarKeepers)


def _account(name: str, *bars: Bar) -> Action:
    return Action(name, EVERYWHERE, OnlyAccountKeepers, bars)


def _forgetting(name: str, *routes: str) -> Action:
    keepers: Mapping[str, Ground] = {"keeper": Holds(("hr", "admin")), "console": CONSOLE}
    return Action(name, keepers, OnlyKeepersOfThePersonal, routes=routes)


POLICY = Policy(
    _role("register-people"),
    _role("grant-roles"),
    _role("revoke-roles"),
    _people("end-managers"),
    _people("end-employment"),
    _people("deactivate-people"),
    _people("reactivate-people"),
    _forgetting("forget-person"),
    _forgetting("place-legal-hold"),
    _forgetting("release-legal-hold"),
    _forgetting("see-legal-holds", "GET /legal-holds"),
    Action("register-units", UNIT_KEEPERS, OnlyUnitKeepers),
    Action("close-units", UNIT_KEEPERS, OnlyUnitKeepers),
    Action("reopen-units", UNIT_KEEPERS, OnlyUnitKeepers),
    Action("vacate-leads", UNIT_KEEPERS, OnlyUnitKeepers),
    Action("mark-closures", UNIT_KEEPERS, OnlyUnitKeepers),
    Action("lift-closures", UNIT_KEEPERS, OnlyUnitKeepers),
    _delegation("give-delegation"),
    _delegation("end-delegation"),
    _calendar("define-fiscal-year"),
    _calendar("define-periods"),
    _calendar("mark-days"),
    _account("provision-accounts"),
    _account("link-login", Bar(Touches("person"), OwnLogin)),
    _account("unlink-login"),
    _account("close-accounts"),
    open_to_all(
        "see-people",
        "GET /people",
        "GET /people/{person_id}",
        "GET /people/{person_id}/held",
        "GET /hand-overs",
        "GET /delegations",
    ),
    open_to_all(
        "see-units",
        "GET /units",
        "GET /units/children",
        "GET /units/{unit_id}",
        "GET /units/{unit_id}/children",
        "GET /units/{unit_id}/story",
    ),
    Action(
        "see-stories-of-people",
        {
            "person": Is("person"),
            "above": Above("person"),
            "keeper": Holds(("hr", "admin", "auditor"), "person"),
            "console": CONSOLE,
        },
        StoriesOfPeopleAreClosed,
        routes=["GET /people/{person_id}/story"],
    ),
    open_to_all("see-calendar", "GET /calendar", "GET /calendar/working-days"),
    Action(
        "see-accounts",
        {"sign-in": Service(("web", "host"))},
        AccountsAreClosed,
        routes=["GET /accounts"],
    ),
    Action(
        "keep-scim-tokens",
        EVERYWHERE,
        OnlyAccountKeepers,
        routes=[
            "POST /scim-tokens",
            "GET /scim-tokens",
            "POST /scim-tokens/{token_id}/revoke",
        ],
        in_person=True,
    ),
    FOLLOW_FEEDS,
    SEE_SECURITY_LOG,
    SEE_WHAT_IS_PERSONAL,
    place=("place",),
)
