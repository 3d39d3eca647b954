"""On which grounds something may be done: each holds or not, and says the same in SQL.

A ground is asked of an asker who is active, and of a thing. In SQL the parts of a thing are
columns; the tables named ``access_…`` are those of ``filtering``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from shared.access.things import Around, Asker, Thing

# part → an SQL expression of one id, or a SELECT of several; mark → an SQL expression of text
Columns = Mapping[str, str]


class Ground(Protocol):
    """A reason why something may be done."""

    def holds(self, asker: Asker, thing: Thing, around: Around) -> bool:
        """Whether the asker may, on this ground."""
        ...

    def could(self, asker: Asker) -> bool:
        """Whether there may be a thing for which it holds; asked before the thing is known."""
        ...

    def asks_about(self, thing: Thing) -> Iterable[UUID]:
        """The people and units whose surroundings must be known to say."""
        ...

    def sql(self, columns: Columns) -> str:
        """The same as a condition on rows."""
        ...


class OfPeople:
    """A ground that depends on the thing, and holds for people alone."""

    def could(self, asker: Asker) -> bool:
        """For anyone, of some thing."""
        return asker.person is not None


class Alone(OfPeople):
    """A ground that needs no surroundings."""

    def asks_about(self, thing: Thing) -> Iterable[UUID]:
        """Nobody's."""
        return ()


@dataclass(frozen=True)
class Anyone(Alone):
    """Whoever is signed in and works here."""

    def holds(self, asker: Asker, thing: Thing, around: Around) -> bool:
        """For every active person."""
        return asker.person is not None

    def sql(self, columns: Columns) -> str:
        """For every active person."""
        return "%(asker)s::uuid IS NOT NULL"


@dataclass(frozen=True)
class Service(Alone):
    """A named service, by its token; whether or not it acts on somebody's behalf."""

    names: tuple[str, ...]

    def could(self, asker: Asker) -> bool:
        """For these services."""
        return asker.service in self.names

    def holds(self, asker: Asker, thing: Thing, around: Around) -> bool:
        """For these services."""
        return asker.service in self.names

    def sql(self, columns: Columns) -> str:
        """For these services."""
        names = ", ".join(f"'{name}'" for name in self.names)
        return f"%(service)s::text IN ({names})"


@dataclass(frozen=True)
class AnyService(Alone):
    """A service in its own name; which one is for the route to say."""

    def could(self, asker: Asker) -> bool:
        """For services that act for nobody."""
        return asker.service is not None and asker.person is None

    def holds(self, asker: Asker, thing: Thing, around: Around) -> bool:
        """For services that act for nobody."""
        return asker.service is not None and asker.person is None

    def sql(self, columns: Columns) -> str:
        """For services that act for nobody."""
        return "(%(service)s::text IS NOT NULL AND %(asker)s::uuid IS NULL)"


@dataclass(frozen=True)
class Is(Alone):
    """The asker is the person in this part."""

    part: str

    def holds(self, asker: Asker, thing: Thing, around: Around) -> bool:
        """When the part names the asker."""
        return asker.person is not None and asker.person in thing.ids(self.part)

    def sql(self, columns: Columns) -> str:
        """When the part names the asker."""
        return among(columns[self.part], "SELECT %(asker)s::uuid")


@dataclass(frozen=True)
class Touches(Alone):
    """The part names the asker or the hand that acts: for what nobody may do to themselves."""

    part: str

    def holds(self, asker: Asker, thing: Thing, around: Around) -> bool:
        """When the part names either."""
        return bool(({asker.person, asker.hand} - {None}) & set(thing.ids(self.part)))

    def sql(self, columns: Columns) -> str:
        """When the part names either."""
        return among(columns[self.part], "SELECT %(asker)s::uuid UNION SELECT %(hand)s::uuid")


@dataclass(frozen=True)
class Above(OfPeople):
    """The asker is above the person in this part: a manager of any kind, or up the line."""

    part: str

    def holds(self, asker: Asker, thing: Thing, around: Around) -> bool:
        """When the asker is above one of them."""
        return any(asker.person in around.above.get(one, ()) for one in thing.ids(self.part))

    def asks_about(self, thing: Thing) -> Iterable[UUID]:
        """The people in the part."""
        return thing.ids(self.part)

    def sql(self, columns: Columns) -> str:
        """When the asker is above one of them."""
        return among(columns[self.part], "SELECT id FROM access_below")


@dataclass(frozen=True)
class Leads(OfPeople):
    """The asker heads (or champions) the unit in this part, one above it, or one where the
    person in it has a post.
    """

    part: str
    by: tuple[str, ...] = ("head", "champion")

    def holds(self, asker: Asker, thing: Thing, around: Around) -> bool:
        """When one of the units around the part is led by the asker."""
        return any(
            lead.person == asker.person and lead.part in self.by
            for one in thing.ids(self.part)
            for lead in around.led_by.get(one, ())
        )

    def asks_about(self, thing: Thing) -> Iterable[UUID]:
        """The units and people in the part."""
        return thing.ids(self.part)

    def sql(self, columns: Columns) -> str:
        """When the part lies in a unit led by the asker."""
        by = ", ".join(f"'{part}'" for part in self.by)
        return among(columns[self.part], f"SELECT id FROM access_led WHERE part IN ({by})")


@dataclass(frozen=True)
class Heads(OfPeople):
    """The asker, or the hand that acts, heads the very unit in this part, not one above it."""

    part: str

    def holds(self, asker: Asker, thing: Thing, around: Around) -> bool:
        """When one of the units is headed by either."""
        who = {asker.person, asker.hand} - {None}
        return any(
            lead.unit == one and lead.part == "head" and lead.person in who
            for one in thing.ids(self.part)
            for lead in around.led_by.get(one, ())
        )

    def asks_about(self, thing: Thing) -> Iterable[UUID]:
        """The units in the part."""
        return thing.ids(self.part)

    def sql(self, columns: Columns) -> str:
        """When one of the units is headed by either."""
        return among(columns[self.part], "SELECT unit FROM access_headed")


@dataclass(frozen=True)
class Holds:
    """The asker holds one of these roles: everywhere, or (with a part) in a unit around it."""

    roles: tuple[str, ...]
    part: str | None = None

    def could(self, asker: Asker) -> bool:
        """For whoever holds one of the roles, somewhere or (without a part) everywhere."""
        if self.part is None:
            return asker.limit is None and any(asker.holds(role, ()) for role in self.roles)
        return any(role in self.roles for role, _ in asker.roles)

    def holds(self, asker: Asker, thing: Thing, around: Around) -> bool:
        """When a role reaches what the part names; without a part only when it holds everywhere,
        and for nobody whose delegation is limited to a unit.
        """
        if self.part is None:
            return self.could(asker)
        ids = thing.ids(self.part)
        units = {unit for one in ids for unit in around.within.get(one, ())}
        return any(asker.holds(role, units) for role in self.roles)

    def asks_about(self, thing: Thing) -> Iterable[UUID]:
        """The units and people in the part."""
        return thing.ids(self.part) if self.part else ()

    def sql(self, columns: Columns) -> str:
        """When a role reaches what the part names."""
        roles = ", ".join(f"'{role}'" for role in self.roles)
        everywhere = f"EXISTS (SELECT FROM access_everywhere WHERE role IN ({roles}))"
        if self.part is None:
            return f"({everywhere} AND %(in_unit)s::uuid IS NULL)"
        below = f"SELECT id FROM access_scope WHERE role IN ({roles})"
        return f"({everywhere} OR {among(columns[self.part], below)})"


@dataclass(frozen=True)
class Marked(Alone):
    """The thing carries one of these words at this mark."""

    mark: str
    words: tuple[str, ...]

    def could(self, asker: Asker) -> bool:
        """For whoever asks, of some thing."""
        return asker.person is not None or asker.service is not None

    def on(self, thing: Thing) -> bool:
        """Whether the thing is marked so, whoever asks."""
        return thing.marks.get(self.mark) in self.words

    def holds(self, asker: Asker, thing: Thing, around: Around) -> bool:
        """When the mark is one of the words."""
        return self.on(thing)

    def sql(self, columns: Columns) -> str:
        """When the mark is one of the words."""
        words = ", ".join(f"'{word}'" for word in self.words)
        return f"coalesce({columns[self.mark]} IN ({words}), false)"


@dataclass(frozen=True)
class Both:
    """Every one of these grounds."""

    grounds: tuple[Ground, ...]

    def could(self, asker: Asker) -> bool:
        """When all could."""
        return all(ground.could(asker) for ground in self.grounds)

    def holds(self, asker: Asker, thing: Thing, around: Around) -> bool:
        """When all hold."""
        return all(ground.holds(asker, thing, around) for ground in self.grounds)

    def asks_about(self, thing: Thing) -> Iterable[UUID]:
        """What any of them asks about; nothing when the thing is not marked so."""
        if any(isinstance(one, Marked) and not one.on(thing) for one in self.grounds):
            return ()
        return [one for ground in self.grounds for one in ground.asks_about(thing)]

    def sql(self, columns: Columns) -> str:
        """When all hold."""
        return "(" + " AND ".join(ground.sql(columns) for ground in self.grounds) + ")"


def among(column: str, ids: str) -> str:
    """Whether a column, or one of the rows of a SELECT, is among these ids."""
    if column.lstrip().upper().startswith("SELECT"):
        # as a value, and not as a join, the ids are looked up once for all rows
        among = f"coalesce(part.id IN ({ids}), false)"
        return f"EXISTS (SELECT FROM ({column}) AS part (id) WHERE {among})"
    return f"coalesce({column} IN ({ids}), false)"
