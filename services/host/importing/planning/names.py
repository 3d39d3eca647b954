"""Ids that follow from the codes of a file, the same on every machine and in every run."""

from typing import Literal
from uuid import UUID

from services.host.importing.checks.known import Known
from services.host.importing.rows import Book, Row
from shared.kernel.ids import id_of


def unit_id(code: str) -> UUID:
    """The unit with this code."""
    return id_of("unit", code)


def person_id(code: str) -> UUID:
    """The person with this code."""
    return id_of("person", code)


def cycle_id(code: str) -> UUID:
    """The cycle with this code."""
    return id_of("cycle", code)


def objective_id(code: str) -> UUID:
    """The objective with this code."""
    return id_of("objective", code)


def key_result_id(code: str) -> UUID:
    """The key result with this code."""
    return id_of("key_result", code)


def kpi_id(code: str) -> UUID:
    """The KPI with this code."""
    return id_of("kpi", code)


def scheme_id(code: str) -> UUID:
    """The scheme with this code."""
    return id_of("scheme", code)


def appraisal_id(subject: str, period: str) -> UUID:
    """The appraisal of this person for this period."""
    return id_of("appraisal", person_id(subject), period)


def entry_id(code: str) -> UUID:
    """The check-in, measurement or correction with this code."""
    return id_of("entry", code)


def revision_id(code: str) -> UUID:
    """The revision with this code."""
    return id_of("revision", code)


def maybe(code: str, named: UUID) -> UUID | None:
    """The id, where a code was given."""
    return named if code else None


def owner_of(book: Book, code: str, known: Known) -> UUID | None:
    """The objective of a key result, by the file or by what is known; ``None`` for other codes."""
    row = book.by_code("key_results").get(code)
    if row is not None:
        return objective_id(row.text("objective"))
    return None if code in book.by_code("objectives") else known.objective_of(code)


class Kinds:
    """Whether a code names a person or a unit: by the file, or by what is known already."""

    def __init__(self, book: Book, known: Known) -> None:
        self._book, self._known = book, known

    def subject(self, row: Row, column: str) -> dict[str, object]:
        """The person or unit in a cell, as services name one."""
        code = row.text(column)
        kind = self._kind(code)
        return {"kind": kind, "id": person_id(code) if kind == "person" else unit_id(code)}

    def _kind(self, code: str) -> Literal["person", "unit"]:
        if code in self._book.by_code("units"):
            return "unit"
        if code in self._book.by_code("people"):
            return "person"
        return "unit" if self._known.knows("units", code) else "person"
