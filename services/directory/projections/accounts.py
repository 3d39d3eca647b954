"""The tables of accounts and groups."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from shared.contracts import accounts as say
from shared.eventing.families import Family, catalogue
from shared.eventing.feeds import Known
from shared.eventing.tables import Tables, Timed
from shared.kernel.names import folded

ACCOUNT = Timed(
    "account",
    ("stream",),
    (
        "person_id",
        "user_name",
        "user_name_key",
        "external_id",
        "mails",
        "mail_keys",
        "attributes",
        "keys",
        "switched_on",
        "opened_at",
        "version",
    ),
)
LOGIN = Timed("account_login", ("stream", "issuer", "subject"), ())
GROUP = Timed(
    "account_group",
    ("group_id",),
    ("display_name", "name_key", "external_id", "formed_at", "version"),
)
MEMBER = Timed("group_member", ("group_id", "member_id"), ())


def project(tables: Tables, records: Sequence[Known]) -> None:
    """Write what these records say; records of other kinds change nothing here."""
    for known in records:
        _account(tables, known)
        _logins(tables, known)
        _groups(tables, known)


def _account(tables: Tables, known: Known) -> None:
    match known.data:
        case say.AccountOpened() as opened:
            values = {
                "person_id": opened.person_id,
                "mails": [],
                "mail_keys": [],
                "attributes": {},
                "keys": {},
                "switched_on": True,
                "opened_at": known.recorded_at,
            }
            _change(tables, known, **values, **_names(opened.user_name, opened.external_id))
        case say.AccountRenamed(user_name=user_name, external_id=external_id):
            _change(tables, known, **_names(user_name, external_id))
        case say.MailsListed(mails=mails):
            keys = [folded(mail.value) for mail in mails]
            _change(tables, known, mails=[mail.model_dump() for mail in mails], mail_keys=keys)
        case say.AccountDescribed(attributes=attributes):
            _change(tables, known, attributes=attributes, keys=_keys(attributes))
        case say.AccountSwitchedOff():
            _change(tables, known, switched_on=False)
        case say.AccountSwitchedOn():
            _change(tables, known, switched_on=True)
        case say.AccountClosed():
            tables.end(ACCOUNT, (known.stream,), known.recorded_at)


def _change(tables: Tables, known: Known, **values: Any) -> None:
    at = known.recorded_at
    tables.change(ACCOUNT, (known.stream,), at, version=known.version, **values)


def _names(user_name: str, external_id: str | None) -> dict[str, Any]:
    return {
        "user_name": user_name,
        "user_name_key": folded(user_name),
        "external_id": external_id,
    }


def _keys(attributes: Mapping[str, Any]) -> dict[str, str]:
    """Every single text by its attribute, in small letters, as it is compared."""
    keys: dict[str, str] = {}
    for name, value in attributes.items():
        if isinstance(value, str):
            keys[name.lower()] = folded(value)
        elif isinstance(value, dict):
            joint = ":" if name.startswith("urn:") else "."
            texts = {part: text for part, text in value.items() if isinstance(text, str)}
            keys |= {f"{name}{joint}{part}".lower(): folded(t) for part, t in texts.items()}
    return keys


def _logins(tables: Tables, known: Known) -> None:
    match known.data:
        case say.LoginLinked(issuer=issuer, subject=subject):
            tables.change(LOGIN, (known.stream, issuer, subject), known.recorded_at)
            _change(tables, known)
        case say.LoginUnlinked(issuer=issuer, subject=subject):
            tables.end(LOGIN, (known.stream, issuer, subject), known.recorded_at)
            _change(tables, known)


def _groups(tables: Tables, known: Known) -> None:
    group, at = known.stream, known.recorded_at
    match known.data:
        case say.GroupFormed(display_name=name, external_id=external_id):
            _rename(tables, known, name, external_id, formed_at=at)
        case say.GroupRenamed(display_name=name, external_id=external_id):
            _rename(tables, known, name, external_id)
        case say.MembersJoined(members=members):
            for member in members:
                tables.change(MEMBER, (group, member), at)
            tables.change(GROUP, (group,), at, version=known.version)
        case say.MembersLeft(members=members):
            for member in members:
                tables.end(MEMBER, (group, member), at)
            tables.change(GROUP, (group,), at, version=known.version)
        case say.GroupDissolved():
            tables.end(GROUP, (group,), at)


def _rename(
    tables: Tables, known: Known, name: str, external_id: str | None, **values: Any
) -> None:
    tables.change(
        GROUP,
        (known.stream,),
        known.recorded_at,
        display_name=name,
        name_key=folded(name),
        external_id=external_id,
        version=known.version,
        **values,
    )


FAMILY = Family(
    name="accounts",
    feed=say.FEED,
    ddl=Path(__file__).with_name("accounts.sql"),
    project=project,
    contracts=catalogue(
        say.AccountOpened,
        say.AccountRenamed,
        say.MailsListed,
        say.AccountDescribed,
        say.AccountSwitchedOff,
        say.AccountSwitchedOn,
        say.LoginLinked,
        say.LoginUnlinked,
        say.AccountClosed,
        say.GroupFormed,
        say.GroupRenamed,
        say.MembersJoined,
        say.MembersLeft,
        say.GroupDissolved,
    ),
)
