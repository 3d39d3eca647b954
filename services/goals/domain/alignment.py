"""Who contributes to whom: a network in which nobody contributes to themselves in the end."""

from collections.abc import Iterable, Mapping
from typing import Protocol
from uuid import UUID

from services.goals.domain.errors import AlignedInACircle, AlignedToItself, AlignedToNothing
from services.goals.domain.terms import AlignmentLink


class Alignable(Protocol):
    """An objective that others can contribute to or support."""

    @property
    def alignments(self) -> tuple[AlignmentLink, ...]:
        """What it contributes to or supports itself."""
        ...

    def offers(self, key_result_id: UUID | None) -> bool:
        """Whether it exists and has this key result (``None``: itself)."""
        ...


def must_align(objective_id: UUID, link: AlignmentLink, others: Mapping[UUID, Alignable]) -> None:
    """Refuse a link to itself, to nothing, or one by which contributions would run in a circle.

    ``others`` holds the objective aligned to and everything that it contributes to, however far.
    """
    if link.objective_id == objective_id:
        raise AlignedToItself(field="alignments")
    target = others.get(link.objective_id)
    if target is None or not target.offers(link.key_result_id):
        raise AlignedToNothing(field="alignments")
    if link.mode == "contributes" and objective_id in reached_from(link.objective_id, others):
        raise AlignedInACircle(field="alignments")


def reached_from(start: UUID, others: Mapping[UUID, Alignable]) -> frozenset[UUID]:
    """Everything that this objective contributes to in the end, itself included."""
    seen: set[UUID] = set()
    ahead = [start]
    while ahead:
        here = ahead.pop()
        if here not in seen:
            seen.add(here)
            ahead.extend(contributed_to(others[here].alignments) if here in others else ())
    return frozenset(seen)


def contributed_to(links: Iterable[AlignmentLink]) -> list[UUID]:
    """The objectives that these links contribute to."""
    return [link.objective_id for link in links if link.mode == "contributes"]
