"""Import as the command line offers it: check a file as a whole, then run it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx2

from services.host.importing.faults import Fault, FileRefused
from services.host.importing.known import KnownByServices
from services.host.importing.layout.words import Language
from services.host.importing.planning.command import Command
from services.host.importing.planning.plan import in_large_lists, plan
from services.host.importing.reading import read_book
from services.host.importing.rows import Book
from services.host.importing.running import Outcome, Progress, run
from services.host.importing.sending import Door, Sender
from services.host.importing.validation import faults_of


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that has been read and checked: its faults, and what would be sent without any."""

    book: Book
    faults: tuple[Fault, ...]
    commands: tuple[Command, ...]

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return sum(1 for _ in self.book.all_rows())


class Importer:
    """Reads, checks and runs files through a door to the services; a context manager."""

    def __init__(
        self, door: Door, *, language: Language = "en", time_zone: str = "Asia/Shanghai"
    ) -> None:
        self._client = httpx2.Client(timeout=120, trust_env=False)
        self._sender = Sender(door, self._client, language)
        self._time_zone = time_zone

    def __enter__(self) -> Self:
        """Ready to check and run."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connections."""
        self._client.close()

    def check(self, path: Path) -> Checked:
        """The whole file against itself and against what is known; FileRefused when unreadable."""
        book = read_book(path)
        known = KnownByServices(self._sender)
        faults = tuple(faults_of(book, known))
        return Checked(book, faults, () if faults else tuple(plan(book, known)))

    def run(
        self,
        checked: Checked,
        *,
        progress: Callable[[Progress], None] = lambda _: None,
        set_clock: Callable[[datetime], None] | None = None,
    ) -> Outcome:
        """Everything in order; FileRefused while the file has faults, ImportStopped on a refusal.

        With ``set_clock`` (a rehearsal) day by day, otherwise measurements in large lists.
        """
        if checked.faults:
            raise FileRefused(checked.faults)
        commands = checked.commands if set_clock else in_large_lists(checked.commands)
        return run(
            commands,
            self._sender,
            progress=progress,
            set_clock=set_clock,
            time_zone=self._time_zone,
        )
