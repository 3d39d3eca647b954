"""Whether a service lives, is ready, and how it is doing."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from psycopg import Error, sql

from shared.eventing.families import Family
from shared.http.reading import Reads

router = APIRouter(tags=["health"])


@router.get("/health/live")
def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive"}


@router.get("/health/ready")
def ready(request: Request) -> JSONResponse:
    """The database answers, and how far the tables follow; 503 when it does not."""
    reads: Reads = request.app.state.reads
    try:
        families = [_state(reads, family) for family in request.app.state.families]
    except Error as error:
        return JSONResponse({"status": "database away", "error": type(error).__name__}, 503)
    parked = sum(family["parked"] for family in families)
    status = "ready" if not parked else "some streams are parked"
    return JSONResponse({"status": status, "tables": families})


@router.get("/metrics", include_in_schema=False)
def metrics() -> PlainTextResponse:
    """Figures for Prometheus."""
    return PlainTextResponse(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def _state(reads: Reads, family: Family) -> dict[str, Any]:
    query = sql.SQL(
        "SELECT f.position, f.complete_through, (SELECT count(*) FROM {parked}) FROM {follower} f"
    ).format(
        parked=sql.Identifier(family.name, "parked"),
        follower=sql.Identifier(family.name, "follower"),
    )
    with reads.pool.connection() as connection:
        position, through, parked = connection.execute(query).fetchone() or (0, None, 0)
    return {
        "family": family.name,
        "feed": family.feed,
        "position": position,
        "complete_through": str(through),
        "parked": parked,
    }
