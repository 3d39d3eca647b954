"""The layout as people read it: the tables of docs/import.md, made from the layout itself."""

from collections.abc import Iterator
from pathlib import Path

from services.host.importing.layout.book import sheet, sheets
from services.host.importing.layout.words import Column, Sheet

MARK = "<!-- What follows is written by `python -m services.host.importing.layout`. -->"
KINDS = {
    "text": "text",
    "texts": "texts; several",
    "code": "code",
    "codes": "codes; several",
    "day": "day",
    "number": "number",
    "whole": "whole number",
    "yes_no": "yes / no (是 / 否)",
    "choice": "one of",
    "choices": "some of",
}


def tables() -> str:
    """Every sheet with its columns: headers, type, example, rule in both languages."""
    return "\n".join(line for one in sheets() for line in _sheet(one))


def with_tables(page: str) -> str:
    """The page with everything after the mark written anew."""
    kept, _, _ = page.partition(MARK)
    return f"{kept}{MARK}\n\n{tables()}"


def write(path: Path) -> None:
    """Bring the page up to date with the layout."""
    page = path.read_text(encoding="utf-8")
    path.write_text(with_tables(page), encoding="utf-8")


def _sheet(one: Sheet) -> Iterator[str]:
    yield f"## {one.title.en} · {one.title.zh} (`{one.key}.csv`)"
    yield ""
    yield f"{one.row.en} {one.row.zh}"
    yield ""
    yield "| Column | 列 | Type | Example | Rule | 规则 |"
    yield "|---|---|---|---|---|---|"
    for column in one.columns:
        yield _column(column)
    yield ""


def _column(column: Column) -> str:
    star = "*" if column.required else ""
    example = f"`{column.example}`" if column.example else ""
    cells = (
        f"{column.head.en}{star}",
        f"{column.head.zh}{star}",
        _type(column),
        example,
        column.rule.en,
        column.rule.zh,
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _type(column: Column) -> str:
    if column.words:
        words = ", ".join(f"{said.en} ({said.zh})" for said in column.words.values())
        return f"{KINDS[column.kind]}: {words}"
    named = " or ".join(f"{sheet(key).title.en}" for key in column.refers)
    return f"{KINDS[column.kind]} of {named}" if named else KINDS[column.kind]
