"""Nothing that anybody typed becomes a part of a page: it is shown as it was typed."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from starlette.testclient import TestClient

TYPED = {
    *("title", "original_title", "objective_title", "name", "name_en", "name_zh", "note", "reason"),
    *("sentence", "comment", "description", "text", "says", "detail", "unit_name", "code", "rule"),
    *("title_zh", "title_en", "statement", "source", "outlook", "words", "label", "why"),
}
PAYLOADS = [
    "<script>alert(7)</script>",
    '"><img src=x onerror=alert(7)>',
    "' onmouseover='alert(7)",
    "</script><script>alert(7)</script>",
    "<!--",
    "javascript:alert(7)",
    "{{ 7 * 7 }}{% include 'base.html' %}",
]


def poisoned(value: Any, payload: str) -> Any:
    """The same answer with the payload behind every text that somebody may have typed."""
    if isinstance(value, list | tuple):
        return [poisoned(one, payload) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key: f"{inner} {payload}"
        if key in TYPED and isinstance(inner, str) and inner
        else poisoned(inner, payload)
        for key, inner in value.items()
    }


class Elements(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def dangerous(page: str) -> Iterator[str]:
    """The elements and attributes that would run something."""
    parser = Elements()
    parser.feed(page)
    for tag, attributes in parser.found:
        own_script = str(attributes.get("src", "")).startswith("/static/")
        if tag == "script" and not own_script and attributes.get("type") != "application/json":
            yield f"<{tag}>"
        if tag in ("iframe", "object", "embed", "base"):
            yield f"<{tag}>"
        for name, value in attributes.items():
            if name.startswith("on") or name == "srcdoc":
                yield f"<{tag} {name}>"
            leads = name in ("href", "src", "action", "formaction")
            if leads and re.match(r"\s*(javascript|data|vbscript):", value or "", re.IGNORECASE):
                yield f"<{tag} {name}={value}>"


def pages(town: Any) -> list[str]:
    one = town.CUSTOMERS
    lists = ["/", "/objectives", "/kpis", "/appraisals", "/appraisals/separation", "/security"]
    single = [f"/objectives/{town.OBJECTIVE}", f"/appraisals/{town.APPRAISAL}"]
    card = f"/kpis/{town.REVENUE}?subject={town.WANG}&period=2026-Q3"
    forms = [f"/key-results/{one}", f"/key-results/{one}/check-in", f"/key-results/{one}/target"]
    others = [f"/key-results/{kr}/check-in" for kr in (town.MILESTONES, town.RUBRIC)]
    return [*lists, *single, card, *forms, *others, "/sessions"]


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_what_was_typed_never_runs(
    visitor: TestClient,
    toy: Any,
    town: Any,
    monkeypatch: pytest.MonkeyPatch,
    payload: str,
    language: str,
) -> None:
    honest = toy._query
    monkeypatch.setattr(
        toy, "_query", lambda path, request: poisoned(honest(path, request), payload)
    )
    visitor.headers["Accept-Language"] = language
    seen = 0
    for address in pages(town):
        answer = visitor.get(address)
        assert answer.status_code == 200, address
        assert list(dangerous(answer.text)) == [], address
        seen += "alert(7)" in answer.text or "7 * 7" in answer.text or "&lt;!--" in answer.text
    assert seen > 5, "the payload was not shown at all: this test looked at nothing"


def test_the_test_itself_sees_what_would_run() -> None:
    page = f'<p title="{PAYLOADS[1]}">{PAYLOADS[0]}</p><a href="{PAYLOADS[5]}">x</a>'
    assert list(dangerous(page)) == ["<img onerror>", "<script>", "<a href=javascript:alert(7)>"]


@pytest.mark.parametrize("payload", PAYLOADS[:4])
def test_what_was_typed_into_an_address_never_runs(visitor: TestClient, payload: str) -> None:
    for address in ("/objectives", "/kpis", "/security", "/sign-in", "/nowhere", "/"):
        for name in ("unit", "as_of", "next", "cycle", "person", "code", "period", "q"):
            answer = visitor.get(address, params={name: payload})
            assert answer.status_code < 500, (address, name)
            assert list(dangerous(answer.text)) == [], (address, name)


def test_what_was_typed_into_a_form_and_refused_never_runs(visitor: TestClient, town: Any) -> None:
    for payload in PAYLOADS[:4]:
        sent = {"value": payload, "note": payload, "confidence": payload, "reason": payload}
        for form in ("check-in", "target"):
            answer = visitor.post(f"/key-results/{town.CUSTOMERS}/{form}", data=sent)
            assert answer.status_code < 500
            assert list(dangerous(answer.text)) == []
