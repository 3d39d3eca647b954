"""What the visitor may be offered to change, by their own roles; the directory decides in the end.

Nothing here protects anything: it only leaves out buttons that would end in a refusal.
"""

from collections.abc import Collection
from dataclasses import dataclass

from services.web.clients.asking import Answer

KEEPERS = ("hr", "admin")


@dataclass(frozen=True)
class Rights:
    """The visitor's roles, each everywhere (``None``) or in one unit and below."""

    roles: tuple[tuple[str, str | None], ...] = ()

    def keep(self, branch: Collection[str] = ()) -> bool:
        """Whether they look after people and units of a branch: the unit's and those above it.

        Without a branch: everywhere.
        """
        return any(
            role in KEEPERS and (scope is None or scope in branch) for role, scope in self.roles
        )

    @property
    def grant(self) -> bool:
        """Whether they hand out roles."""
        return any(role == "admin" and scope is None for role, scope in self.roles)


def rights_of(me: Answer) -> Rights:
    """What the roles in the directory's answer about the visitor amount to."""
    return Rights(
        tuple(
            (str(held["role"]), str(held["unit_id"]) if held.get("unit_id") else None)
            for held in me.get("roles") or ()
        )
    )
