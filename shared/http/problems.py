"""Refusals and malformed requests as problem documents (RFC 9457)."""

from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from shared.http.refusing import note_refusal
from shared.http.sentences import Sentences, language_of
from shared.kernel.refusals import Refused

MEDIA_TYPE = "application/problem+json"


class NotWellFormed(Refused):
    """This request is not well-formed: {count} field(s) need attention. Correct them and send
    it again.
    """


def add_problem_documents(app: FastAPI, sentences: Sentences) -> None:
    """Answer refusals and malformed input with a document that names field and remedy."""

    def refused(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, Refused)
        noted = {name: error.details.get(name) for name in ("identity", "rule")}
        note_refusal(request, error.status, error.code, field=error.field, **noted)
        return _problem(error, _said(sentences, request, error), request)

    def malformed(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        fields = [_field(one, error.body) for one in _causes(error.errors())]
        refusal = NotWellFormed(field=fields[0]["field"] if fields else None, count=len(fields))
        return _problem(refusal, _said(sentences, request, refusal), request, errors=fields)

    def http_error(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        note_refusal(request, error.status_code, HTTPStatus(error.status_code).phrase)
        body = {
            "type": "about:blank",
            "title": HTTPStatus(error.status_code).phrase,
            "status": error.status_code,
            "detail": str(error.detail),
            "instance": request.url.path,
        }
        return JSONResponse(body, error.status_code, error.headers, media_type=MEDIA_TYPE)

    app.add_exception_handler(Refused, refused)
    app.add_exception_handler(RequestValidationError, malformed)
    app.add_exception_handler(HTTPException, http_error)


def _said(sentences: Sentences, request: Request, refusal: Refused) -> str:
    language = language_of(request.headers.get("accept-language"))
    return sentences.say(refusal.template(), language, refusal.details)


def _problem(refusal: Refused, said: str, request: Request, **more: Any) -> JSONResponse:
    body: dict[str, Any] = {
        "type": f"urn:cairn:refusal:{refusal.code}",
        "title": refusal.code,
        "status": refusal.status,
        "detail": said,
        "code": refusal.code,
        "instance": request.url.path,
    }
    if refusal.field is not None:
        body["field"] = refusal.field
    if refusal.details:
        body["details"] = {key: str(value) for key, value in refusal.details.items()}
    headers = {"WWW-Authenticate": "Bearer"} if refusal.status == 401 else None
    return JSONResponse(body | more, refusal.status, headers, media_type=MEDIA_TYPE)


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
