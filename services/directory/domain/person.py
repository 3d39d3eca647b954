"""Who works here, in which posts, managed by whom, with which roles.

What can have happened: ``person_life``. What is true afterwards: ``person_state``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from services.directory.domain import person_life as life
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
from services.directory.domain.forgetting_errors import AlreadyForgotten
from services.directory.domain.person_state import PersonState
from services.directory.domain.words import ManagerKind, Role
from shared.kernel.facts import Fact

FULL_TIME = 10_000  # basis points
Post = tuple[UUID, str, int]
Grant = tuple[Role, UUID | None, date | None]


@dataclass(frozen=True)
class Person(PersonState):
    """Someone who works here: employed, moved between posts, and one day gone."""

    def employ(self, day: date) -> Iterator[Fact]:
        """Begin to work here; once, and anew from a day after the last one. Never once
        forgotten.
        """
        if self.erasure.forgotten:
            raise AlreadyForgotten(field="person_id")
        if self.employed_from is None or (self.last_day is not None and day > self.last_day):
            yield life.Employed(employed_from=day)

    def call(self, name: str, name_en: str) -> Iterator[Fact]:
        """Be called so from now on."""
        if (name, name_en) != self.name:
            yield life.Named(name=name, name_en=name_en)

    def localise(self, locale: str, time_zone: str) -> Iterator[Fact]:
        """Read in this language and time zone."""
        if (locale, time_zone) != self.locale:
            yield life.Localised(locale=locale, time_zone=time_zone)

    def hold_posts(self, posts: Iterable[Post], day: date) -> Iterator[Fact]:
        """Hold exactly these posts from this day on; the others end with the day before."""
        wanted = {unit_id: (title, share) for unit_id, title, share in posts}
        for unit_id in self.posts:
            if unit_id not in wanted:
                yield life.PostEnded(unit_id=unit_id, last_day=day - timedelta(days=1))
        for unit_id, (title, share) in wanted.items():
            if self.posts.get(unit_id) != (title, share):
                yield life.PostAssigned(
                    unit_id=unit_id, title=title, share=share, effective_from=day
                )

    def report_to(self, me: UUID, kind: ManagerKind, manager_id: UUID, day: date) -> Iterator[Fact]:
        """Have this manager of this kind from now on; never oneself."""
        if manager_id == me:
            raise OwnManager(field="manager_id")
        if self.managers.get(kind) != manager_id:
            yield life.ManagerAssigned(kind=kind, manager_id=manager_id, effective_from=day)

    def stop_reporting(self, kind: ManagerKind, last_day: date) -> Iterator[Fact]:
        """Have no manager of this kind after this day."""
        if kind not in self.managers:
            raise NoSuchManager(field="kind", kind=kind)
        yield life.ManagerEnded(kind=kind, last_day=last_day)

    def hold_roles(self, grants: Iterable[Grant], day: date) -> Iterator[Fact]:
        """Hold exactly these roles; the others are taken back."""
        wanted = {(role, unit_id): expires_on for role, unit_id, expires_on in grants}
        for role, unit_id in self.roles:
            if (role, unit_id) not in wanted:
                yield from self.lose_role(role, unit_id)
        for (role, unit_id), expires_on in wanted.items():
            yield from self.be_granted(role, unit_id, day, expires_on)

    def be_granted(
        self,
        role: Role,
        unit_id: UUID | None,
        day: date,
        expires_on: date | None,
        reason: str | None = None,
    ) -> Iterator[Fact]:
        """Hold a role from this day on, perhaps until another; one that is held already begins
        when it began.
        """
        began, ends = self.roles.get((role, unit_id), (None, None))
        if began is not None and began <= day:
            if ends == expires_on:
                return
            day = began if ends is None or ends >= day else day
        if expires_on is not None and expires_on < day:
            raise RoleEndsBeforeItBegins(field="expires_on", expires_on=expires_on)
        yield life.RoleGranted(
            role=role, unit_id=unit_id, effective_from=day, expires_on=expires_on, reason=reason
        )

    def lose_role(
        self, role: Role, unit_id: UUID | None, reason: str | None = None
    ) -> Iterator[Fact]:
        """Hold the role no longer; one that is not held is not missed."""
        if (role, unit_id) in self.roles:
            yield life.RoleRevoked(role=role, unit_id=unit_id, reason=reason)

    def give(self, me: UUID, given: life.DelegationGiven) -> Iterator[Fact]:
        """Let somebody act for this person, within days and areas."""
        if given.to == me:
            raise DelegationToOneself(field="to")
        if given.last < given.first:
            raise DelegationBackwards(field="last")
        known = self.delegations.get(given.delegation_id)
        if given.delegation_id in self.ended or known not in (None, given):
            raise DelegationTaken(field="delegation_id")
        if known is None:
            yield given

    def end(self, delegation_id: UUID) -> Iterator[Fact]:
        """Let nobody act under this delegation any more."""
        if delegation_id not in self.delegations:
            raise DelegationUnknown(field="delegation_id")
        if delegation_id not in self.ended:
            yield life.DelegationEnded(delegation_id=delegation_id)

    def leave(self, last_day: date) -> Iterator[Fact]:
        """End the employment; saying the same day again records nothing."""
        if self.last_day == last_day:
            return
        if self.last_day is not None:
            raise AlreadyLeft(field="last_day", last_day=self.last_day)
        yield life.EmploymentEnded(last_day=last_day)

    def deactivate(self) -> Iterator[Fact]:
        """Be unable to act from now on, whatever else is known of the person."""
        if self.active:
            yield life.Deactivated()

    def reactivate(self) -> Iterator[Fact]:
        """Be able to act again; what was handed over stays where it is."""
        if not self.active:
            yield life.Reactivated()

    def hand_over(self, me: UUID, to: UUID, day: date) -> Iterator[Fact]:
        """Leave to somebody else what one was charged with; never to oneself."""
        if to == me:
            raise OwnSuccessor(field="successor_id")
        if self.handed_over != (to, day):
            yield life.HandedOver(to=to, effective_from=day)

    def stays(self, day: date) -> bool:
        """Whether the person works here, may act, and is not known to leave before this day."""
        gone = self.last_day is not None and self.last_day < day
        return self.employed_from is not None and self.active and not gone
