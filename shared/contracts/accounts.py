"""How people are known outside, for the directory's own tables only: nothing of it is published."""

from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.records import Contract

FEED = "accounts"


class Mail(BaseModel):
    """One mail address; ``kind`` such as ``work``, ``primary`` for the one to write to."""

    model_config = ConfigDict(frozen=True)

    value: str
    kind: str | None = None
    primary: bool | None = None
    display: str | None = None


class AccountOpened(Contract, name="cairn.directory.account.opened.v1", audience="own"):
    """The person is known outside by this name, and to the identity provider by its own id."""

    person_id: UUID
    user_name: str
    external_id: str | None = None


class AccountRenamed(Contract, name="cairn.directory.account.renamed.v1", audience="own"):
    """User name and external id are these from now on."""

    user_name: str
    external_id: str | None = None


class MailsListed(Contract, name="cairn.directory.account.mails_listed.v1", audience="own"):
    """These are all mail addresses of the person."""

    mails: tuple[Mail, ...]


class AccountDescribed(Contract, name="cairn.directory.account.described.v1", audience="own"):
    """All that the identity provider says besides, as it says it."""

    attributes: dict[str, Any]


class AccountSwitchedOff(Contract, name="cairn.directory.account.switched_off.v1", audience="own"):
    """The identity provider lets the person in no more."""


class AccountSwitchedOn(Contract, name="cairn.directory.account.switched_on.v1", audience="own"):
    """The identity provider lets the person in again."""


class LoginLinked(Contract, name="cairn.directory.account.login_linked.v1", audience="own"):
    """Signing in there opens this account."""

    issuer: str
    subject: str


class LoginUnlinked(Contract, name="cairn.directory.account.login_unlinked.v1", audience="own"):
    """Signing in there opens this account no more."""

    issuer: str
    subject: str


class AccountClosed(Contract, name="cairn.directory.account.closed.v1", audience="own"):
    """The person is known outside no more."""


class NameClaimed(Contract, name="cairn.directory.claim.claimed.v1", audience="own"):
    """A name that only one may bear belongs to this holder; the stream stands for the name."""

    holder: UUID


class NameReleased(Contract, name="cairn.directory.claim.released.v1", audience="own"):
    """A name that only one may bear is free again."""

    holder: UUID


class GroupFormed(Contract, name="cairn.directory.group.formed.v1", audience="own"):
    """A group of the identity provider exists; the record's stream is its id."""

    display_name: str
    external_id: str | None = None


class GroupRenamed(Contract, name="cairn.directory.group.renamed.v1", audience="own"):
    """The group's name and external id are these from now on."""

    display_name: str
    external_id: str | None = None


class MembersJoined(Contract, name="cairn.directory.group.members_joined.v1", audience="own"):
    """These people, or groups, belong to the group."""

    members: tuple[UUID, ...]


class MembersLeft(Contract, name="cairn.directory.group.members_left.v1", audience="own"):
    """These people, or groups, belong to the group no more."""

    members: tuple[UUID, ...]


class GroupDissolved(Contract, name="cairn.directory.group.dissolved.v1", audience="own"):
    """The group exists no more."""
