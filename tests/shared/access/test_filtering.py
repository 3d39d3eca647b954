"""Deciding one by one and filtering rows are the same policy, whatever the organisation."""

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

import pytest
from psycopg_pool import ConnectionPool

from shared.access.deciding import decide_all, enter
from shared.access.filtering import asking, rows_that
from shared.access.grounds import (
    Above,
    Anyone,
    AnyService,
    Both,
    Ground,
    Heads,
    Holds,
    Is,
    Leads,
    Marked,
    Service,
    Touches,
)
from shared.access.organisation import Organisation, OwnOrganisation
from shared.access.refusals_of_delegates import DelegationDoesNotHold
from shared.access.rules import Action, Bar
from shared.access.standing_in import InPerson, StandingIn
from shared.access.things import Asker, Thing
from shared.kernel.actors import Actor, person, service, standing_in
from shared.kernel.refusals import NotAllowed
from tests.support.organisations import NAMES, TODAY, Company, companies

COLUMNS = {
    "who": "t.who",
    "holder": "t.holder",
    "helpers": "SELECT unnest(t.helpers)",
    "word": "t.word",
}
GROUNDS: dict[str, Ground] = {
    "anyone": Anyone(),
    "service": Service(("import", "host")),
    "any-service": AnyService(),
    "is": Is("who"),
    "one-of": Is("helpers"),
    "above": Above("who"),
    "above-one-of": Above("helpers"),
    "lead": Leads("holder"),
    "head": Leads("who", by=("head",)),
    "very-head": Heads("holder"),
    "role-everywhere": Holds(("admin",)),
    "role-around": Holds(("hr", "auditor"), "holder"),
    "role-around-one-of": Holds(("executive",), "helpers"),
    "word": Marked("word", ("open",)),
    "in-person": InPerson(),
    "standing-in": StandingIn(),
    "both": Both((Marked("word", ("open", "half")), Above("who"))),
}
COMPANIES = 15


def _action(bars: bool, *grounds: str) -> Action:
    return Action(
        name="see",
        grounds={name: GROUNDS[name] for name in grounds},
        refusal=NotAllowed,
        bars=[Bar(Touches("who"), NotAllowed), Bar(Leads("holder"), NotAllowed)] if bars else (),
        routes=["GET /things"],
        place=["holder"],
    )


def _things(company: Company, random: Random) -> list[Thing]:
    ids = [*company.known, *company.units]
    return [
        Thing(
            {
                "who": [random.choice(company.known)] if random.random() < 0.9 else [],
                "holder": [random.choice(ids)] if random.random() < 0.9 else [],
                "helpers": random.sample(ids, random.randint(0, min(3, len(ids)))),
            },
            {"word": random.choice(("open", "half", "shut"))},
        )
        for _ in range(12)
    ]


def _seen(
    pool: ConnectionPool[Any],
    action: Action,
    asker: Asker,
    things: list[Thing],
    names: Organisation,
) -> list[bool]:
    found = rows_that(action, names, COLUMNS)
    with pool.connection() as connection:
        connection.execute("TRUNCATE things")
        connection.cursor().executemany(
            "INSERT INTO things VALUES (%s, %s, %s, %s, %s)",
            [
                (
                    n,
                    next(iter(thing.ids("who")), None),
                    next(iter(thing.ids("holder")), None),
                    list(thing.ids("helpers")),
                    thing.marks["word"],
                )
                for n, thing in enumerate(things)
            ],
        )
        rows = connection.execute(
            f"WITH RECURSIVE {found.tables} SELECT t.id FROM things t WHERE {found.condition}",
            asking(asker, TODAY),
        ).fetchall()
    return [n in {row[0] for row in rows} for n in range(len(things))]


def _disagreements(
    pool: ConnectionPool[Any], names: Organisation, *, bars: bool, grounds: list[str]
) -> list[str]:
    action, found = _action(bars, *grounds), []
    for company, random in companies(7, COMPANIES):
        with pool.connection() as connection:
            company.write(connection)
        own = OwnOrganisation(pool, names)
        things = _things(company, random)
        for actor in _actors(company, random):
            plainly = [
                one.allowed
                for one in decide_all(action, company.asker(actor, TODAY), things, company, TODAY)
            ]
            asker = own.asker(actor, TODAY)
            asked = [one.allowed for one in decide_all(action, asker, things, own, TODAY)]
            if not plainly == asked == _seen(pool, action, asker, things, names):
                found.append(f"{actor}: {plainly} {asked}")
    return found


def _actors(company: Company, random: Random) -> list[Actor]:
    one, other = random.choice(company.known), random.choice(company.known)
    delegates = [
        standing_in(receives, gives, n) for n, gives, receives, _, _ in company.delegations
    ]
    held = [one for one in delegates if _holds(company, one)]
    own = [person(one), service("import", other), service("stranger", one), service("host")]
    return own + held


def _holds(company: Company, actor: Actor) -> bool:
    try:
        company.asker(actor, TODAY)
    except DelegationDoesNotHold:
        return False
    return True


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("bars", [False, True], ids=["free", "barred"])
def test_each_ground_decides_as_it_filters(
    pool: ConnectionPool[Any], ground: str, bars: bool
) -> None:
    """In memory, in tables one by one, and as a filter of rows."""
    assert _disagreements(pool, NAMES, bars=bars, grounds=[ground]) == []


def test_all_grounds_together_decide_as_they_filter(pool: ConnectionPool[Any]) -> None:
    """Grounds are alternatives; bars hold against all of them."""
    assert _disagreements(pool, NAMES, bars=True, grounds=list(GROUNDS)) == []


def test_tables_that_forget_the_functional_line_are_found_out(pool: ConnectionPool[Any]) -> None:
    """The comparison can go red."""
    broken = replace(NAMES, managers=f"{NAMES.managers} WHERE kind = 'line'")
    assert _disagreements(pool, broken, bars=False, grounds=["above"]) != []


def test_tables_that_forget_the_unit_of_a_delegation_are_found_out(
    pool: ConnectionPool[Any],
) -> None:
    """The comparison can go red where delegates are concerned."""
    unlimited = "SELECT id, giver, receiver, NULL::uuid AS unit, areas FROM delegations"
    broken = replace(NAMES, delegations=unlimited)
    assert _disagreements(pool, broken, bars=False, grounds=["above", "lead", "role-around"]) != []


def test_what_nobody_does_in_another_s_place_shows_no_delegate_a_row(
    pool: ConnectionPool[Any],
) -> None:
    """A filter knows what takes the person, as the decision does."""
    action = replace(_action(False, "anyone"), in_person=True)
    me = Asker(person=UUID(int=1), hand=UUID(int=1), active=True)
    shown = [
        _seen(pool, action, asker, [Thing(marks={"word": "open"})], NAMES)
        for asker in (me, replace(me, hand=UUID(int=2)))
    ]
    assert shown == [[True], [False]]


def test_a_day_is_asked_for() -> None:
    """Who is who holds on a day: the values of a filter name it."""
    asked = asking(Asker(person=UUID(int=1), hand=UUID(int=1), active=True), date(2026, 1, 2))
    assert asked["today"] == date(2026, 1, 2)


@pytest.mark.parametrize("ground", GROUNDS)
def test_whoever_may_do_it_to_something_is_let_in_before_it_is_known_what(ground: str) -> None:
    """The check at the door never refuses what the decision would allow."""
    action = _action(False, ground)
    for company, random in companies(11, COMPANIES):
        for actor in _actors(company, random):
            asker = company.asker(actor, TODAY)
            decided = decide_all(action, asker, _things(company, random), company, TODAY)
            if any(one.allowed for one in decided):
                enter(action, asker)
