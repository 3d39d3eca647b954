"""Queries that forget the instant they are asked for, one condition at a time.

What is asked as of an instant is kept apart from what came later by conditions in SQL. Each of them
is left out once: the answers must then differ from those of a replay to that instant, or the check
that compares the two proves nothing about that condition.
"""

import ast
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest

from tests.support.sources import ROOT, parsed

MOMENT = r"%\(moment\)s::timestamptz"
KNOWN = (
    (re.compile(rf"((?:\w+\.)?during) @> {MOMENT}"), r"upper_inf(\1)"),
    (re.compile(rf"lower\(((?:\w+\.)?during)\) <= {MOMENT}"), "true"),
    (re.compile(rf"(?:\w+\.)?recorded_at <= {MOMENT}"), "true"),
)
ANY = re.compile("|".join(pattern.pattern for pattern, _ in KNOWN))

Query = str
Condition = tuple[Query, int]


def conditions_of(query: Query) -> list[Condition]:
    """Every condition of a query on the instant, by its place."""
    return [(query, place) for place, _ in enumerate(ANY.finditer(query))]


def without(query: Query, place: int) -> Query:
    """The query with one condition as it would be for the present."""
    found = list(ANY.finditer(query))[place]
    present = found[0]
    for pattern, now in KNOWN:
        present = pattern.sub(now, present)
    assert present != found[0]
    return query[: found.start()] + present + query[found.end() :]


def written_in(folder: str) -> list[Query]:
    """Every piece of SQL in the source of a folder that holds a condition on the instant."""
    files = sorted((ROOT / folder).rglob("*.py"))
    said = (node for file in files for node in ast.walk(parsed(file)))
    texts = [node.value for node in said if isinstance(node, ast.Constant)]
    return [text for text in texts if isinstance(text, str) and ANY.search(text)]


def said_of(condition: Condition) -> str:
    """A condition as a reader looks for it: its line, and the line with which the query begins."""
    query, place = condition
    found = list(ANY.finditer(query))[place]
    first = query.strip().splitlines()[0]
    line = query[query.rfind("\n", 0, found.start()) + 1 : found.end()].strip()
    return line if line.startswith(first[:20]) else f"{first} … {line}"


@dataclass
class Pages:
    """Pages that can be asked as of instants, and what each showed after a replay to the instant.

    ``ask`` takes the number of a page and an instant.
    """

    ask: Callable[[int, datetime], Any]
    replayed: Mapping[datetime, Sequence[Any]]

    @property
    def numbers(self) -> range:
        """Of all pages."""
        return range(len(next(iter(self.replayed.values()))))

    def other(self, numbers: Iterable[int]) -> str | None:
        """The first of these pages that does not show what the replay showed, and when."""
        for number in numbers:
            for instant, shown in self.replayed.items():
                if self.ask(number, instant) != shown[number]:
                    return f"page {number} as of {instant}: {shown[number]}"
        return None

    def are_missed(self, numbers: Iterable[int]) -> bool:
        """Whether any of these pages shows something else now, or cannot be shown at all."""
        try:
            return self.other(numbers) is not None
        except Exception:  # noqa: BLE001 - whatever breaks a page is noticed
            return True


@dataclass
class Forgetting:
    """Hears every query on its way to the database, and may leave out one condition of one."""

    pages: Pages
    heard: dict[Condition, set[int]] = field(default_factory=dict)
    page: int = 0
    forgets: Condition | None = None

    def listen(self, monkeypatch: pytest.MonkeyPatch, reader: type, method: str) -> None:
        """Stand between a class and the queries that it sends by this method."""
        send: Callable[..., Any] = getattr(reader, method)

        def sent(of: Any, query: Query, *more: Any, **named: Any) -> Any:
            return send(of, self._rewritten(query), *more, **named)

        monkeypatch.setattr(reader, method, sent)

    def listens_while_as_of_is_replay(self) -> None:
        """Every page as of every instant shows what the replay showed."""
        for number in self.pages.numbers:
            self.page = number
            other = self.pages.other([number])
            assert other is None, f"not as in the replay: {other}"

    def never_heard(self, folder: str) -> list[Query]:
        """What the source of a folder would ask as of an instant, and no page has asked."""
        queries = {query for query, _ in self.heard}
        return [text for text in written_in(folder) if not any(map(_likeness(text), queries))]

    def needless(self) -> set[str]:
        """Each condition heard is left out once; those without which all pages are the same.

        A line that stands in several queries is needed when one of them needs it.
        """
        missed: dict[str, bool] = {}
        for condition, numbers in self.heard.items():
            self.forgets, said = condition, said_of(condition)
            missed[said] = missed.get(said, False) or self.pages.are_missed(sorted(numbers))
        self.forgets = None
        return {said for said, is_missed in missed.items() if not is_missed}

    def _rewritten(self, query: Query) -> Query:
        if self.forgets is None:
            for condition in conditions_of(query):
                self.heard.setdefault(condition, set()).add(self.page)
        elif self.forgets[0] == query:
            return without(*self.forgets)
        return query


def _likeness(text: Query) -> Callable[[str], re.Match[str] | None]:
    """Finds a piece of SQL in a query, its ``{placeholders}`` filled with anything."""
    return re.compile(re.sub(r"\\{\w+\\}", ".*", re.escape(text)), re.DOTALL).search
