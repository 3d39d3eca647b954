"""The whole plan of a file: every command, in the order in which things happened."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from services.host.importing.checks.known import Known
from services.host.importing.planning import (
    appraisal,
    entries,
    goals,
    kpis,
    organisation,
    revisions,
)
from services.host.importing.planning.command import Command, Step
from services.host.importing.planning.names import Kinds
from services.host.importing.rows import Book

LARGEST_LIST = 5_000


def plan(book: Book, known: Known) -> list[Command]:
    """Day by day; within a day organisation, cycle, goals, metrics, appraisal, as Step says."""
    kinds = Kinds(book, known)
    planned = [
        *organisation.commands(book),
        *goals.commands(book, kinds, known),
        *kpis.commands(book, kinds),
        *entries.commands(book, kinds),
        *revisions.commands(book, known),
        *appraisal.commands(book, known),
    ]
    return sorted(planned, key=lambda command: (command.day, command.step))


def in_large_lists(commands: Iterable[Command]) -> list[Command]:
    """The same plan with the measurements of many days in one list, where days do not matter.

    The lists go where the first of their measurements stood; what corrects them comes later anyhow.
    """
    planned = list(commands)
    figures = [command for command in planned if command.step is Step.MEASUREMENTS]
    others = [command for command in planned if command.step is not Step.MEASUREMENTS]
    joined = _joined(figures) if figures else []
    return sorted([*others, *joined], key=lambda command: (command.day, command.step))


def _joined(commands: list[Command]) -> Iterator[Command]:
    first = commands[0]
    items = [item for command in commands for item in command.body[first.items]]
    rows = [row for command in commands for row in command.rows]
    for start in range(0, len(items), LARGEST_LIST):
        end = start + LARGEST_LIST
        yield replace(first, body={first.items: items[start:end]}, rows=tuple(rows[start:end]))
