"""Groups bring the roles that the settings name: settled for every member when settings changed."""

import logging
import time
from collections.abc import Mapping
from typing import cast
from uuid import uuid4

from psycopg.types.json import Jsonb

from services.directory.api.scim.known import OwnTables
from services.directory.application.grouping import Grouping
from services.directory.domain.words import Role
from shared.eventing.asking import Asked, hash_of
from shared.eventing.recorder import Pool
from shared.kernel.actors import service
from shared.kernel.names import folded

log = logging.getLogger(__name__)

SETTLED = "SELECT roles FROM scim.roles_of_groups"
SETTLE = """
INSERT INTO scim.roles_of_groups (roles) VALUES (%s)
ON CONFLICT (single) DO UPDATE SET roles = EXCLUDED.roles, settled_at = clock_timestamp()
"""


class TablesAreBehind(RuntimeError):
    """The tables do not show every group yet; this is tried again by itself."""


class GroupRoles:
    """Has every group bring what the settings say, once after each change of them.

    What was settled is noted last: cut off, it is settled again, which records nothing twice.
    """

    schema = "scim-roles"

    def __init__(
        self, pool: Pool, known: OwnTables, grouping: Grouping, roles: Mapping[str, Role]
    ) -> None:
        self._pool, self._known, self._grouping = pool, known, grouping
        self._roles = {folded(name): role for name, role in roles.items()}
        self._is_settled = False

    def step(self, wait_seconds: float = 0.0) -> int:
        """Settle what the settings changed, or wait so long."""
        if self._is_settled:
            time.sleep(wait_seconds)
            return 0
        before = self._settled()
        turned = self._settle(before) if before != self._roles else 0
        self._is_settled = True
        return turned

    def _settled(self) -> dict[str, Role]:
        with self._pool.connection() as connection:
            row = connection.execute(SETTLED).fetchone()
        return cast("dict[str, Role]", row[0]) if row else {}

    def _settle(self, before: Mapping[str, Role]) -> int:
        if not self._known.arrived():
            raise TablesAreBehind(str(TablesAreBehind.__doc__))
        groups = self._known.groups_called([*before, *self._roles])
        for group_id in sorted(groups):
            asked = Asked(
                request_id=f"scim-roles:{uuid4()}",
                actor=service("scim"),
                body_hash=hash_of([str(group_id), sorted(self._roles.items())]),
                correlation="scim-roles",
            )
            self._grouping.bring_other_roles(asked, group_id, before)
        with self._pool.connection() as connection:
            connection.execute(SETTLE, (Jsonb(self._roles),))
        log.warning("the settings changed which groups bring a role: %d groups", len(groups))
        return len(groups)
