"""The tree of units, out of the directory's list."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from services.web.clients.asking import Answer
from services.web.pages.names import by_id


@dataclass(frozen=True)
class Branch:
    """A unit with the units directly below it."""

    unit: Answer
    below: tuple["Branch", ...]

    @property
    def id(self) -> str:
        """The unit's id."""
        return str(self.unit["unit_id"])


class Tree:
    """Units under their parents, each level by code."""

    def __init__(self, units: Iterable[Answer]) -> None:
        self.units: dict[str, Answer] = by_id(units, "unit_id")
        self._below: dict[str, list[str]] = {}
        for unit_id, unit in self.units.items():
            self._below.setdefault(self._parent(unit), []).append(unit_id)

    def _parent(self, unit: Answer) -> str:
        parent = str(unit.get("parent_id") or "")
        return parent if parent in self.units else ""

    def tops(self) -> tuple[Branch, ...]:
        """The units that lie below none."""
        return self.below("")

    def below(self, unit_id: str) -> tuple[Branch, ...]:
        """The units directly below one, each with those below it."""
        return tuple(Branch(self.units[u], self.below(u)) for u in self._below.get(unit_id, ()))

    def way_to(self, unit_id: str) -> list[Answer]:
        """The units from the top down to this one, itself included."""
        way: list[Answer] = []
        while unit_id in self.units:
            way.append(self.units[unit_id])
            unit_id = self._parent(self.units[unit_id])
        return way[::-1]

    def branch(self, unit_id: str) -> set[str]:
        """The ids of a unit and of all above it: where a scoped role counts."""
        return {str(unit["unit_id"]) for unit in self.way_to(unit_id)}

    def in_order(self, under: str = "", depth: int = 0) -> Iterator[tuple[int, Answer]]:
        """Every unit after its parent, with how deep it lies."""
        for unit_id in self._below.get(under, ()):
            yield depth, self.units[unit_id]
            yield from self.in_order(unit_id, depth + 1)
