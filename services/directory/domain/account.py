"""How a person is known outside: to identity providers, mail servers and when signing in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.directory.domain.account_errors import AccountUnknown, AlreadyHasAccount
from shared.kernel.facts import AGGREGATE, Fact
from shared.kernel.ids import id_of


class Mail(BaseModel):
    """One mail address; ``kind`` such as ``work``, ``primary`` for the one to write to."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: str
    kind: str | None = None
    primary: bool | None = None
    display: str | None = None


class Login(BaseModel):
    """An identity at an OIDC provider that opens this account."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    issuer: str
    subject: str


# What can have happened


class Opened(
    Fact,
    name="directory.Account.Opened",
    personal=("user_name", "external_id"),
    about=AGGREGATE,
):
    """The person is known outside by this name, and to the identity provider by its own id."""

    person_id: UUID
    user_name: str
    external_id: str | None


class Renamed(
    Fact,
    name="directory.Account.Renamed",
    personal=("user_name", "external_id"),
    about=AGGREGATE,
):
    """User name and external id are these from now on."""

    user_name: str
    external_id: str | None


class MailsListed(Fact, name="directory.Account.MailsListed", personal=("mails",), about=AGGREGATE):
    """These are all mail addresses of the person."""

    mails: tuple[Mail, ...]


class Described(
    Fact, name="directory.Account.Described", personal=("attributes",), about=AGGREGATE
):
    """All that the identity provider says besides, as it says it: the directory has no word for
    it.
    """

    attributes: dict[str, Any]


class SwitchedOff(Fact, name="directory.Account.SwitchedOff"):
    """The identity provider lets the person in no more."""


class SwitchedOn(Fact, name="directory.Account.SwitchedOn"):
    """The identity provider lets the person in again."""


class LoginLinked(
    Fact, name="directory.Account.LoginLinked", personal=("subject",), about=AGGREGATE
):
    """Signing in there opens this account."""

    issuer: str
    subject: str


class LoginUnlinked(
    Fact, name="directory.Account.LoginUnlinked", personal=("subject",), about=AGGREGATE
):
    """Signing in there opens this account no more."""

    issuer: str
    subject: str


class Closed(Fact, name="directory.Account.Closed"):
    """The person is known outside no more; names and logins are free for others."""


# What can be asked


@dataclass(frozen=True)
class Account:
    """A person's names outside: opened, renamed, linked to logins, switched off and on, closed."""

    person_id: UUID | None = None
    user_name: str = ""
    external_id: str | None = None
    mails: tuple[Mail, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)
    logins: frozenset[Login] = frozenset()
    switched_on: bool = True
    is_open: bool = False

    @property
    def subject(self) -> UUID | None:
        """Whose names these are."""
        return self.person_id

    def open(self, person_id: UUID, user_name: str, external_id: str | None) -> Iterator[Fact]:
        """Be known by these names; refused when there is an account already."""
        if self.is_open:
            raise AlreadyHasAccount(field="user_name", user_name=self.user_name)
        yield Opened(person_id=person_id, user_name=user_name, external_id=external_id)

    def rename(self, user_name: str, external_id: str | None) -> Iterator[Fact]:
        """Be known by other names; the same ones record nothing."""
        if (user_name, external_id) != (self.user_name, self.external_id):
            yield Renamed(user_name=user_name, external_id=external_id)

    def list_mails(self, mails: Iterable[Mail]) -> Iterator[Fact]:
        """Have exactly these mail addresses."""
        listed = tuple(mails)
        if listed != self.mails:
            yield MailsListed(mails=listed)

    def describe(self, attributes: Mapping[str, Any]) -> Iterator[Fact]:
        """Be described so by the identity provider."""
        if attributes != self.attributes:
            yield Described(attributes=dict(attributes))

    def switch(self, *, on: bool) -> Iterator[Fact]:
        """Be let in by the identity provider, or not."""
        if on != self.switched_on:
            yield SwitchedOn() if on else SwitchedOff()

    def link(self, person_id: UUID, login: Login) -> Iterator[Fact]:
        """Be opened by this login; refused where there is no account."""
        if not self.is_open:
            raise AccountUnknown(field="person_id", person_id=person_id)
        if login not in self.logins:
            yield LoginLinked(issuer=login.issuer, subject=login.subject)

    def unlink(self, login: Login) -> Iterator[Fact]:
        """Be opened by this login no more."""
        if login in self.logins:
            yield LoginUnlinked(issuer=login.issuer, subject=login.subject)

    def close(self) -> Iterator[Fact]:
        """Be known outside no more, and be opened by no login; twice records nothing."""
        if not self.is_open:
            return
        for login in sorted(self.logins, key=lambda one: (one.issuer, one.subject)):
            yield LoginUnlinked(issuer=login.issuer, subject=login.subject)
        yield Closed()

    # What is true afterwards

    def after(self, fact: Fact) -> "Account":
        """The account once this fact is known; assigns, never judges."""
        match fact:
            case Opened(person_id=person_id, user_name=user_name, external_id=external_id):
                return Account(person_id, user_name, external_id, is_open=True)
            case Renamed(user_name=user_name, external_id=external_id):
                return replace(self, user_name=user_name, external_id=external_id)
            case MailsListed(mails=mails):
                return replace(self, mails=mails)
            case Described(attributes=attributes):
                return replace(self, attributes=attributes)
            case SwitchedOff() | SwitchedOn():
                return replace(self, switched_on=isinstance(fact, SwitchedOn))
            case LoginLinked(issuer=issuer, subject=subject):
                return replace(self, logins=self.logins | {Login(issuer=issuer, subject=subject)})
            case LoginUnlinked(issuer=issuer, subject=subject):
                return replace(self, logins=self.logins - {Login(issuer=issuer, subject=subject)})
            case Closed():
                return replace(self, is_open=False)
        return self


def account_of(person_id: UUID) -> UUID:
    """The stream of this person's account."""
    return id_of("account", person_id)
