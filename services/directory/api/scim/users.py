"""Users of SCIM out of rows of accounts, and people to be provisioned out of users of SCIM."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from scim2_models import Resource

from services.directory.api.scim.meta import meta
from services.directory.api.scim.provider import USER
from services.directory.application.provisioned import ProvisionedPerson
from services.directory.domain.account import Mail
from services.directory.domain.provisioned import ENTERPRISE

# what stands in columns of its own, comes from elsewhere, or is never kept
APART = (
    "schemas",
    "id",
    "externalId",
    "meta",
    "userName",
    "active",
    "emails",
    "groups",
    "password",
)
# kept where the identity provider took back what it had said of ``active``
UNSAID = "activeUnsaid"

SELECT = """
SELECT a.person_id, a.user_name, a.external_id, a.mails, a.attributes, a.switched_on, a.opened_at,
       lower(a.during) AS changed_at, a.version,
       coalesce((SELECT json_agg(json_build_object('value', g.group_id, 'display', g.display_name)
                    ORDER BY g.display_name)
                 FROM group_member m JOIN account_group g ON g.group_id = m.group_id
                 WHERE m.member_id = a.person_id AND upper_inf(m.during) AND upper_inf(g.during)),
                '[]') AS groups
FROM account a
"""


def shown(row: Mapping[str, Any]) -> Resource[Any]:
    """The user of this row."""
    told: dict[str, Any] = {
        **row["attributes"],
        "id": str(row["person_id"]),
        "userName": row["user_name"],
        "externalId": row["external_id"],
        "active": None if UNSAID in row["attributes"] else row["switched_on"],
        "emails": [_mail(mail) for mail in row["mails"]] or None,
        "groups": [_group(group) for group in row["groups"]] or None,
        "meta": meta("User", row["opened_at"], row["changed_at"], row["version"]),
    }
    told.pop(UNSAID, None)
    if manager := told.get(ENTERPRISE, {}).get("manager"):
        told[ENTERPRISE] = {**told[ENTERPRISE], "manager": _manager(manager)}
    return USER.model_validate(told)


def said(user: Resource[Any], person_id: UUID, *, new: bool = False) -> ProvisionedPerson:
    """What the identity provider says with this user; who is not said to be inactive is active."""
    told = user.model_dump()
    attributes = {name: value for name, value in told.items() if name not in APART}
    if manager := attributes.get(ENTERPRISE, {}).get("manager"):
        kept = {"value": _manager_id(manager)}
        attributes[ENTERPRISE] = {**attributes[ENTERPRISE], "manager": kept}
    if "active" not in told and not new:
        attributes[UNSAID] = True
    return ProvisionedPerson(
        person_id=person_id,
        user_name=told["userName"],
        external_id=told.get("externalId"),
        mails=tuple(_mails(told.get("emails", ()))),
        attributes=attributes,
        active=told.get("active", True),
    )


def _mails(emails: Sequence[Mapping[str, Any]]) -> list[Mail]:
    return [
        Mail(
            value=mail["value"],
            kind=mail.get("type"),
            primary=mail.get("primary"),
            display=mail.get("display"),
        )
        for mail in emails
        if mail.get("value")
    ]


def _mail(mail: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: mail[name] for name in ("value", "display", "primary")}
    return told | {"type": mail["kind"]}


def _group(group: Mapping[str, Any]) -> dict[str, Any]:
    return {**group, "$ref": f"Groups/{group['value']}", "type": "direct"}


def _manager(manager: Mapping[str, Any]) -> dict[str, Any]:
    return {"value": manager["value"], "$ref": f"Users/{manager['value']}"}


def _manager_id(manager: Mapping[str, Any]) -> str:
    value = manager.get("value") or str(manager.get("$ref", "")).rsplit("/", 1)[-1]
    return str(value)
