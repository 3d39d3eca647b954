"""Units and people as they are registered in tests of the directory."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import httpx2

SINCE = "2026-07-01"


def unit(parent: str | None = None, **said: Any) -> dict[str, Any]:
    """A team of its own, as ``register-units`` takes it."""
    unit_id = str(uuid4())
    usual = {"unit_id": unit_id, "code": f"u-{unit_id}", "kind": "team", "parent_id": parent}
    names = {"name_zh": "华东组", "name_en": "East"}
    return {**usual, **names, "effective_from": SINCE, **said}


def somebody(unit_id: str | None = None, manager: str | None = None, **said: Any) -> dict[str, Any]:
    """A person, as ``register-people`` takes one."""
    usual = {"person_id": str(uuid4()), "name": "陈晓", "name_en": "Chen Xiao"}
    posts = [{"unit_id": unit_id, "title": "Sales"}] if unit_id else []
    managers = [{"manager_id": manager}] if manager else []
    return {**usual, "posts": posts, "managers": managers, "effective_from": SINCE, **said}


def ids(people: Sequence[dict[str, Any]]) -> list[str]:
    """Whose rows these are."""
    return [one["person_id"] for one in people]


def refused(answer: httpx2.Response, code: str, field: str | None = None) -> dict[str, Any]:
    """The problem with which this was answered; it must be of this kind."""
    problem: dict[str, Any] = answer.json()
    assert (problem.get("code"), problem.get("field")) == (code, field), answer.text
    return problem
