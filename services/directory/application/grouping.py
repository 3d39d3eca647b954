"""Groups as an identity provider forms them, and the roles that come with some of them."""

from collections.abc import Collection, Mapping
from uuid import UUID

from services.directory.application.provisioned import Known, ProvisionedGroup
from services.directory.domain.account import Account, account_of
from services.directory.domain.group import Group
from services.directory.domain.person import Person
from services.directory.domain.words import Role
from shared.eventing.asking import Answer, Asked, VersionHasMoved
from shared.eventing.journal import Journal, Work
from shared.kernel.clock import Clock
from shared.kernel.names import folded
from shared.kernel.refusals import NotFound

Bearers = set[tuple[UUID, Role]]


class Grouping:
    """One method per thing that an identity provider does to a group.

    ``roles`` maps a group's name to the role that its members hold everywhere while they belong
    to it. Groups inside groups bring nobody a role.
    """

    def __init__(
        self, journal: Journal, known: Known, roles: Mapping[str, Role], clock: Clock
    ) -> None:
        self._journal, self._known, self._clock = journal, known, clock
        self._roles = {folded(name): role for name, role in roles.items()}

    def form(self, asked: Asked, said: ProvisionedGroup) -> Answer:
        """A new group; the answer's ``group_id`` says under which id."""

        def decide(work: Work) -> None:
            work.answer.more["group_id"] = str(said.group_id)
            self._stand(work, said)

        return self._journal.decide(asked, decide)

    def change(self, asked: Asked, said: ProvisionedGroup, expected: int | None = None) -> Answer:
        """The group stands as described, if nobody changed it meanwhile."""

        def decide(work: Work) -> None:
            _must_exist(work, said.group_id, expected)
            self._stand(work, said)

        return self._journal.decide(asked, decide)

    def dissolve(self, asked: Asked, group_id: UUID, expected: int | None = None) -> Answer:
        """The group exists no more, and brings nobody a role."""

        def decide(work: Work) -> None:
            _must_exist(work, group_id, expected)
            before = work.load(Group, group_id)
            work.change(Group, group_id, lambda group: group.dissolve())
            self._bring_roles(work, group_id, before)
            for outer in self._known.groups_with(group_id):
                self._drop(work, outer, group_id)

        return self._journal.decide(asked, decide)

    def bring_other_roles(self, asked: Asked, group_id: UUID, before: Mapping[str, Role]) -> Answer:
        """The group's members hold what it brings now; ``before`` is what groups used to bring, by
        their folded names.
        """

        def decide(work: Work) -> None:
            group = work.load(Group, group_id)
            self._settle(work, group_id, _bearers(group, before), self._bearers(group))

        return self._journal.decide(asked, decide)

    def leave_all(self, work: Work, person_id: UUID) -> None:
        """Belong to no group any more, as a part of another command."""
        for group_id in self._known.groups_with(person_id):
            self._drop(work, group_id, person_id)

    def _drop(self, work: Work, group_id: UUID, member: UUID) -> None:
        before = work.load(Group, group_id)
        work.change(Group, group_id, lambda group: group.hold(before.members - {member}))
        self._bring_roles(work, group_id, before)

    def _stand(self, work: Work, said: ProvisionedGroup) -> None:
        before = work.load(Group, said.group_id)
        work.change(Group, said.group_id, lambda g: g.form(said.display_name, said.external_id))
        work.change(Group, said.group_id, lambda g: g.hold(said.members))
        self._bring_roles(work, said.group_id, before)

    def _bring_roles(self, work: Work, group_id: UUID, before: Group) -> None:
        """Grant the role of the group to who joined, take it back from who left."""
        after = work.load(Group, group_id)
        self._settle(work, group_id, self._bearers(before), self._bearers(after))

    def _settle(self, work: Work, group_id: UUID, had: Bearers, has: Bearers) -> None:
        concerned = self._people(work, {member for member, _ in had ^ has})
        for person_id, role in sorted(has - had):
            if person_id in concerned:
                self._grant(work, person_id, role)
        lost = {(member, role) for member, role in had - has if member in concerned}
        for person_id, role in sorted(lost - self._elsewhere(work, group_id, {r for _, r in lost})):
            self._take_back(work, person_id, role)

    def _people(self, work: Work, members: set[UUID]) -> set[UUID]:
        """Those of the members who are people with an account, loaded."""
        work.load_many(Account, [account_of(one) for one in members])
        people = {one for one in members if work.load(Account, account_of(one)).is_open}
        work.load_many(Person, people)
        return people

    def _bearers(self, group: Group) -> Bearers:
        return _bearers(group, self._roles)

    def _elsewhere(self, work: Work, group_id: UUID, roles: Collection[Role]) -> Bearers:
        """Who has one of these roles by another group."""
        names = [name for name, role in self._roles.items() if role in roles]
        others = self._known.groups_called(names) - {group_id} if names else set()
        work.load_many(Group, others)
        return set().union(*(self._bearers(work.load(Group, other)) for other in others))

    def _grant(self, work: Work, person_id: UUID, role: Role) -> None:
        today = self._clock.today()
        work.change(Person, person_id, lambda p: p.be_granted(role, None, today, None))

    def _take_back(self, work: Work, person_id: UUID, role: Role) -> None:
        work.change(Person, person_id, lambda p: p.lose_role(role, None))


def _bearers(group: Group, roles: Mapping[str, Role]) -> Bearers:
    role = roles.get(folded(group.display_name)) if group.exists else None
    return {(member, role) for member in group.members} if role else set()


def _must_exist(work: Work, group_id: UUID, expected: int | None) -> None:
    if not work.load(Group, group_id).exists:
        raise NotFound(what="group")
    if expected is not None and work.version(group_id) != expected:
        raise VersionHasMoved(expected=expected, actual=work.version(group_id))
