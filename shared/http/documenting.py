"""What the OpenAPI document says of refusals: each status with its problem document."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel, Field

from shared.http.problems import MEDIA_TYPE

METHODS = frozenset({"get", "post", "put", "patch", "delete"})
EVERYWHERE: Mapping[int, str] = {
    400: "The request or one of its headers cannot be read",
    401: "No valid token",
    403: "The policy, or a wall between services, says no",
    404: "Nothing there, or nothing that the asker may see",
    408: "The request took too long to arrive",
    413: "Larger than what is taken here",
    422: "A rule or the form of the request says no; nothing was recorded",
    429: "Asked too often; Retry-After says when again",
    500: "Something broke; nothing was recorded unless the answer said so",
    503: "The database cannot be reached",
}
COMMANDS: Mapping[int, str] = {
    409: "Somebody changed it in the meantime",
    412: "Another version than If-Match expects",
}


class Problem(BaseModel):
    """Why a request was not carried out (RFC 9457)."""

    type: str = Field(description="A name that stays, as a URN")
    title: str
    status: int
    detail: str = Field(description="A sentence in the reader's language, with the remedy")
    instance: str | None = None
    code: str | None = Field(None, description="The refusal's name")
    field: str | None = Field(None, description="The input at fault")
    details: dict[str, str] | None = None
    errors: list[dict[str, str]] | None = Field(None, description="Every field at fault")


def document_problems(app: FastAPI) -> None:
    """Let the document name, for every route, the statuses that are answered besides success."""
    told = app.openapi

    def with_problems() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = told()
            schemas = document.setdefault("components", {}).setdefault("schemas", {})
            schemas["Problem"] = Problem.model_json_schema()
            for path, operations in document["paths"].items():
                for operation in (operations[one] for one in METHODS & operations.keys()):
                    _add(operation["responses"], commands=path.startswith("/commands/"))
        schema: dict[str, Any] = told()
        return schema

    app.openapi = with_problems  # type: ignore[method-assign]


def _add(responses: dict[str, Any], *, commands: bool) -> None:
    schema = {"$ref": "#/components/schemas/Problem"}
    for status, description in ({**EVERYWHERE, **COMMANDS} if commands else EVERYWHERE).items():
        if status == 422 or str(status) not in responses:
            responses[str(status)] = {
                "description": description,
                "content": {MEDIA_TYPE: {"schema": schema}},
            }
