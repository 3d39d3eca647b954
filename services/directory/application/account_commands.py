"""Everything that can be asked about accounts: the vocabulary page beside ``commands``."""

from uuid import UUID

from pydantic import BaseModel, Field

from services.directory.application.commands import Command


class MailEntry(BaseModel):
    """One mail address of a person."""

    value: str = Field(min_length=3, max_length=254)
    kind: str | None = Field(default=None, max_length=40)
    primary: bool | None = None


class AccountEntry(Command):
    """How one person is known outside."""

    person_id: UUID
    user_name: str = Field(min_length=1, max_length=254)
    external_id: str | None = Field(default=None, min_length=1, max_length=254)
    mails: tuple[MailEntry, ...] = Field(default=(), max_length=20)


class ProvisionAccounts(Command):
    """Open or rename accounts: each stands as described afterwards."""

    accounts: tuple[AccountEntry, ...] = Field(min_length=1, max_length=20_000)


class LinkLogin(Command):
    """Let a login at an OIDC provider open this person's account."""

    person_id: UUID
    issuer: str = Field(min_length=1, max_length=500)
    subject: str = Field(min_length=1, max_length=255)


class UnlinkLogin(Command):
    """Let this login open the account no more."""

    person_id: UUID
    issuer: str = Field(min_length=1, max_length=500)
    subject: str = Field(min_length=1, max_length=255)


class CloseAccounts(Command):
    """Let these people be known outside no more; the people themselves stay."""

    person_ids: tuple[UUID, ...] = Field(min_length=1, max_length=20_000)
