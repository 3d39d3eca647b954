"""Tokens of identity providers over HTTP: for administrators, and for whoever runs Cairn."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from services.directory.api.scim.tokens import Tokens
from shared.http.commanding import Asking


class NewToken(BaseModel):
    """What a token is for, and for how many days."""

    model_config = ConfigDict(extra="forbid")

    label: str = Field(min_length=1, max_length=100)
    days: int = Field(default=365, ge=1, le=1_100)


def token_routes(tokens: Tokens) -> APIRouter:
    """Make, list and end tokens."""
    router = APIRouter(prefix="/scim-tokens", tags=["scim"])

    @router.post("", status_code=201, name="new-scim-token")
    def make(caller: Asking, asked: NewToken) -> dict[str, Any]:
        """A new token; its text is told this once."""
        return tokens.make(asked.label, caller.actor.hand or caller.actor.id, asked.days)

    @router.get("", name="scim-tokens")
    def all_tokens(_caller: Asking) -> dict[str, Any]:
        """Every token without its text: what for, until when, last used, ended when."""
        return {"tokens": tokens.all()}

    @router.post("/{token_id}/revoke", name="revoke-scim-token")
    def revoke(_caller: Asking, token_id: Annotated[UUID, Path()]) -> dict[str, Any]:
        """The token opens nothing any more."""
        return {"token_id": token_id, "revoked_at": tokens.revoke(token_id)}

    return router
