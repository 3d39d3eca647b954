"""Commands over HTTP: ``POST /commands/<imperative>`` with a request id, answered once."""

import re
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Header, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from shared.eventing.asking import Answer, Asked, hash_of
from shared.http.authorising import enter
from shared.http.limiting import RateLimits
from shared.http.refusing import network_of
from shared.http.sentences import Sentences, language_of
from shared.http.tokens import Caller, NotSignedIn, OnlyReads, Verifier
from shared.kernel.refusals import Refused

C = TypeVar("C", bound=BaseModel)
Handler = Callable[[Asked, C], Answer]
UNREADABLE = re.compile("[\x00\ud800-\udfff]")
HARMLESS = ("GET", "HEAD", "OPTIONS")


class RequestIdMissing(Refused):
    """Every change needs an Idempotency-Key header. Send a fresh unique key with each new
    request.
    """

    status = 400


class IfMatchUnreadable(Refused):
    """If-Match is no version. Send the ETag that the object came with, in quotes, such as "3"."""

    status = 400


class TextUnreadable(Refused):
    """This text holds a character that no database keeps, such as NUL or half of one. Remove it
    and send it again.
    """


def must_be_readable(value: Any, field: str = "") -> None:
    """Refuse text that could be recorded but never shown in a table; names its field."""
    if isinstance(value, str) and UNREADABLE.search(value):
        raise TextUnreadable(field=UNREADABLE.sub("?", field))
    if isinstance(value, dict):
        for name, inner in value.items():
            must_be_readable(name, field)
            must_be_readable(inner, f"{field}.{name}" if field else str(name))
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            must_be_readable(inner, f"{field}[{n}]")


Authorization = Annotated[str | None, Header()]


def caller_of(request: Request, authorization: Authorization = None) -> Caller:
    """Who sends this request, by its bearer token."""
    caller = _signed(request, authorization)
    request.state.asker = enter(request, caller)
    return caller


async def service_or_person(request: Request, authorization: Authorization = None) -> Caller:
    """The same for routes that services ask all the time: only a person's rights are asked of the
    database, so only then is a thread needed.
    """
    caller = _signed(request, authorization)
    if caller.is_service:
        request.state.asker = enter(request, caller)
    else:
        request.state.asker = await run_in_threadpool(enter, request, caller)
    return caller


def _signed(request: Request, authorization: str | None) -> Caller:
    verifier: Verifier = request.app.state.verifier
    rates: RateLimits = request.app.state.rates
    try:
        caller = request.state.caller = verifier.verify(_bearer(authorization))
    except NotSignedIn:
        rates.count_stranger(network_of(request.client.host if request.client else None))
        raise
    rates.count(caller, reads=request.method in HARMLESS)
    if caller.scope == "read" and request.method not in HARMLESS:
        raise OnlyReads
    return caller


def _bearer(authorization: str | None) -> str:
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotSignedIn(field="Authorization")
    return token.strip()


Asking = Annotated[Caller, Depends(caller_of)]
AskingOften = Annotated[Caller, Depends(service_or_person)]


def kebab(model: type[BaseModel]) -> str:
    """``ReviseTargets`` → ``revise-targets``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", model.__name__).lower()


def add_command(router: APIRouter, model: type[C], handler: Handler[C]) -> None:
    """Let this command be asked over HTTP; the body is its model."""

    def ask(
        request: Request,
        caller: Asking,
        command: C,
        idempotency_key: Annotated[str | None, Header(max_length=200)] = None,
        if_match: Annotated[str | None, Header()] = None,
        cairn_correlation: Annotated[str | None, Header(max_length=200)] = None,
    ) -> JSONResponse:
        if not idempotency_key:
            raise RequestIdMissing(field="Idempotency-Key")
        ready = _with_expected_version(command, if_match)
        body = ready.model_dump(mode="json")
        must_be_readable(body)
        under = [caller.actor.delegation] if caller.actor.delegation else []
        body_hash = hash_of([kebab(model), caller.person, body, *under])
        request_id = f"{caller.actor.id}:{idempotency_key}"
        asked = Asked(
            request_id, caller.actor, body_hash, kebab(model), correlation=cairn_correlation
        )
        return _answered(handler(asked, ready), request)

    ask.__annotations__["command"] = model
    ask.__doc__ = model.__doc__
    router.add_api_route(
        f"/commands/{kebab(model)}", ask, methods=["POST"], name=kebab(model), tags=["commands"]
    )


def _with_expected_version(command: C, if_match: str | None) -> C:
    if if_match is None or "expected_version" not in type(command).model_fields:
        return command
    if not re.fullmatch(r'"\d{1,9}"', if_match.strip()):
        raise IfMatchUnreadable(field="If-Match")
    return command.model_copy(update={"expected_version": int(if_match.strip().strip('"'))})


def _answered(answer: Answer, request: Request) -> JSONResponse:
    headers: dict[str, Any] = {}
    if answer.seen:
        headers["Cairn-Seen"] = ",".join(f"{feed}@{at}" for feed, at in answer.seen.items())
    if len(answer.streams) == 1:
        headers["ETag"] = f'"{next(iter(answer.streams.values()))}"'
    if answer.repeated:
        headers["Idempotency-Replayed"] = "true"
    body = answer.body()
    return JSONResponse(body | {"warnings": _said(body["warnings"], request)}, headers=headers)


def _said(warnings: list[dict[str, Any]], request: Request) -> list[dict[str, Any]]:
    """Warnings in the reader's language, where they say by which template they were worded."""
    sentences: Sentences = request.app.state.sentences
    language = language_of(request.headers.get("accept-language"))
    return [
        {**one, "sentence": sentences.say(one["template"], language, one.get("details"))}
        if "template" in one
        else one
        for one in warnings
    ]
