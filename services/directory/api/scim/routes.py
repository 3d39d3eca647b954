"""All doors of SCIM, put together."""

from collections.abc import Sequence

from fastapi import APIRouter

from services.directory.api.scim.door import scim_routes
from services.directory.api.scim.group_roles import GroupRoles
from services.directory.api.scim.issuing import token_routes
from services.directory.api.scim.known import OwnTables
from services.directory.api.scim.storage import Doors
from services.directory.api.scim.tokens import Tokens
from services.directory.application.grouping import Grouping
from services.directory.application.provisioning import Provisioning
from services.directory.domain.words import Role
from shared.http.service import Service


def routes(service: Service, roles: dict[str, Role], public_url: str) -> Sequence[APIRouter]:
    """Provisioning and its tokens; ``roles`` maps a group's name to the role it brings."""
    known = OwnTables(service.pool, service.followed)
    grouping = Grouping(service.journal, known, roles, service.clock)
    provisioning = Provisioning(
        service.journal, known, grouping, service.clock, service.settings.time_zone
    )
    tokens = Tokens(service.pool)
    doors = Doors(service.pool, provisioning, grouping, known.arrived)
    return [scim_routes(doors, tokens, public_url), token_routes(tokens)]


def roles_of_groups(service: Service, roles: dict[str, Role]) -> GroupRoles:
    """What settles which groups bring a role, beside the followers."""
    known = OwnTables(service.pool, service.followed)
    grouping = Grouping(service.journal, known, roles, service.clock)
    return GroupRoles(service.pool, known, grouping, roles)
