"""Refusals and malformed requests as problem documents (RFC 9457)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from shared.http.refusing import note_refusal
from shared.http.sentences import Sentences, language_of
from shared.kernel.refusals import Refused

MEDIA_TYPE = "application/problem+json"


class NotWellFormed(Refused):
    """This request is not well-formed: {count} field(s) need attention. Correct them and send
    it again.
    """


class NoSuchRoute(Refused):
    """There is nothing at this address. Check how it is written."""

    status = 404


class MethodNotKnown(Refused):
    """This address does not answer to {method}. Ask it by one of: {allowed}."""

    status = 405


class BodyUnreadable(Refused):
    """The body of this request cannot be read. Send well-formed JSON that is not nested deeply."""

    status = 400


class ProblemDocument(JSONResponse):
    """A problem document; broken characters in it are shown as question marks."""

    media_type = MEDIA_TYPE

    def render(self, content: Any) -> bytes:
        """The document as bytes, whatever the sender's words were made of."""
        return json.dumps(content, ensure_ascii=False).encode(errors="replace")


def add_problem_documents(app: FastAPI, sentences: Sentences) -> None:
    """Answer refusals and malformed input with a document that names field and remedy."""

    def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, Refused)
        noted = {name: error.details.get(name) for name in ("identity", "rule")}
        note_refusal(request, error.status, error.code, field=error.field, **noted)
        return problem_document(sentences, request, error)

    def malformed(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        fields = [_field(one, error.body) for one in _causes(error.errors())]
        refusal = NotWellFormed(field=fields[0]["field"] if fields else None, count=len(fields))
        return problem_document(sentences, request, refusal, errors=fields)

    def http_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        note_refusal(request, error.status_code, HTTPStatus(error.status_code).phrase)
        refusal = _of_the_framework(request, error)
        if refusal is not None:
            return problem_document(sentences, request, refusal, headers=error.headers)
        body = {
            "type": "about:blank",
            "title": HTTPStatus(error.status_code).phrase,
            "status": error.status_code,
            "detail": str(error.detail),
            "instance": request.scope["path"],
        }
        return ProblemDocument(body, error.status_code, error.headers)

    app.add_exception_handler(Refused, refused)
    app.add_exception_handler(RequestValidationError, malformed)
    app.add_exception_handler(HTTPException, http_error)


def problem_document(
    sentences: Sentences,
    request: Request,
    refusal: Refused,
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:
    """The document of one refusal, in the reader's language."""
    language = language_of(request.headers.get("accept-language"))
    body: dict[str, Any] = {
        "type": f"urn:cairn:refusal:{refusal.code}",
        "title": refusal.code,
        "status": refusal.status,
        "detail": sentences.say(refusal.template(), language, refusal.details),
        "code": refusal.code,
        "instance": request.scope["path"],
    }
    if refusal.field is not None:
        body["field"] = refusal.field
    if refusal.details:
        body["details"] = {key: str(value) for key, value in refusal.details.items()}
    said = dict(headers or {})
    if refusal.status == 401:
        said["WWW-Authenticate"] = "Bearer"
    if "retry_after" in refusal.details:
        said["Retry-After"] = str(refusal.details["retry_after"])
    return ProblemDocument(body | more, refusal.status, said)


def _of_the_framework(request: Request, error: HTTPException) -> Refused | None:
    """What the framework refuses by itself, in our words."""
    if error.status_code == 404:
        return NoSuchRoute()
    if error.status_code == 405:
        allowed = (error.headers or {}).get("Allow", "")
        return MethodNotKnown(method=request.method, allowed=allowed)
    return BodyUnreadable(field="body") if error.status_code == 400 else None


def _causes(errors: Sequence[Any]) -> list[Any]:
    """The errors without those that only follow from another: a list is short of its bad items."""
    places = [tuple(one["loc"]) for one in errors]
    return [
        one
        for one, place in zip(errors, places, strict=True)
        if one["type"] != "too_short"
        or not any(len(p) > len(place) and p[: len(place)] == place for p in places)
    ]


def _field(error: Any, body: Any) -> dict[str, str]:
    if error["type"] == "json_invalid":
        return {"field": "body", "problem": str(error["msg"])}
    path = ""
    for part in _named(error["loc"], body):
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return {"field": path, "problem": str(error["msg"])}


def _named(place: Sequence[Any], body: Any) -> Iterator[Any]:
    """The parts of a place that the sender wrote: names of variants are not among them."""
    node = body
    for n, part in enumerate(place):
        if n == 0 and part == "body":
            continue
        if n < len(place) - 1 and _is_variant(part, node):
            continue
        yield part
        node = _inside(node, part)


def _is_variant(part: Any, node: Any) -> bool:
    if isinstance(node, list):
        return not isinstance(part, int)
    return isinstance(node, dict) and not isinstance(node.get(part), dict | list)


def _inside(node: Any, part: Any) -> Any:
    if isinstance(node, dict):
        return node.get(part)
    in_list = isinstance(node, list) and isinstance(part, int) and part < len(node)
    return node[part] if in_list else None
