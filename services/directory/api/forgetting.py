"""Forgetting and legal holds over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from services.directory.application.forgetting import (
    ForgetPerson,
    Forgetting,
    PlaceLegalHold,
    ReleaseLegalHold,
)
from shared.http.commanding import add_command
from shared.http.reading import AsOf


def forgetting_routes(forgetting: Forgetting) -> APIRouter:
    """The commands, and the holds that stand."""
    router = APIRouter()
    add_command(router, ForgetPerson, forgetting.forget)
    add_command(router, PlaceLegalHold, forgetting.place_hold)
    add_command(router, ReleaseLegalHold, forgetting.release_hold)
    router.add_api_route("/legal-holds", legal_holds, methods=["GET"], name="legal-holds")
    return router


def legal_holds(
    reading: AsOf,
    person: Annotated[UUID | None, Query(description="of this person only")] = None,
) -> dict[str, Any]:
    """The legal holds that stand, by whom and why."""
    rows = reading.rows(
        "SELECT person_id, hold_id, reason, placed_by, lower(during) AS placed_at FROM legal_hold"
        " WHERE during @> %(moment)s::timestamptz"
        " AND (%(person)s::uuid IS NULL OR person_id = %(person)s)"
        " ORDER BY lower(during), hold_id",
        {"person": person},
    )
    return reading.told(legal_holds=rows)
