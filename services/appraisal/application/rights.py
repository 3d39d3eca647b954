"""Who may ask for what, decided on people's roles and lines of today."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from services.appraisal.application.premises import People
from services.appraisal.domain.errors import (
    NobodyAsks,
    NotEmployedToday,
    OnlyHr,
    OnlyHrAndExecutives,
    OnlyManagersAndHr,
)
from services.appraisal.domain.facts import Plan
from shared.kernel.actors import Actor

HR = "hr"
EXECUTIVE = "executive"


class Rights:
    """The rules of who may ask; each refuses, or answers the person."""

    def __init__(self, people: People) -> None:
        self._people = people

    def person(self, actor: Actor, day: date) -> UUID:
        """The person who answers for the request, and works here on this day."""
        if actor.person is None:
            raise NobodyAsks
        person = UUID(actor.person)
        if not self._people.works_here(person, day):
            raise NotEmployedToday
        return person

    def hr(self, actor: Actor, units: Sequence[UUID], day: date) -> UUID:
        """Someone with the HR role for these units (or, with none, everywhere)."""
        person = self.person(actor, day)
        if not self._people.holds(person, HR, units, day):
            raise OnlyHr
        return person

    def signer(self, actor: Actor, day: date) -> UUID:
        """Someone with the HR or the executive role, everywhere."""
        person = self.person(actor, day)
        if not any(self._people.holds(person, role, [], day) for role in (HR, EXECUTIVE)):
            raise OnlyHrAndExecutives
        return person

    def manager_or_hr(self, actor: Actor, plan: Plan, day: date) -> UUID:
        """The manager named in the plan, someone above the subject, or HR."""
        person = self.person(actor, day)
        line = (plan.manager, *self._people.managers_of(plan.subject, day))
        units = [plan.governing.unit]
        if person not in line and not self._people.holds(person, HR, units, day):
            raise OnlyManagersAndHr
        return person
