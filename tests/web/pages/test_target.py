"""Revising a target by the form."""

from typing import Any

from starlette.testclient import TestClient


def test_a_revision_is_commanded_with_its_reason(visitor: TestClient, toy: Any, town: Any) -> None:
    data = {
        "key": "k2", "target": "1,050", "effective_from": "2026-09-18",
        "category": "learned", "reason": "转化率好于预期",
    }  # fmt: skip
    address = f"/key-results/{town.CUSTOMERS}/target"
    answer = visitor.post(address, data=data, follow_redirects=False)
    assert answer.headers["Location"].endswith("?done=target")
    path, body, _ = toy.commands[-1]
    assert path == "/commands/revise-objectives"
    (revision,) = body["revisions"]
    change = {"what": "target", "key_result_id": town.CUSTOMERS, "target": "1050"}
    assert revision["change"] == change
    assert revision["objective_id"] == town.OBJECTIVE
    assert revision["reason"] == "转化率好于预期"
    visitor.post(address, data=data)
    assert toy.commands[-1][1]["revisions"][0]["revision_id"] == revision["revision_id"]


def test_a_revision_needs_a_figure_a_kind_and_a_reason(
    visitor: TestClient, toy: Any, town: Any
) -> None:
    address = f"/key-results/{town.CUSTOMERS}/target"
    answer = visitor.post(address, data={"target": "", "effective_from": "2026-09-18"})
    assert answer.status_code == 422
    assert answer.text.count("Please fill this in.") == 3
    assert toy.commands == []


def test_a_refusal_stands_at_its_field(visitor: TestClient, toy: Any, town: Any) -> None:
    toy.refusal = (422, {"detail": "Ask your manager.", "field": "revisions[0].effective_from"})
    data = {"target": "9", "effective_from": "2026-01-01", "category": "other", "reason": "x"}
    answer = visitor.post(f"/key-results/{town.CUSTOMERS}/target", data=data)
    assert 'id="effective_from-error"' in answer.text
    assert "Ask your manager." in answer.text
