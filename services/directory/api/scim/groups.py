"""Groups of SCIM out of rows, and groups to be provisioned out of groups of SCIM."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from scim2_models import InvalidValueException, Resource

from services.directory.api.scim.meta import meta
from services.directory.api.scim.provider import GROUP
from services.directory.application.provisioned import ProvisionedGroup

SELECT = """
SELECT g.group_id, g.display_name, g.external_id, g.formed_at, lower(g.during) AS changed_at,
       g.version,
       coalesce((SELECT json_agg(json_build_object('value', m.member_id,
                     'is_group', inner_g.group_id IS NOT NULL) ORDER BY m.member_id)
                 FROM group_member m
                 LEFT JOIN account_group inner_g ON inner_g.group_id = m.member_id
                       AND upper_inf(inner_g.during)
                 WHERE m.group_id = g.group_id AND upper_inf(m.during)), '[]') AS members
FROM account_group g
"""
WITHOUT_MEMBERS = """
SELECT g.group_id, g.display_name, g.external_id, g.formed_at, lower(g.during) AS changed_at,
       g.version, '[]'::json AS members
FROM account_group g
"""


def shown(row: Mapping[str, Any]) -> Resource[Any]:
    """The group of this row."""
    return GROUP.model_validate(
        {
            "id": str(row["group_id"]),
            "displayName": row["display_name"],
            "externalId": row["external_id"],
            "members": [_member(member) for member in row["members"]] or None,
            "meta": meta("Group", row["formed_at"], row["changed_at"], row["version"]),
        }
    )


def said(group: Resource[Any], group_id: UUID) -> ProvisionedGroup:
    """What the identity provider says with this group; members have ids that were given here."""
    told = group.model_dump()
    return ProvisionedGroup(
        group_id=group_id,
        display_name=told["displayName"],
        external_id=told.get("externalId"),
        members=frozenset(_id_of(member) for member in told.get("members", ())),
    )


def _member(member: Mapping[str, Any]) -> dict[str, Any]:
    kind = "Group" if member["is_group"] else "User"
    return {"value": member["value"], "type": kind, "$ref": f"{kind}s/{member['value']}"}


def _id_of(member: Mapping[str, Any]) -> UUID:
    value = member.get("value") or str(member.get("$ref", "")).rsplit("/", 1)[-1]
    try:
        return UUID(str(value))
    except ValueError as error:
        raise InvalidValueException(detail=f"members: there is no {value!r}") from error
