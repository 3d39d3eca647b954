"""Roles and delegations: who is trusted with what, until when."""

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from services.directory.application.commands import (
    EndDelegation,
    GiveDelegation,
    GrantedRole,
    GrantRoles,
    RevokedRole,
    RevokeRoles,
)
from services.directory.application.knowing import must_know_unit
from services.directory.domain.errors import DelegateIsGone, RoleEndsBeforeItBegins
from services.directory.domain.person import Person
from services.directory.domain.person_life import DelegationGiven
from services.directory.domain.unit import Unit
from shared.eventing.asking import Answer, Asked
from shared.eventing.journal import Journal, Work
from shared.kernel.facts import Fact


class Trust:
    """One method per command about roles and delegations."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def grant_roles(self, asked: Asked, command: GrantRoles) -> Answer:
        """Every role is held afterwards, by somebody else than who asks."""

        def decide(work: Work) -> None:
            work.load_many(Person, [grant.person_id for grant in command.grants])
            work.load_many(Unit, [g.unit_id for g in command.grants if g.unit_id])
            for n, one in enumerate(command.grants):
                must_know_unit(work, one.unit_id, f"grants[{n}].unit_id", one.effective_from)
                work.change(Person, one.person_id, partial(_grant, one, n), what="person")

        return self._journal.decide(asked, decide)

    def revoke_roles(self, asked: Asked, command: RevokeRoles) -> Answer:
        """No role of these is held afterwards."""

        def decide(work: Work) -> None:
            work.load_many(Person, [grant.person_id for grant in command.grants])
            for grant in command.grants:
                work.change(Person, grant.person_id, partial(_revoke, grant), what="person")

        return self._journal.decide(asked, decide)

    def give_delegation(self, asked: Asked, command: GiveDelegation) -> Answer:
        """Somebody may act for the person."""
        given = DelegationGiven(
            **command.model_dump(exclude={"person_id", "scope"}),
            scope=tuple(sorted(set(command.scope))),
        )

        def decide(work: Work) -> None:
            must_know_unit(work, given.unit_id, "unit_id", given.first)
            _must_stay(work, given.to, given)
            who = command.person_id
            work.change(Person, who, lambda person: person.give(who, given), what="person")

        return self._journal.decide(asked, decide)

    def end_delegation(self, asked: Asked, command: EndDelegation) -> Answer:
        """Nobody acts under the delegation any more."""

        def decide(work: Work) -> None:
            end = command.delegation_id
            work.change(Person, command.person_id, lambda p: p.end(end), what="person")

        return self._journal.decide(asked, decide)


def _grant(grant: GrantedRole, number: int, person: Person) -> Iterator[Fact]:
    try:
        yield from person.be_granted(
            grant.role, grant.unit_id, grant.effective_from, grant.expires_on, grant.reason
        )
    except RoleEndsBeforeItBegins as refusal:
        refusal.field = f"grants[{number}].{refusal.field}"
        raise


def _revoke(grant: RevokedRole, person: Person) -> Iterator[Fact]:
    return person.lose_role(grant.role, grant.unit_id, grant.reason)


def _must_stay(work: Work, receiver: UUID, given: DelegationGiven) -> None:
    if not work.load(Person, receiver).stays(given.first):
        raise DelegateIsGone(field="to", person_id=receiver)
