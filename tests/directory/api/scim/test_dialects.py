"""Requests in the shapes that Microsoft Entra ID and Okta document, one whole conversation each."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.house import running
from tests.support.postgres import Databases
from tests.support.provisioning import Provider, provisioning

CONVERSATIONS = Path(__file__).parent / "conversations"


@pytest.fixture(scope="module", params=["entra", "okta"])
def told(
    request: pytest.FixtureRequest, module_databases: Databases
) -> Iterator[tuple[str, Provider]]:
    with running(module_databases, "directory") as house, provisioning(house) as provider:
        yield request.param, provider


def filled(value: Any, kept: dict[str, str]) -> Any:
    """The value with ``{names}`` that were kept before."""
    if isinstance(value, str):
        for name, text in kept.items():
            value = value.replace("{" + name + "}", text)
        return value
    if isinstance(value, dict):
        return {key: filled(inner, kept) for key, inner in value.items()}
    return [filled(inner, kept) for inner in value] if isinstance(value, list) else value


def holds(told: Any, wanted: Any) -> bool:
    """Whether all that is wanted is told; more may be told."""
    if isinstance(wanted, dict):
        return isinstance(told, dict) and all(holds(told.get(k), v) for k, v in wanted.items())
    if isinstance(wanted, list):
        return len(told) == len(wanted) and all(map(holds, told, wanted))
    return bool(told == wanted)


def test_the_whole_conversation_is_understood(told: tuple[str, Provider]) -> None:
    name, provider = told
    kept: dict[str, str] = {}
    for written in json.loads((CONVERSATIONS / f"{name}.json").read_text(encoding="utf-8")):
        step = filled(written, kept)
        answer = provider.ask(step["method"], step["path"], step.get("body"))
        said = f"{step['says']}: {answer.status_code} {answer.text}"
        assert answer.status_code == step["status"], said
        body = answer.json() if answer.content else {}
        assert holds(body, step.get("holds", {})), said
        assert not set(step.get("lacks", ())) & body.keys(), said
        kept |= {name: body[field] for name, field in step.get("keep", {}).items()}
