"""What can have happened to a person."""

from datetime import date
from typing import Any
from uuid import UUID

from services.directory.domain.words import Area, ManagerKind, Role
from shared.kernel.facts import Fact


class Employed(Fact, name="directory.Person.Employed"):
    """A person works here from this day on."""

    employed_from: date


class Named(Fact, name="directory.Person.Named", personal=("name", "name_en")):
    """What the person is called, at home and in English."""

    name: str
    name_en: str


class Localised(Fact, name="directory.Person.Localised"):
    """In which language and time zone the person reads."""

    locale: str
    time_zone: str


class PostAssigned(Fact, name="directory.Person.PostAssigned"):
    """The person holds a post; ``share`` is basis points of full time."""

    unit_id: UUID
    title: str
    share: int
    effective_from: date


class PostEnded(Fact, name="directory.Person.PostEnded"):
    """The person left the post in this unit; the last day is inclusive."""

    unit_id: UUID
    last_day: date


class ManagerAssigned(Fact, name="directory.Person.ManagerAssigned"):
    """From this day on this is the person's manager of this kind."""

    kind: ManagerKind
    manager_id: UUID
    effective_from: date


class ManagerEnded(Fact, name="directory.Person.ManagerEnded"):
    """The person has no manager of this kind after this day."""

    kind: ManagerKind
    last_day: date


class RoleGranted(Fact, name="directory.Person.RoleGranted", schema=2):
    """The person holds a role, in one unit and below or everywhere, perhaps until a day; and why,
    where somebody said.
    """

    role: Role
    unit_id: UUID | None
    effective_from: date
    expires_on: date | None
    reason: str | None = None

    @classmethod
    def upcast(cls, body: dict[str, Any], stored_version: int) -> dict[str, Any]:
        """In version 1 nobody was asked why."""
        return body | ({"reason": None} if stored_version == 1 else {})


class RoleRevoked(Fact, name="directory.Person.RoleRevoked", schema=2):
    """The role was taken back; and why, where somebody said."""

    role: Role
    unit_id: UUID | None
    reason: str | None = None

    @classmethod
    def upcast(cls, body: dict[str, Any], stored_version: int) -> dict[str, Any]:
        """In version 1 nobody was asked why."""
        return body | ({"reason": None} if stored_version == 1 else {})


class EmploymentEnded(Fact, name="directory.Person.EmploymentEnded"):
    """This was the person's last day."""

    last_day: date


class Deactivated(Fact, name="directory.Person.Deactivated"):
    """From this instant on the person cannot act; employment, posts and history stay."""


class Reactivated(Fact, name="directory.Person.Reactivated"):
    """From this instant on the person can act again."""


class HandedOver(Fact, name="directory.Person.HandedOver"):
    """What this person was charged with is somebody else's from this day on."""

    to: UUID
    effective_from: date


class DelegationGiven(Fact, name="directory.Person.DelegationGiven"):
    """From the first to the last day somebody may act for this person in these areas, everywhere or
    in one unit and below; never in this person's own appraisal.
    """

    delegation_id: UUID
    to: UUID
    scope: tuple[Area, ...]
    unit_id: UUID | None
    first: date
    last: date


class DelegationEnded(Fact, name="directory.Person.DelegationEnded"):
    """Nobody may act any more under this delegation."""

    delegation_id: UUID
