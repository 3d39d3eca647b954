"""Reads the story files and turns what they tell into rows of the layout, in either language."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from services.host.demo.figures import amount
from services.host.importing.layout.words import Language
from services.host.importing.writing import Entry

Told = dict[str, Any]


@cache
def told(part: str) -> Told:
    """One file of the story."""
    text = files("services.host.demo.story").joinpath(f"{part}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def in_language(pair: list[str], language: Language) -> str:
    """The one of a pair [English, Chinese] for this language."""
    return pair[1] if language == "zh" else pair[0]


def objectives() -> list[Told]:
    """All objectives, the department's first."""
    both: list[Told] = told("department")["objective"] + told("personal")["objective"]
    return both


def key_results() -> list[Told]:
    """All key results, each with the code of its objective."""
    return [
        {**key_result, "objective": objective["code"]}
        for objective in objectives()
        for key_result in objective["key_result"]
    ]


def plain(entry: Told, *keys: str) -> Entry:
    """These parts of an entry as they were told, with figures made exact and lists closed."""
    return {key: _value(key, entry[key]) for key in keys if key in entry and entry[key] != ""}


def _value(key: str, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if key in FIGURES:
        return amount(value)
    return value


FIGURES = frozenset({"baseline", "target", "stretch", "low", "high", "weight", "value"})
