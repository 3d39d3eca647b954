"""The tree of units, out of the directory's list of all of them."""

from collections.abc import Iterable, Iterator

from services.web.clients.asking import Answer
from services.web.pages.names import Names, by_id


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

    def branch(self, unit_id: str) -> set[str]:
        """The ids of a unit and of all above it: where a scoped role counts."""
        above: set[str] = set()
        while unit_id in self.units and unit_id not in above:
            above.add(unit_id)
            unit_id = self._parent(self.units[unit_id])
        return above

    def in_order(self, under: str = "", depth: int = 0) -> Iterator[tuple[int, Answer]]:
        """Every unit after its parent, with how deep it lies."""
        for unit_id in self._below.get(under, ()):
            yield depth, self.units[unit_id]
            yield from self.in_order(unit_id, depth + 1)

    def open_on(self, day: str) -> Iterator[tuple[int, Answer]]:
        """As ``in_order``, without those that were closed before this day."""
        for depth, unit in self.in_order():
            if not unit.get("last_day") or str(unit["last_day"]) >= day:
                yield depth, unit

    def options(self, names: Names, day: str) -> list[tuple[str, str]]:
        """The open units to choose from: id, and name moved in by depth."""
        open_ones = ((depth, str(unit["unit_id"])) for depth, unit in self.open_on(day))
        return [(unit_id, "　" * depth + names.unit(unit_id).name) for depth, unit_id in open_ones]
