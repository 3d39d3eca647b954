"""A service behind its guard: limits as its settings say, documents as its refusals."""

from collections.abc import Iterator, Sequence
from typing import Any

from annotated_types import MaxLen
from fastapi import APIRouter, FastAPI, Request
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.responses import Response

from shared.http.bounds import Limits
from shared.http.guarding import OF_SERVICES, Guard, Guards
from shared.http.limiting import RateLimits
from shared.http.problems import problem_document
from shared.http.refusing import note_refusal
from shared.http.sentences import Sentences
from shared.kernel.refusals import Refused

# a command that may name more things than this takes in a long body
LONG_LIST = 1_000


def guard_service(
    app: FastAPI, limits: Limits, sentences: Sentences, routers: Sequence[APIRouter], https: bool
) -> None:
    """Put the guard before a service's application, and count who asks how often."""

    def refuse(request: Request, refusal: Refused) -> Response:
        request.scope.setdefault("app", app)
        note_refusal(request, refusal.status, refusal.code, field=refusal.field)
        return problem_document(sentences, request, refusal)

    app.state.rates = RateLimits(limits)
    guards = Guards(
        headers=OF_SERVICES,
        refuse=refuse,
        hosts=limits.hosts,
        largest_body=limits.largest_body,
        larger=dict.fromkeys(taking_lists(routers), limits.largest_list),
        longest_sending=limits.longest_sending,
        https=https,
    )
    app.add_middleware(Guard, guards=guards)


def taking_lists(routers: Sequence[APIRouter]) -> Iterator[str]:
    """The paths of commands that take long lists."""
    for router in routers:
        for route in router.routes:
            if isinstance(route, APIRoute) and route.body_field is not None:
                model = route.body_field.field_info.annotation
                if isinstance(model, type) and issubclass(model, BaseModel) and _is_long(model):
                    yield route.path


def _is_long(model: type[BaseModel]) -> bool:
    marks: list[Any] = [mark for one in model.model_fields.values() for mark in one.metadata]
    return any(isinstance(mark, MaxLen) and mark.max_length >= LONG_LIST for mark in marks)
