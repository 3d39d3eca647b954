"""Who acts."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Actor(BaseModel):
    """A person, or a named service acting for one; recorded with every fact.

    ``id`` is a person id (UUID as text) or a service name such as ``import``;
    ``on_behalf_of`` is the person for whom a service or a delegate acts; ``delegation`` is the id
    under which a delegate acts.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["person", "service"]
    id: str
    on_behalf_of: str | None = None
    delegation: str | None = None

    @property
    def person(self) -> str | None:
        """The person whose act it is: whoever is acted for, else who acts; ``None`` when a service
        acts for nobody.
        """
        return self.on_behalf_of or (self.id if self.kind == "person" else None)

    @property
    def hand(self) -> str | None:
        """The person who does it: the delegate under a delegation; else as ``person``."""
        return self.id if self.kind == "person" else self.on_behalf_of

    @property
    def stands_in(self) -> bool:
        """Whether a person says that they act for another."""
        return self.kind == "person" and (self.on_behalf_of, self.delegation) != (None, None)


def person(person_id: object) -> Actor:
    """The actor that is this person."""
    return Actor(kind="person", id=str(person_id))


def standing_in(hand: object, giver: object, delegation: object) -> Actor:
    """The actor that is this person, acting for another under a delegation."""
    return Actor(kind="person", id=str(hand), on_behalf_of=str(giver), delegation=str(delegation))


def service(name: str, on_behalf_of: object | None = None) -> Actor:
    """The actor that is this named service, perhaps on someone's behalf."""
    return Actor(kind="service", id=name, on_behalf_of=str(on_behalf_of) if on_behalf_of else None)
