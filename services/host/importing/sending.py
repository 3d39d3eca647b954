"""Sends one command over HTTP, again where that may help, and says what a refusal means."""

import re
import time
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import httpx2

from services.host.importing.faults import Fault
from services.host.importing.layout.words import Language
from services.host.importing.planning.command import Command
from services.host.importing.planning.names import person_id
from services.host.importing.rows import Row
from shared.kernel.actors import Actor, service

IMPORTER = "import"
ATTEMPTS = 6
FIRST_PAUSE = 0.05
LONGEST_FOLLOWING = 30.0
# A token is good for a minute; half of it is left for the way.
TOKEN_LIFE = 30.0
WORTH_AGAIN = {408, 409, 425, 429, 500, 502, 503, 504}
ITEM = re.compile(r"(\w+)\[(\d+)\]")
NAMES = {"zh": "zh-CN", "en": "en"}
# What a service reads of the others before it decides.
READS = {
    "directory": frozenset[str](),
    "goals": frozenset({"organisation", "kpis", "measurements"}),
    "metrics": frozenset({"organisation", "objectives"}),
    "appraisal": frozenset({"organisation", "kpis"}),
}


class Door(Protocol):
    """The way to the services: where each answers, and tokens for who speaks."""

    def url(self, service: str) -> str:
        """The address of a service, without a closing slash."""
        ...

    def token(self, actor: Actor, service: str) -> str:
        """A token for this actor that this service accepts."""
        ...


class ImportStopped(Exception):
    """A service refused a command or could not be reached; what was recorded before stays."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.wrong("en"))
        self.fault = fault


class Sender:
    """Speaks as the import on people's behalf; waits until a service knows what it must know."""

    def __init__(
        self,
        door: Door,
        client: httpx2.Client,
        language: Language = "en",
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._door, self._client, self._language, self._pause = door, client, language, pause
        self._tokens: dict[tuple[str, str], tuple[str, float]] = {}
        self._seen: dict[str, int] = {}
        self._shown: dict[str, dict[str, int]] = {name: {} for name in READS}

    def send(self, command: Command) -> httpx2.Response:
        """The accepted answer; a refusal stops the import and names the row."""
        self._wait_until_known(command.service)
        for attempt in range(ATTEMPTS):
            answer = self._post(command)
            if answer is not None and answer.status_code not in WORTH_AGAIN:
                break
            self._pause(FIRST_PAUSE * 2**attempt)
        else:
            raise ImportStopped(self._unreached(command))
        if answer.status_code >= 400:
            raise ImportStopped(refusal(command, _problem(answer)))
        self._remember(answer.headers.get("Cairn-Seen", ""))
        return answer

    def read(self, name: str, path: str, **params: str) -> httpx2.Response:
        """What a service says in answer to a question of the import itself."""
        headers = {"Authorization": f"Bearer {self._token('', name)}"}
        return self._client.get(f"{self._door.url(name)}{path}", params=params, headers=headers)

    def _post(self, command: Command) -> httpx2.Response | None:
        url = f"{self._door.url(command.service)}/commands/{command.name}"
        headers = {
            "Authorization": f"Bearer {self._token(command.behalf, command.service)}",
            "Idempotency-Key": command.key,
            "Accept-Language": NAMES[self._language],
        }
        try:
            return self._client.post(url, json=command.body, headers=headers)
        except httpx2.TransportError:
            return None

    def _token(self, behalf: str, name: str) -> str:
        token, minted = self._tokens.get((behalf, name), ("", float("-inf")))
        now = time.monotonic()
        if now - minted > TOKEN_LIFE:
            token = self._door.token(service(IMPORTER, person_id(behalf) if behalf else None), name)
            self._tokens[behalf, name] = (token, now)
        return token

    def _remember(self, seen: str) -> None:
        for part in filter(None, seen.split(",")):
            feed, _, position = part.strip().partition("@")
            self._seen[feed] = max(int(position), self._seen.get(feed, 0))

    def _wait_until_known(self, name: str) -> None:
        wanted = {feed: at for feed, at in self._seen.items() if feed in READS[name]}
        deadline = time.monotonic() + LONGEST_FOLLOWING
        pause = FIRST_PAUSE / 10
        while not _covers(self._shown[name], wanted) and time.monotonic() < deadline:
            self._shown[name] = self._followed_by(name)
            if not _covers(self._shown[name], wanted):
                self._pause(pause)
                pause = min(pause * 2, 1.0)

    def _followed_by(self, name: str) -> dict[str, int]:
        try:
            ready = self._client.get(f"{self._door.url(name)}/health/ready").json()
        except (httpx2.TransportError, ValueError):
            return {}
        tables = ready.get("tables", [])
        feeds = {table["feed"] for table in tables}
        return {
            feed: min(table["position"] for table in tables if table["feed"] == feed)
            for feed in feeds
        }

    def _unreached(self, command: Command) -> Fault:
        sentence = {"en": "it cannot be reached, or is too busy", "zh": "无法连接或过于繁忙"}
        problem = {"detail": sentence[self._language]}
        return refusal(command, problem)


def _covers(shown: Mapping[str, int], wanted: Mapping[str, int]) -> bool:
    return all(shown.get(feed, 0) >= at for feed, at in wanted.items())


def _problem(answer: httpx2.Response) -> dict[str, Any]:
    try:
        problem = answer.json()
    except ValueError:
        problem = {}
    return problem if isinstance(problem, dict) else {}


def refusal(command: Command, problem: Mapping[str, Any]) -> Fault:
    """A service's refusal as a fault of the row from which the command stems."""
    field = str(problem.get("field") or "")
    sentence = str(problem.get("detail") or problem.get("title") or problem.get("status") or "?")
    said: dict[str, Any] = {"service": command.service, "sentence": sentence}
    row = _row(command, field)
    if row is None:
        return Fault("refused", details=said)
    column = _column(row, field)
    return row.fault(column, "refused", **said)


def _row(command: Command, field: str) -> Row | None:
    found = ITEM.match(field)
    place = int(found[2]) if found and found[1] == command.items else 0
    return command.rows[place] if place < len(command.rows) else None


def _column(row: Row, field: str) -> str:
    last = re.split(r"[.\[\]]+", field.strip("[]"))[-1].removesuffix("_id")
    keys = [column.key for column in row.page.sheet.columns]
    return last if last in keys else row.page.sheet.identity[0]
