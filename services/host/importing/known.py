"""What the services know already, asked over their query APIs and only where a file needs it."""

from functools import cache
from typing import Any

from services.host.importing.planning import names
from services.host.importing.sending import Sender

OK = 200


class KnownByServices:
    """Codes that are not in the file are looked for in the services' tables."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._all = cache(self._codes_of)
        self._one = cache(self._is_there)

    def knows(self, sheet: str, code: str) -> bool:
        """Whether something with this code, of the kind that this sheet lists, is there."""
        if sheet in _LISTS:
            return code in self._all(sheet)
        if sheet in _SINGLE:
            service, path, id_of_code = _SINGLE[sheet]
            return self._one(service, path.format(id=id_of_code(code)))
        return False

    def _codes_of(self, sheet: str) -> frozenset[str]:
        service, path, part = _LISTS[sheet]
        answer = self._sender.read(service, path)
        told: dict[str, Any] = answer.json() if answer.status_code == OK else {}
        return frozenset(entry["code"] for entry in told.get(part, ()))

    def _is_there(self, service: str, path: str) -> bool:
        return self._sender.read(service, path).status_code == OK


_LISTS = {
    "units": ("directory", "/units", "units"),
    "periods": ("directory", "/calendar", "periods"),
    "cycles": ("goals", "/cycles", "items"),
    "kpis": ("metrics", "/kpis", "items"),
    "schemes": ("appraisal", "/schemes", "items"),
}
_SINGLE = {
    "people": ("directory", "/people/{id}", names.person_id),
    "objectives": ("goals", "/objectives/{id}", names.objective_id),
    "key_results": ("goals", "/key-results/{id}", names.key_result_id),
}
