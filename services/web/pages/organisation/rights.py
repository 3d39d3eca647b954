"""What the visitor may be offered to change, by their own roles; the directory decides in the end.

Nothing here protects anything: it only leaves out buttons that would end in a refusal. A branch is
a unit with all above it: a role that is held in one of these counts. Without a branch it is the
whole company.
"""

from collections.abc import Collection
from dataclasses import dataclass

from services.web.clients.asking import Answer

# this work as delegations name it
AREA = "directory"


@dataclass(frozen=True)
class Rights:
    """The visitor's roles, each everywhere (``None``) or in one unit and below."""

    roles: tuple[tuple[str, str | None], ...] = ()

    def keep_people(self, branch: Collection[str] = ()) -> bool:
        """Whether they look after the people of a branch."""
        return self._hold(("hr", "admin"), branch)

    def keep_units(self, branch: Collection[str] = ()) -> bool:
        """Whether they found, rename, move and staff units of a branch."""
        return self._hold(("admin",), branch)

    def grant_roles(self, branch: Collection[str] = ()) -> bool:
        """Whether they hand out roles to people of a branch."""
        return self._hold(("admin",), branch)

    @property
    def keep_calendar(self) -> bool:
        """Whether they name periods and mark days."""
        return self._hold(("admin",), ())

    def _hold(self, roles: Collection[str], branch: Collection[str]) -> bool:
        return any(
            role in roles and (scope is None or scope in branch) for role, scope in self.roles
        )


def rights_of(me: Answer) -> Rights:
    """What the roles in the directory's answer about the visitor amount to."""
    return Rights(
        tuple(
            (str(held["role"]), str(held["unit_id"]) if held.get("unit_id") else None)
            for held in me.get("roles") or ()
        )
    )
