"""The security log: who was refused what anywhere, and who tried to sign in."""

from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime
from starlette.responses import Response

from services.web.clients.asking import Answer
from services.web.pages.credentials.sign_ins import Line
from services.web.pages.language import to_translate
from services.web.pages.names import is_id
from services.web.pages.visits import Visiting

routes = APIRouter()
AT_ONCE = 50
REASONS = {
    401: to_translate("Not signed in"),
    403: to_translate("Not allowed"),
    429: to_translate("Too often"),
    0: to_translate("Not written: too many at once"),
}
SERVICES = {
    "directory": to_translate("Directory"),
    "goals": to_translate("Objectives"),
    "metrics": to_translate("KPIs"),
    "appraisal": to_translate("Appraisal"),
    "web": to_translate("Signing in"),
}
OUTCOMES = {
    "signed_in": to_translate("Signed in"),
    "signed_out": to_translate("Signed out"),
    "ended_elsewhere": to_translate("Ended by its owner elsewhere"),
    "ended_inactive": to_translate("Ended: no longer active"),
    "unknown": to_translate("Unknown name"),
    "inactive": to_translate("No longer active"),
    "wrong_password": to_translate("Wrong password"),
    "too_many_tries": to_translate("Too many tries"),
    "not_valid": to_translate("The answer of the identity provider was not valid"),
    "password_set": to_translate("Password set"),
    "disabled": to_translate("Way in switched off"),
    "token_made": to_translate("Token made"),
    "token_revoked": to_translate("Token revoked"),
}
HARMLESS = ("signed_in", "signed_out", "password_set", "token_made")


@routes.get("/security")
async def security(
    visit: Visiting,
    person: UUID | None = None,
    until: AwareDatetime | None = None,
    code: Annotated[str | None, Query(pattern=r"^[A-Za-z]{1,100}$")] = None,
) -> Response:
    """What was refused, the newest first; of one person or one reason where that is asked."""
    instant = until.isoformat() if until else None
    found = await visit.site.security.refusals(
        visit.asking, person=person, until=instant, code=code, limit=AT_ONCE
    )
    # only those whom the services let look come this far
    tries = [] if code else await visit.site.sign_ins.latest(AT_ONCE, until, person)
    own = visit.site.refusals
    refused = await own.latest(AT_ONCE, until, person, code) if own else []
    rows = [_refused(entry) for entry in [*found.entries, *refused]]
    rows += [_tried(line) for line in tries]
    shown = page_of(rows)
    ids = {row["person"] for row in shown if is_id(row["person"])}
    older = {"person": person, "code": code}
    return visit.show(
        "security.html",
        section="security",
        rows=shown,
        names=await visit.names(ids),
        silent=found.silent,
        services=SERVICES,
        narrowed=bool(person or code),
        older=_query({"until": shown[-1]["at"].isoformat()} | older)
        if len(rows) >= AT_ONCE
        else "",
    )


def page_of(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The newest, with everything that happened at the instant of the last of them."""
    newest = sorted(rows, key=lambda row: row["at"], reverse=True)
    last = newest[:AT_ONCE][-1]["at"] if newest else None
    return [row for row in newest if row["at"] >= last]


def _refused(entry: Answer) -> dict[str, Any]:
    return {
        **entry,
        "at": datetime.fromisoformat(str(entry["at"])),
        "person": entry["person"] or "",
        "what": f"{entry['method']} {entry['route']}".strip(),
        "why": REASONS.get(entry["status"], entry["code"]),
        "good": False,
    }


def _tried(line: Line) -> dict[str, Any]:
    return {
        "at": line.at,
        "service": "web",
        "person": str(line.person or ""),
        "identity": None,
        "what": line.device,
        "why": OUTCOMES.get(line.outcome, line.outcome),
        "good": line.outcome in HARMLESS,
        "code": "",
        "rule": None,
        "address": line.address,
        "times": 1,
    }


def _query(wanted: dict[str, Any]) -> str:
    return "?" + urlencode({name: str(value) for name, value in wanted.items() if value})
