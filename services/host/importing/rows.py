"""A file once it has been read: pages of rows, by the keys of the layout."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from services.host.importing.faults import Fault
from services.host.importing.layout.words import Said, Sheet
from services.host.importing.values import Value


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the file, what its cells mean, and what was typed into them."""

    page: "Page"
    number: int
    cells: dict[str, Value]
    typed: dict[str, str]

    def fault(self, column: str, code: str, **details: object) -> Fault:
        """Something wrong with this row in this column; ``value`` and ``example`` are filled in."""
        told = self.page.sheet.column(column)
        known: dict[str, str | Said] = {
            "value": self.typed.get(column, ""),
            "example": told.example,
            **{
                name: word if isinstance(word, Said) else str(word)
                for name, word in details.items()
            },
        }
        return Fault(code, self.page.name, self.number, self.page.header(column), known)

    def says(self, key: str) -> bool:
        """Whether the cell says something."""
        return self.cells.get(key) is not None

    def text(self, key: str) -> str:
        """The text, code or choice in a cell; empty when it says nothing."""
        value = self.cells.get(key)
        return value if isinstance(value, str) else ""

    def several(self, key: str) -> tuple[str, ...]:
        """The list in a cell."""
        value = self.cells.get(key)
        return value if isinstance(value, tuple) else ()

    def day(self, key: str) -> date | None:
        """The day in a cell."""
        value = self.cells.get(key)
        return value if isinstance(value, date) else None

    def figure(self, key: str) -> Decimal | None:
        """The number in a cell, whole or not."""
        value = self.cells.get(key)
        if isinstance(value, bool):
            return None
        return Decimal(value) if isinstance(value, int | Decimal) else None

    def yes(self, key: str) -> bool:
        """Whether the cell says yes."""
        return self.cells.get(key) is True

    def word(self, key: str) -> Said:
        """The choice in a cell, as people call it."""
        return self.page.sheet.column(key).words[self.text(key)]


@dataclass(slots=True)
class Page:
    """One sheet of a file: what the layout knows it as, its name and headers there, its rows."""

    sheet: Sheet
    name: str
    headers: dict[str, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    def header(self, key: str) -> str:
        """The column's header as it stands in the file."""
        return self.headers.get(key) or self.sheet.column(key).head.en


@dataclass(slots=True)
class Book:
    """A whole file: its name, the digest of its bytes (SHA-256), its pages, and its faults."""

    name: str
    digest: str
    pages: dict[str, Page] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    _by_code: dict[str, dict[str, Row]] = field(default_factory=dict, repr=False)

    def rows(self, sheet: str) -> list[Row]:
        """The rows of a sheet, by its key; none when the file lacks it."""
        page = self.pages.get(sheet)
        return page.rows if page else []

    def by_code(self, sheet: str) -> dict[str, Row]:
        """The rows of a sheet by their code, once the file has been read as a whole."""
        if sheet not in self._by_code:
            self._by_code[sheet] = {row.text("code"): row for row in self.rows(sheet)}
        return self._by_code[sheet]

    def all_rows(self) -> Iterator[Row]:
        """Every row of every sheet."""
        for page in self.pages.values():
            yield from page.rows
