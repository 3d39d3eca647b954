"""What is true of a person once some facts are known."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self
from uuid import UUID

from services.directory.domain import person_life as life
from services.directory.domain.forgetting import Erasure
from services.directory.domain.words import ManagerKind, Role
from shared.kernel.facts import Fact

Term = tuple[date, date | None]


@dataclass(frozen=True)
class PersonState:
    """A person as the facts left them; of what is dated, the statement recorded last."""

    employed_from: date | None = None
    name: tuple[str, str] = ("", "")
    locale: tuple[str, str] = ("", "")
    posts: dict[UUID, tuple[str, int]] = field(default_factory=dict)
    managers: dict[ManagerKind, UUID] = field(default_factory=dict)
    roles: dict[tuple[Role, UUID | None], Term] = field(default_factory=dict)
    last_day: date | None = None
    active: bool = True
    handed_over: tuple[UUID, date] | None = None
    delegations: dict[UUID, life.DelegationGiven] = field(default_factory=dict)
    ended: frozenset[UUID] = frozenset()
    erasure: Erasure = field(default_factory=Erasure)

    def after(self, fact: Fact) -> Self:
        """The person once this fact is known; assigns, never judges."""
        changes = self._employed(fact) or self._placed(fact) or self._entrusted(fact)
        changes["erasure"] = self.erasure.after(fact)
        # a frozen dataclass's own way of setting fields takes ten times as long
        later = object.__new__(type(self))
        later.__dict__.update(self.__dict__, **changes)
        return later

    def _employed(self, fact: Fact) -> dict[str, Any]:
        match fact:
            case life.Employed(employed_from=day):
                return {
                    "employed_from": day,
                    "last_day": None,
                    "active": True,
                    "handed_over": None,
                }
            case life.Named(name=name, name_en=name_en):
                return {"name": (name, name_en)}
            case life.Localised(locale=locale, time_zone=zone):
                return {"locale": (locale, zone)}
            case life.EmploymentEnded(last_day=last_day):
                return {"last_day": last_day}
            case life.Deactivated():
                return {"active": False}
            case life.Reactivated():
                return {"active": True, "handed_over": None}
            case life.HandedOver(to=to, effective_from=day):
                return {"handed_over": (to, day)}
        return {}

    def _placed(self, fact: Fact) -> dict[str, Any]:
        match fact:
            case life.PostAssigned(unit_id=unit_id, title=title, share=share):
                return {"posts": {**self.posts, unit_id: (title, share)}}
            case life.PostEnded(unit_id=ended):
                return {"posts": {u: p for u, p in self.posts.items() if u != ended}}
            case life.ManagerAssigned(kind=kind, manager_id=manager_id):
                return {"managers": {**self.managers, kind: manager_id}}
            case life.ManagerEnded(kind=kind):
                return {"managers": {k: m for k, m in self.managers.items() if k != kind}}
        return {}

    def _entrusted(self, fact: Fact) -> dict[str, Any]:
        match fact:
            case life.RoleGranted(role=role, unit_id=unit_id) as granted:
                term = (granted.effective_from, granted.expires_on)
                return {"roles": {**self.roles, (role, unit_id): term}}
            case life.RoleRevoked(role=role, unit_id=unit_id):
                return {"roles": {k: v for k, v in self.roles.items() if k != (role, unit_id)}}
            case life.DelegationGiven(delegation_id=given):
                return {"delegations": {**self.delegations, given: fact}}
            case life.DelegationEnded(delegation_id=ended):
                return {"ended": self.ended | {ended}}
        return {}
