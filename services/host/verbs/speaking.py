"""How the command line speaks: language, tables, JSON."""

import json
import os
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from services.host.importing.layout.words import Language

console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)

MARKS = {"well": "✓", "holds": "✓", "note": "·", "wrong": "✗", "broken": "✗"}


def language_of(lang: str) -> Language:
    """``zh`` or ``en``: as asked for, else by LC_ALL or LANG, else English."""
    wanted = lang or os.environ.get("LC_ALL") or os.environ.get("LANG") or "en"
    return "zh" if wanted.lower().startswith("zh") else "en"


def spoken(language: Language) -> str:
    """The language as services and browsers name it."""
    return "zh-CN" if language == "zh" else "en"


def tell_json(value: Any) -> None:
    """One JSON document on standard output."""
    console.print_json(json.dumps(value, default=str, ensure_ascii=False))


def tell_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table as wide as the terminal; long sentences go on in the next line."""
    table = Table(box=None, pad_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*row)
    console.print(table)
