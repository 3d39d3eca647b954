"""What has happened: a fact, and the envelope the log puts around it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.kernel.actors import Actor
from shared.kernel.erased import erased_like
from shared.kernel.ids import id_of

NEVER = datetime.min.replace(tzinfo=UTC)
STREAM = "the stream"
WRITER = "the writer"
AGGREGATE = "the aggregate"


class UnknownFact(LookupError):
    """A stored name that no loaded module declares."""


class NoWayUp(LookupError):
    """A fact was stored in an older schema version that its class does not lift."""


class Fact(BaseModel):
    """One thing that happened, in domain words: ids and values only, nothing derived.

    Subclasses name themselves for ever: ``class Reworded(Fact, name="goals.Objective.Reworded")``.
    ``schema=2`` marks a grown shape; ``upcast`` then lifts the older stored bodies.
    ``personal=("name",)`` marks fields that are stored under a person's own key and can be erased;
    ``about`` says whose: ``STREAM`` (the stream is the person's), ``WRITER`` (who caused the fact),
    ``AGGREGATE`` (its ``subject`` says so), or the name of a field that holds the person's id (the
    stream, where that is empty).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    stored_name: ClassVar[str] = ""
    schema_version: ClassVar[int] = 1
    personal_fields: ClassVar[tuple[str, ...]] = ()
    personal_of: ClassVar[str] = STREAM
    erased_values: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(
        cls,
        *,
        name: str = "",
        schema: int = 1,
        personal: tuple[str, ...] = (),
        about: str = STREAM,
        **config: Any,
    ) -> None:
        super().__init_subclass__(**config)

    @classmethod
    def __pydantic_init_subclass__(
        cls,
        *,
        name: str = "",
        schema: int = 1,
        personal: tuple[str, ...] = (),
        about: str = STREAM,
        **kwargs: Any,
    ) -> None:
        """Enter the subclass in the register of stored names; a name taken twice is a defect."""
        super().__pydantic_init_subclass__(**kwargs)
        if personal:
            cls._mark(personal, about)
        if not name:
            return
        known = _by_name.get(name)
        if known is not None and known.__qualname__ != cls.__qualname__:
            raise TypeError(f"stored name {name!r} is taken by {known!r}")
        cls.stored_name, cls.schema_version = name, schema
        _by_name[name] = cls

    @classmethod
    def _mark(cls, personal: tuple[str, ...], about: str) -> None:
        unknown = {*personal, *({about} - {STREAM, WRITER, AGGREGATE})} - set(cls.model_fields)
        if unknown or about in personal:
            raise TypeError(f"{cls.__qualname__}: no such fields to mark: {sorted(unknown)}")
        cls.personal_fields, cls.personal_of = personal, about
        cls.erased_values = {f: erased_like(cls.model_fields[f].annotation) for f in personal}

    @classmethod
    def upcast(cls, body: dict[str, Any], stored_version: int) -> dict[str, Any]:
        """The body of an older schema version in today's shape; overridden when a schema grows."""
        raise NoWayUp(f"{cls.stored_name} from version {stored_version}: {sorted(body)}")


_by_name: dict[str, type[Fact]] = {}


def fact_named(name: str) -> type[Fact]:
    """The fact class that is stored under this name; refused as UnknownFact when there is none."""
    try:
        return _by_name[name]
    except KeyError:
        raise UnknownFact(name) from None


def stored_names() -> list[str]:
    """Every stored name that the loaded modules declare, sorted."""
    return sorted(_by_name)


class Premise(BaseModel):
    """What was known from elsewhere when a decision was taken: the source, up to which position."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    position: int
    says: dict[str, Any] = {}


class Envelope(BaseModel):
    """Who caused a fact and on what grounds; shared by all facts of one request."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    actor: Actor
    cause: str | None = None
    correlation: str | None = None
    policy_version: int | None = None
    rule: str | None = None
    premises: tuple[Premise, ...] = ()


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact as the log keeps it: the body, its place in stream and log, and its envelope.

    ``subject`` is whose its personal fields are, where the aggregate said so.
    """

    fact: Fact
    stream: UUID
    version: int
    envelope: Envelope
    feed: str = ""
    position: int = 0
    previous: int = 0
    recorded_at: datetime = field(default=NEVER)
    subject: UUID | None = None


def subject_of(recorded: Recorded) -> UUID:
    """Whose the personal fields of a fact are: the person under whose key they are stored.

    A service that acts for nobody has a subject of its own, whom no one can forget.
    """
    about, actor = recorded.fact.personal_of, recorded.envelope.actor
    if about == WRITER:
        return _as_id(actor.hand or actor.id)
    if about in (STREAM, AGGREGATE):
        return recorded.subject or recorded.stream
    return getattr(recorded.fact, about) or recorded.stream


def _as_id(actor: str) -> UUID:
    try:
        return UUID(actor)
    except ValueError:
        return id_of("service", actor)
