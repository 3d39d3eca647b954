"""The page on forgetting names every text that facts store, and what becomes of it."""

import re
from importlib import import_module
from typing import Any

import pytest

from shared.eventing.translation import Entry
from shared.kernel.facts import STREAM, WRITER
from tests.support.sources import ROOT

PAGE = (ROOT / "docs" / "erasure.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `([\w.]+)` \| ([^|]+) \| ([^|]+) \|$", PAGE, re.MULTILINE)
SERVICES = ("directory", "goals", "metrics", "appraisal")
ENTRIES: list[Entry] = [
    entry
    for service in SERVICES
    for entry in import_module(f"services.{service}.feed.translation").TRANSLATION.entries
]
NO_WORDS = {"format", "enum", "const", "pattern"}


def holds_text(schema: dict[str, Any], known: dict[str, Any], seen: frozenset[str]) -> bool:
    """Whether a value of this schema can hold words of somebody's own."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return name not in seen and holds_text(known[name], known, seen | {name})
    if schema.get("type") == "string":
        return not NO_WORDS & set(schema)
    if schema.get("additionalProperties") is True:
        return True
    inner = [*schema.get("properties", {}).values(), *schema.get("prefixItems", [])]
    inner += [*schema.get("anyOf", []), *schema.get("oneOf", [])]
    inner += [schema[key] for key in ("items", "additionalProperties") if key in schema]
    inner = [one for one in inner if isinstance(one, dict)]
    if {"number", "string"} <= {one.get("type") for one in inner}:
        return False  # a decimal
    return any(holds_text(one, known, seen) for one in inner)


def texts_of(entry: Entry) -> set[str]:
    schema = entry.fact.model_json_schema()
    fields, known = schema.get("properties", {}), schema.get("$defs", {})
    return {name for name, said in fields.items() if holds_text(said, known, frozenset())}


def told_of(entry: Entry) -> dict[str, str]:
    """Each field that the page names of this fact, with what it says of it."""
    return {
        field: decision
        for name, fields, decision in ROWS
        if name == entry.fact.stored_name
        for field in re.findall(r"`(\w+)`", fields)
    }


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.fact.stored_name)
def test_every_stored_text_has_its_decision(entry: Entry) -> None:
    assert texts_of(entry) <= told_of(entry).keys()


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.fact.stored_name)
def test_what_the_page_says_is_erased_is_marked_so_and_nothing_else(entry: Entry) -> None:
    told = {field for field, said in told_of(entry).items() if said.startswith("erased")}
    assert told == set(entry.fact.personal_fields)
    whose = {STREAM: "with the person", WRITER: "with its writer"}
    for field in told:
        assert (
            whose.get(entry.fact.personal_of, "with the person it is about")
            in told_of(entry)[field]
        )


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.fact.stored_name)
def test_nothing_personal_is_published(entry: Entry) -> None:
    told = set(entry.contract.model_fields) & set(entry.fact.personal_fields)
    assert entry.contract.audience == "own" or told == set()
