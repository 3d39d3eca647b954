"""Who a delegate is: whose rights count, by whose hand, where, and when not at all."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from psycopg_pool import ConnectionPool

from shared.access.organisation import OwnOrganisation
from shared.access.refusals_of_delegates import DelegationDoesNotHold
from shared.access.things import EVERYWHERE, Asker
from shared.kernel.actors import Actor, person, standing_in
from tests.support.organisations import NAMES, TODAY, Company

LI, CHEN, WU, GONE, SALES, GIVEN = (UUID(int=n) for n in range(1, 7))
HELD = standing_in(LI, CHEN, GIVEN)


@pytest.fixture
def company() -> Company:
    """Chen, who is HR in sales, lets Li act there in goals; Gone is no longer here."""
    return Company(
        people={LI, CHEN, WU},
        roles={(CHEN, "hr", SALES), (LI, "auditor", EVERYWHERE)},
        delegations=[(GIVEN, CHEN, LI, SALES, ["goals"])],
    )


def asker(pool: ConnectionPool[Any], company: Company, actor: Actor, area: str = "goals") -> Asker:
    with pool.connection() as connection:
        company.write(connection)
    return OwnOrganisation(pool, replace(NAMES, area=area)).asker(actor, TODAY)


def test_the_giver_s_rights_count_in_the_delegate_s_hand(
    pool: ConnectionPool[Any], company: Company
) -> None:
    found = asker(pool, company, HELD)
    assert (found.person, found.hand, found.limit) == (CHEN, LI, SALES)
    assert found.roles == {("hr", SALES)}
    assert found.stands_in


def test_outside_its_areas_a_delegate_is_nobody_but_themselves(
    pool: ConnectionPool[Any], company: Company
) -> None:
    found = asker(pool, company, HELD, area="metrics")
    assert (found.person, found.hand, found.uncovered) == (LI, LI, True)
    assert found.roles == {("auditor", EVERYWHERE)}


@pytest.mark.parametrize(
    "claimed",
    [
        standing_in(WU, CHEN, GIVEN),
        standing_in(LI, WU, GIVEN),
        standing_in(LI, CHEN, UUID(int=99)),
        Actor(kind="person", id=str(LI), on_behalf_of=str(CHEN)),
        Actor(kind="person", id=str(LI), delegation=str(GIVEN)),
        standing_in(LI, CHEN, "no id"),
    ],
    ids=["another's", "of another", "unknown", "without one", "for nobody", "unreadable"],
)
def test_whoever_only_claims_a_delegation_is_refused(
    pool: ConnectionPool[Any], company: Company, claimed: Actor
) -> None:
    with pytest.raises(DelegationDoesNotHold):
        asker(pool, company, claimed)


def test_nobody_acts_for_whoever_is_gone(pool: ConnectionPool[Any], company: Company) -> None:
    company.people.remove(CHEN)
    with pytest.raises(DelegationDoesNotHold):
        asker(pool, company, HELD)


def test_whoever_is_gone_acts_for_nobody(pool: ConnectionPool[Any], company: Company) -> None:
    company.people.remove(LI)
    found = asker(pool, company, HELD)
    assert (found.person, found.active) == (LI, False)


def test_nobody_passes_on_what_was_delegated_to_them(
    pool: ConnectionPool[Any], company: Company
) -> None:
    further = UUID(int=7)
    company.delegations.append((further, LI, WU, None, ["all"]))
    found = asker(pool, company, standing_in(WU, LI, further))
    assert (found.person, found.roles) == (LI, {("auditor", EVERYWHERE)})
    with pytest.raises(DelegationDoesNotHold):
        asker(pool, company, standing_in(WU, CHEN, further))


def test_in_their_own_name_a_delegate_has_nothing_of_it(
    pool: ConnectionPool[Any], company: Company
) -> None:
    found = asker(pool, company, person(LI))
    assert (found.person, found.limit, found.stands_in) == (LI, None, False)
