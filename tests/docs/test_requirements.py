"""The page of requirements is complete, and what it leads to exists."""

import importlib
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import pytest

from services.host.cli import app as command
from services.host.house import RECORDING, House
from services.host.provisioning import Access
from tests.support.sources import ROOT, functions

PAGE = ROOT / "docs" / "requirements.md"
LAST = {0: 70, 1: 45, 2: 20, 3: 61, 4: 31}  # each document's ids run from 1 to this
IDS = [f"{document}-{n:02}" for document, last in LAST.items() for n in range(1, last + 1)]
NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"
LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
NOT_YET = re.compile(r"not yet: \*(\w+)\*")


class Line(NamedTuple):
    """One requirement as the page tells it."""

    id: str
    means: str
    where: str
    shown_by: str


def lines(text: str) -> list[Line]:
    """The requirements that a text tells of."""
    rows = [row for row in text.splitlines() if re.match(r"\| \d-\d\d \|", row)]
    return [Line(*(cell.strip() for cell in row.strip("|").split("|"))) for row in rows]


TOLD = lines(PAGE.read_text(encoding="utf-8"))


def rooms() -> set[str]:
    """The rooms that the page's first table says are still to come."""
    return set(re.findall(r"^\| \*(\w+)\* \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))


@cache
def routes() -> frozenset[str]:
    """Every route: ``service METHOD /path`` of the services, ``/path`` of the pages."""
    return frozenset((*_of_services(), *_of_pages()))


def _of_services() -> Iterator[str]:
    access = {name: Access(NOWHERE, NOWHERE) for name in RECORDING}
    for name, service in House(access, neighbours="http://127.0.0.1:1").services.items():
        for path, methods in service.app.openapi()["paths"].items():
            yield from (f"{name} {method.upper()} {path}" for method in methods)


def _of_pages() -> Iterator[str]:
    for module in sorted((ROOT / "services/web/pages").rglob("*.py")):
        name = ".".join(module.relative_to(ROOT).with_suffix("").parts)
        routes = getattr(importlib.import_module(name), "routes", None)
        yield from (r.path for r in getattr(routes, "routes", ()) if hasattr(r, "path"))


def verbs() -> set[str]:
    """The verbs of the command line, and its families of verbs."""
    return {f"cairn {family.name}" for family in command.registered_groups} | {
        f"cairn {c.name or getattr(c.callback, '__name__', '')}"
        for c in command.registered_commands
    }


@cache
def named_in(path: str) -> frozenset[str]:
    """The names of the tests that a file holds."""
    file = ROOT / "docs" / path
    if not file.exists():
        return frozenset()
    return frozenset(node.name for node in functions(file.resolve()))


def leads_nowhere(line: Line) -> list[str]:
    """What a line names that does not exist."""
    named = re.findall(r"`([^`]+)`", line.where)
    astray = [name for name in named if name not in routes() | verbs()]
    for words, target in LINK.findall(line.where):
        astray += [] if (PAGE.parent / target.split("#")[0]).exists() else [f"{words}: {target}"]
    for words, target in LINK.findall(line.shown_by):
        name = "test_" + re.sub(r"\W", "_", words)
        astray += [] if name in named_in(target) else [f"{name} in {target}"]
    return astray + [room for room in NOT_YET.findall(line.where) if room not in rooms()]


def says_too_little(line: Line) -> bool:
    """Neither a place with a test, nor the room in which it will stand."""
    stands = re.search(r"`[^`]+`|\]\(", NOT_YET.sub("", line.where).split("not yet")[0])
    if stands:
        return not LINK.search(line.shown_by)
    return not NOT_YET.search(line.where)


def test_every_requirement_has_its_line_and_no_other() -> None:
    assert [line.id for line in TOLD] == IDS


@pytest.mark.parametrize("line", TOLD, ids=lambda line: line.id)
def test_a_line_says_what_it_means_and_where_it_stands(line: Line) -> None:
    assert line.means
    assert not says_too_little(line)
    assert leads_nowhere(line) == []


def test_a_line_that_leads_nowhere_is_seen() -> None:
    told = lines(
        "| 0-01 | x | `goals POST /wish`; page `/nowhere`; `cairn sing`; not yet: *attic* |"
        " [nobody wrote this](../tests/docs/test_requirements.py) |"
    )[0]
    assert len(leads_nowhere(told)) == 5
    assert says_too_little(lines("| 0-01 | x | page `/` |  |")[0])
    assert says_too_little(lines("| 0-01 | x | later |  |")[0])


def test_rooms_are_named_that_somebody_waits_for() -> None:
    waited_for = {room for line in TOLD for room in NOT_YET.findall(line.where)}
    assert rooms() == waited_for
