"""Refusals and malformed requests as problem documents (RFC 9457)."""

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from shared.http.sentences import Sentences, language_of
from shared.kernel.refusals import Refused

MEDIA_TYPE = "application/problem+json"


class NotWellFormed(Refused):
    """This request is not well-formed: {count} field(s) need attention. Correct them and send it again."""


def add_problem_documents(app: FastAPI, sentences: Sentences) -> None:
    """Answer refusals and malformed input with a document that names field and remedy."""

    def refused(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, Refused)
        return _problem(error, _said(sentences, request, error), request)

    def malformed(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        fields = [_field(one) for one in error.errors()]
        refusal = NotWellFormed(field=fields[0]["field"] if fields else None, count=len(fields))
        return _problem(refusal, _said(sentences, request, refusal), request, errors=fields)

    def http_error(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
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


def _field(error: Any) -> dict[str, str]:
    place = [part for part in error["loc"] if part != "body"]
    path = ""
    for part in place:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return {"field": path, "problem": str(error["msg"])}
