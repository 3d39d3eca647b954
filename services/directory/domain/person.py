"""Who works here, in which posts, managed by whom, with which roles."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

from services.directory.domain.errors import AlreadyLeft, OwnManager
from services.directory.domain.words import ManagerKind, Role
from shared.kernel.facts import Fact

# What can have happened


class Employed(Fact, name="directory.Person.Employed"):
    """A person works here from this day on."""

    employed_from: date


class Named(Fact, name="directory.Person.Named"):
    """What the person is called, at home and in English."""

    name: str
    name_en: str


class Localised(Fact, name="directory.Person.Localised"):
    """In which language and time zone the person reads."""

    locale: str
    time_zone: str


class PostAssigned(Fact, name="directory.Person.PostAssigned"):
    """The person holds a post; ``share`` is basis points of full time."""

    unit_id: UUID
    title: str
    share: int
    effective_from: date


class PostEnded(Fact, name="directory.Person.PostEnded"):
    """The person left the post in this unit; the last day is inclusive."""

    unit_id: UUID
    last_day: date


class ManagerAssigned(Fact, name="directory.Person.ManagerAssigned"):
    """From this day on this is the person's manager of this kind."""

    kind: ManagerKind
    manager_id: UUID
    effective_from: date


class RoleGranted(Fact, name="directory.Person.RoleGranted"):
    """The person holds a role, in one unit and below or everywhere, perhaps until a day."""

    role: Role
    unit_id: UUID | None
    effective_from: date
    expires_on: date | None


class RoleRevoked(Fact, name="directory.Person.RoleRevoked"):
    """The role was taken back."""

    role: Role
    unit_id: UUID | None


class EmploymentEnded(Fact, name="directory.Person.EmploymentEnded"):
    """This was the person's last day."""

    last_day: date


# What can be asked

Post = tuple[UUID, str, int]
Grant = tuple[Role, UUID | None, date | None]


@dataclass(frozen=True)
class Person:
    """Someone who works here: employed, moved between posts, and one day gone."""

    employed_from: date | None = None
    name: tuple[str, str] = ("", "")
    locale: tuple[str, str] = ("", "")
    posts: dict[UUID, tuple[str, int]] = field(default_factory=dict)
    managers: dict[str, UUID] = field(default_factory=dict)
    roles: dict[tuple[Role, UUID | None], date | None] = field(default_factory=dict)
    last_day: date | None = None

    def employ(self, day: date) -> Iterator[Fact]:
        """Begin to work here; once, and anew from a day after the last one."""
        if self.employed_from is None or (self.last_day is not None and day > self.last_day):
            yield Employed(employed_from=day)

    def call(self, name: str, name_en: str) -> Iterator[Fact]:
        """Be called so from now on."""
        if (name, name_en) != self.name:
            yield Named(name=name, name_en=name_en)

    def localise(self, locale: str, time_zone: str) -> Iterator[Fact]:
        """Read in this language and time zone."""
        if (locale, time_zone) != self.locale:
            yield Localised(locale=locale, time_zone=time_zone)

    def hold_posts(self, posts: Iterable[Post], day: date) -> Iterator[Fact]:
        """Hold exactly these posts from this day on; the others end with the day before."""
        wanted = {unit_id: (title, share) for unit_id, title, share in posts}
        for unit_id in self.posts:
            if unit_id not in wanted:
                yield PostEnded(unit_id=unit_id, last_day=day - timedelta(days=1))
        for unit_id, (title, share) in wanted.items():
            if self.posts.get(unit_id) != (title, share):
                yield PostAssigned(unit_id=unit_id, title=title, share=share, effective_from=day)

    def report_to(self, me: UUID, kind: ManagerKind, manager_id: UUID, day: date) -> Iterator[Fact]:
        """Have this manager of this kind from now on; never oneself."""
        if manager_id == me:
            raise OwnManager(field="manager_id")
        if self.managers.get(kind) != manager_id:
            yield ManagerAssigned(kind=kind, manager_id=manager_id, effective_from=day)

    def hold_roles(self, grants: Iterable[Grant], day: date) -> Iterator[Fact]:
        """Hold exactly these roles; the others are taken back."""
        wanted = {(role, unit_id): expires_on for role, unit_id, expires_on in grants}
        for role, unit_id in self.roles:
            if (role, unit_id) not in wanted:
                yield RoleRevoked(role=role, unit_id=unit_id)
        for (role, unit_id), expires_on in wanted.items():
            key = (role, unit_id)
            if key not in self.roles or self.roles[key] != expires_on:
                yield RoleGranted(
                    role=role, unit_id=unit_id, effective_from=day, expires_on=expires_on
                )

    def leave(self, last_day: date) -> Iterator[Fact]:
        """End the employment; saying the same day again records nothing."""
        if self.last_day == last_day:
            return
        if self.last_day is not None:
            raise AlreadyLeft(field="last_day", last_day=self.last_day)
        yield EmploymentEnded(last_day=last_day)

    # What is true afterwards

    def after(self, fact: Fact) -> "Person":
        """The person once this fact is known; assigns, never judges."""
        match fact:
            case Employed(employed_from=day):
                return replace(self, employed_from=day, last_day=None)
            case Named(name=name, name_en=name_en):
                return replace(self, name=(name, name_en))
            case Localised(locale=locale, time_zone=zone):
                return replace(self, locale=(locale, zone))
            case PostAssigned(unit_id=unit_id, title=title, share=share):
                return replace(self, posts={**self.posts, unit_id: (title, share)})
            case PostEnded(unit_id=ended):
                return replace(self, posts={u: p for u, p in self.posts.items() if u != ended})
            case ManagerAssigned(kind=kind, manager_id=manager_id):
                return replace(self, managers={**self.managers, kind: manager_id})
            case RoleGranted(role=role, unit_id=unit_id, expires_on=until):
                return replace(self, roles={**self.roles, (role, unit_id): until})
            case RoleRevoked(role=role, unit_id=unit_id):
                kept = {k: v for k, v in self.roles.items() if k != (role, unit_id)}
                return replace(self, roles=kept)
            case EmploymentEnded(last_day=last_day):
                return replace(self, last_day=last_day)
        return self
