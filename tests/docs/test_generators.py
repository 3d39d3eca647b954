"""The pages about events say what the contracts say."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from docs.generators.__main__ import PAGES
from docs.generators.asyncapi import document
from docs.generators.catalogue import ROOT, kinds_by_feed, plan

GOLDEN = Path(__file__).parents[1] / "contracts" / "golden"


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_current(name: str) -> None:
    written = (ROOT / name).read_text(encoding="utf-8")
    assert written == PAGES[name](), "run: python -m docs.generators"


def test_every_kind_of_event_is_described() -> None:
    for kinds in kinds_by_feed().values():
        for kind in kinds:
            assert kind.says.endswith("."), f"{kind.name} says nothing"


def test_every_kind_travels_on_a_topic_of_the_service_that_names_it() -> None:
    for feed, kinds in kinds_by_feed().items():
        for kind in kinds:
            assert kind.name.split(".")[1] == plan().topics[feed].owner


def test_what_is_the_owners_own_is_not_laid_open_to_readers() -> None:
    messages = document()["components"]["messages"]
    for kinds in kinds_by_feed().values():
        for kind in kinds:
            assert ("payload" in messages[kind.name]) == (kind.contract.audience == "published")


def test_every_reference_leads_somewhere() -> None:
    whole = yaml.safe_load((ROOT / "docs/asyncapi.yaml").read_text(encoding="utf-8"))
    found = list(references(whole))
    assert found
    for reference in found:
        place = whole
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]


def references(part: Any) -> Iterator[str]:
    """Every ``$ref`` in a document."""
    if isinstance(part, dict):
        yield from (value for key, value in part.items() if key == "$ref")
    children = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    for child in children:
        yield from references(child)


def test_published_examples_fit_their_described_payload() -> None:
    whole = document()
    for name, message in whole["components"]["messages"].items():
        golden = GOLDEN / f"{name}.json"
        if "payload" not in message or not golden.exists():
            continue
        said = json.loads(golden.read_text(encoding="utf-8"))
        schema = message["payload"] | {"components": whole["components"]}
        Draft202012Validator(schema).validate(said.get("data", said))
