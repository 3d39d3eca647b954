"""What an identity provider says: people and groups, each of them whole."""

from collections.abc import Collection
from typing import Any, Protocol
from uuid import UUID

from pydantic import Field

from services.directory.application.commands import Command
from services.directory.domain.account import Mail


class ProvisionedPerson(Command):
    """A person as the identity provider describes them; one without an account gets one."""

    person_id: UUID
    user_name: str = Field(min_length=1, max_length=254)
    external_id: str | None = Field(default=None, max_length=254)
    mails: tuple[Mail, ...] = ()
    attributes: dict[str, Any] = {}
    active: bool = True


class ProvisionedGroup(Command):
    """A group as the identity provider describes it; members are people or groups."""

    group_id: UUID
    display_name: str = Field(min_length=1, max_length=254)
    external_id: str | None = Field(default=None, max_length=254)
    members: frozenset[UUID] = frozenset()


class Known(Protocol):
    """What provisioning must know that no single stream says, out of the own tables."""

    def unit_called(self, name: str) -> UUID | None:
        """The one unit with this code or name; ``None`` when there is none, or several."""
        ...

    def groups_called(self, names: Collection[str]) -> set[UUID]:
        """The groups that have one of these names, capitals aside."""
        ...

    def groups_with(self, member_id: UUID) -> set[UUID]:
        """The groups to which this person or group belongs."""
        ...
