"""Random organisations: one in memory, judged plainly, and the same in tables."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

import psycopg

from shared.access.organisation import Organisation
from shared.access.refusals_of_delegates import DelegationDoesNotHold
from shared.access.things import EVERYWHERE, Around, Asker, Lead
from shared.kernel.actors import Actor, person

TODAY = date(2026, 8, 14)
ROLES = ("hr", "executive", "auditor", "admin")
TABLES = """
CREATE TABLE people (person uuid PRIMARY KEY);
CREATE TABLE posts (person uuid, unit uuid);
CREATE TABLE managers (person uuid, manager uuid, kind text);
CREATE TABLE roles (person uuid, role text, unit uuid);
CREATE TABLE parents (unit uuid, parent uuid);
CREATE TABLE leads (unit uuid, person uuid, part text);
CREATE TABLE delegations (id uuid, giver uuid, receiver uuid, unit uuid, areas text[]);
"""
NAMES = Organisation(
    people="SELECT person FROM people",
    posts="SELECT person, unit FROM posts",
    managers="SELECT person, manager, kind FROM managers",
    roles="SELECT person, role, unit FROM roles",
    parents="SELECT unit, parent FROM parents",
    leads="SELECT unit, person, part FROM leads",
    delegations="SELECT id, giver, receiver, unit, areas FROM delegations",
    area="goals",
)


@dataclass
class Company:
    """Who is who, as plain pairs; circles of managers included, for the worst case."""

    people: set[UUID] = field(default_factory=set)
    posts: set[tuple[UUID, UUID]] = field(default_factory=set)
    managers: set[tuple[UUID, UUID, str]] = field(default_factory=set)
    roles: set[tuple[UUID, str, UUID]] = field(default_factory=set)
    parents: dict[UUID, UUID] = field(default_factory=dict)
    leads: set[tuple[UUID, UUID, str]] = field(default_factory=set)
    delegations: list[tuple[UUID, UUID, UUID, UUID | None, list[str]]] = field(default_factory=list)
    units: list[UUID] = field(default_factory=list)
    known: list[UUID] = field(default_factory=list)

    def asker(self, actor: Actor, today: date) -> Asker:
        """Who this actor is."""
        if actor.person is None:
            return Asker(service=actor.id)
        if actor.delegation is not None:
            return self._delegate(actor)
        who_asks = UUID(actor.person)
        held = frozenset((role, unit) for who, role, unit in self.roles if who == who_asks)
        service = actor.id if actor.kind == "service" else None
        hand = None if service else who_asks
        return Asker(who_asks, hand, service, who_asks in self.people, held)

    def _delegate(self, actor: Actor) -> Asker:
        hand, giver = person(actor.id), person(actor.on_behalf_of)
        own = self.asker(hand, TODAY)
        for one, gives, receives, unit, areas in self.delegations:
            if (str(one), str(gives), str(receives)) == (actor.delegation, giver.id, hand.id):
                if not own.active:
                    return own
                if gives not in self.people:
                    raise DelegationDoesNotHold
                if "all" not in areas and "goals" not in areas:
                    return replace(own, uncovered=True)
                return replace(self.asker(giver, TODAY), hand=receives, limit=unit)
        raise DelegationDoesNotHold

    def around(self, ids: Iterable[UUID], today: date) -> Around:
        """What lies around these people and units, found by walking."""
        wanted = list(ids)
        within = {one: self._within(one) for one in wanted}
        return Around(
            {one: self._above(one) for one in wanted},
            within,
            {
                one: {Lead(p, part, u) for u, p, part in self.leads if u in within[one]}
                for one in wanted
            },
        )

    def _above(self, person: UUID) -> set[UUID]:
        reached = {manager for who, manager, _ in self.managers if who == person}
        waiting = list(reached)
        while waiting:
            step = waiting.pop()
            for who, manager, kind in self.managers:
                if who == step and kind == "line" and manager not in reached:
                    reached.add(manager)
                    waiting.append(manager)
        return reached - {person}

    def _within(self, one: UUID) -> set[UUID]:
        found = {one, *(unit for person, unit in self.posts if person == one)}
        waiting = list(found)
        while waiting:
            parent = self.parents.get(waiting.pop())
            if parent is not None and parent not in found:
                found.add(parent)
                waiting.append(parent)
        return found

    def write(self, connection: psycopg.Connection[Any]) -> None:
        """The same in the tables, in place of what was there."""
        rows: dict[str, Iterable[tuple[Any, ...]]] = {
            "people": [(one,) for one in self.people],
            "posts": self.posts,
            "managers": self.managers,
            "roles": self.roles,
            "parents": self.parents.items(),
            "leads": self.leads,
            "delegations": self.delegations,
        }
        for table, held in rows.items():
            connection.execute(f"TRUNCATE {table}")
            with connection.cursor().copy(f"COPY {table} FROM STDIN") as copy:
                for row in held:
                    copy.write_row(row)


def companies(seed: int, how_many: int) -> Iterator[tuple[Company, Random]]:
    """Random companies of a few people and units, always the same for a seed."""
    for n in range(how_many):
        random = Random(f"{seed}/{n}")
        yield _company(random), random


def _company(random: Random) -> Company:
    made = Company()
    made.known = [UUID(int=random.getrandbits(128)) for _ in range(random.randint(1, 14))]
    made.units = [UUID(int=random.getrandbits(128)) for _ in range(random.randint(1, 8))]
    made.people = {one for one in made.known if random.random() < 0.9}
    for n, unit in enumerate(made.units):
        if n and random.random() < 0.9:
            made.parents[unit] = random.choice(made.units[:n])
        for part in ("head", "champion"):
            if random.random() < 0.6:
                made.leads.add((unit, random.choice(made.known), part))
    for one in made.known:
        for _ in range(random.randint(0, 2)):
            made.posts.add((one, random.choice(made.units)))
            kind = random.choice(("line", "line", "functional", "project"))
            made.managers.add((one, random.choice(made.known), kind))
        if random.random() < 0.3:
            where = random.choice([EVERYWHERE, *made.units])
            made.roles.add((one, random.choice(ROLES), where))
    for _ in range(random.randint(0, 6)):
        made.delegations.append(_delegation(made, random))
    return made


def _delegation(made: Company, random: Random) -> tuple[UUID, UUID, UUID, UUID | None, list[str]]:
    unit = random.choice([None, None, *made.units])
    areas = random.choice((["all"], ["goals", "metrics"], ["goals"], ["appraisal"]))
    one = UUID(int=random.getrandbits(128))
    return one, random.choice(made.known), random.choice(made.known), unit, areas
