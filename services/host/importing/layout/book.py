"""The whole layout, read from the files beside this module."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from services.host.importing.layout.words import Column, Said, Sheet, folded

LONGEST = 200
AREAS = ("organisation", "goals", "metrics", "appraisal")


@cache
def sheets() -> tuple[Sheet, ...]:
    """Every sheet, in the order in which people fill them in."""
    words = _words()
    return tuple(_sheet(entry, words) for area in AREAS for entry in _read(f"{area}.toml")["sheet"])


def sheet(key: str) -> Sheet:
    """The sheet with this key."""
    return next(found for found in sheets() if found.key == key)


def sheet_titled(title: str) -> Sheet | None:
    """The sheet with this title in either language, or this key; ``None`` for no such one."""
    said = folded(title)
    for found in sheets():
        if said in {folded(found.title.en), folded(found.title.zh), folded(found.key)}:
            return found
    return None


def _words() -> dict[str, dict[str, Said]]:
    return {
        name: {value: Said(*both) for value, both in words.items()}
        for name, words in _read("words.toml").items()
    }


def _sheet(entry: dict[str, Any], words: dict[str, dict[str, Said]]) -> Sheet:
    return Sheet(
        key=entry["key"],
        title=Said(*entry["title"]),
        row=Said(*entry["row"]),
        identity=tuple(entry["identity"]),
        columns=tuple(_column(column, words) for column in entry["columns"]),
    )


def _column(entry: dict[str, Any], words: dict[str, dict[str, Said]]) -> Column:
    return Column(
        key=entry["key"],
        head=Said(*entry["head"]),
        kind=entry["kind"],
        example=entry["example"],
        rule=Said(*entry.get("rule", ("", ""))),
        required=entry.get("required", False),
        refers=tuple(entry.get("refers", ())),
        words=words[entry["words"]] if "words" in entry else {},
        longest=entry.get("longest", LONGEST),
    )


def _read(name: str) -> dict[str, Any]:
    text = files("services.host.importing.layout").joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text)
