"""Groups of the identity provider: who belongs together there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from shared.kernel.facts import Fact

# What can have happened


class Formed(Fact, name="directory.Group.Formed"):
    """A group exists under this name, and for the identity provider under its own id."""

    display_name: str
    external_id: str | None


class Renamed(Fact, name="directory.Group.Renamed"):
    """Name and external id are these from now on."""

    display_name: str
    external_id: str | None


class MembersJoined(Fact, name="directory.Group.MembersJoined"):
    """These people, or groups, belong to it."""

    members: tuple[UUID, ...]


class MembersLeft(Fact, name="directory.Group.MembersLeft"):
    """These people, or groups, belong to it no more."""

    members: tuple[UUID, ...]


class Dissolved(Fact, name="directory.Group.Dissolved"):
    """The group exists no more."""


# What can be asked


@dataclass(frozen=True)
class Group:
    """People who belong together at the identity provider: formed, joined, left, dissolved."""

    display_name: str = ""
    external_id: str | None = None
    members: frozenset[UUID] = frozenset()
    exists: bool = False

    def form(self, display_name: str, external_id: str | None) -> Iterator[Fact]:
        """Exist, or be called otherwise; the same again records nothing."""
        if not self.exists:
            yield Formed(display_name=display_name, external_id=external_id)
        elif (display_name, external_id) != (self.display_name, self.external_id):
            yield Renamed(display_name=display_name, external_id=external_id)

    def hold(self, members: Iterable[UUID]) -> Iterator[Fact]:
        """Have exactly these members."""
        wanted = frozenset(members)
        if joined := wanted - self.members:
            yield MembersJoined(members=tuple(sorted(joined)))
        if left := self.members - wanted:
            yield MembersLeft(members=tuple(sorted(left)))

    def dissolve(self) -> Iterator[Fact]:
        """Exist no more and have no members; dissolving twice records nothing."""
        if self.exists:
            yield from self.hold(())
            yield Dissolved()

    # What is true afterwards

    def after(self, fact: Fact) -> "Group":
        """The group once this fact is known; assigns, never judges."""
        match fact:
            case Formed(display_name=name, external_id=external_id):
                return Group(name, external_id, exists=True)
            case Renamed(display_name=name, external_id=external_id):
                return replace(self, display_name=name, external_id=external_id)
            case MembersJoined(members=members):
                return replace(self, members=self.members.union(members))
            case MembersLeft(members=members):
                return replace(self, members=self.members.difference(members))
            case Dissolved():
                return replace(self, exists=False)
        return self
