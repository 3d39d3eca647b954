"""What the services know already, asked over their query APIs and only where a file needs it."""

from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from services.host.importing.planning import names
from services.host.importing.sending import Sender

OK = 200
# Where a sheet's codes are listed: the service, the path, and the part of the answer.
LISTS = {
    "units": ("directory", "/units", "units"),
    "periods": ("directory", "/calendar", "periods"),
    "cycles": ("goals", "/cycles", "items"),
    "kpis": ("metrics", "/kpis", "items"),
    "schemes": ("appraisal", "/schemes", "items"),
}


class KnownByServices:
    """Codes that are not in the file are looked for in the services' tables."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._listed = cache(self._list)
        self._asked = cache(self._ask)

    def knows(self, sheet: str, code: str) -> bool:
        """Whether something with this code, of the kind that this sheet lists, is there."""
        match sheet:
            case "people":
                return self._person(code) is not None
            case "objectives":
                return self._asked("goals", f"/objectives/{names.objective_id(code)}") is not None
            case "key_results":
                return self._key_result(code) is not None
        return sheet in LISTS and code in self._listed(sheet)

    def objective_of(self, key_result: str) -> UUID | None:
        """The objective in which the key result with this code lives."""
        told = self._key_result(key_result)
        return UUID(told["objective_id"]) if told else None

    def unit_of(self, person: str) -> UUID | None:
        """The unit of the first post of the person with this code."""
        told = self._person(person)
        posts = told["person"]["posts"] if told else []
        return UUID(posts[0]["unit_id"]) if posts else None

    def days_of(self, period: str) -> tuple[date, date] | None:
        """The first and last day of the period with this code."""
        told = self._listed("periods").get(period)
        if told is None:
            return None
        return date.fromisoformat(told["first"]), date.fromisoformat(told["last"])

    def is_closed(self, cycle: str) -> bool:
        """Whether the cycle with this code is closed and takes nothing more."""
        return bool(self._listed("cycles").get(cycle, {}).get("state") == "closed")

    def _person(self, code: str) -> dict[str, Any] | None:
        return self._asked("directory", f"/people/{names.person_id(code)}")

    def _key_result(self, code: str) -> dict[str, Any] | None:
        return self._asked("goals", f"/key-results/{names.key_result_id(code)}")

    def _list(self, sheet: str) -> dict[str, dict[str, Any]]:
        service, path, part = LISTS[sheet]
        told = self._asked(service, path) or {}
        return {entry["code"]: entry for entry in told.get(part, ())}

    def _ask(self, service: str, path: str) -> dict[str, Any] | None:
        answer = self._sender.read(service, path)
        told: dict[str, Any] | None = answer.json() if answer.status_code == OK else None
        return told
