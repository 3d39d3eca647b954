"""One question to a neighbour: on whose behalf, in which language, as of when, having seen what."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx2

Answer = dict[str, Any]


class Unreachable(Exception):
    """A service did not answer, or answered that it could not."""

    def __init__(self, service: str) -> None:
        super().__init__(service)
        self.service = service


class RefusedByService(Exception):
    """A service said no, with a problem document in the reader's language."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        super().__init__(status, problem)
        self.status, self.problem = status, problem

    @property
    def sentence(self) -> str:
        """What is wrong and what to do next."""
        return str(self.problem.get("detail") or self.problem.get("title") or "")

    @property
    def field(self) -> str | None:
        """The input at fault, where one is."""
        field = self.problem.get("field")
        return str(field) if field else None


@dataclass(frozen=True)
class Acting:
    """For whom somebody acts, and under which delegation."""

    giver: UUID
    delegation: UUID


# the service, who asks (nobody: web itself), and for whom they act
Mint = Callable[[str, UUID | None, Acting | None], str]


@dataclass(frozen=True)
class Asking:
    """Who asks, for whom, in which language, and from which moment they look.

    ``seen`` names the last thing they did (``metrics@123``): answers wait until it has arrived.
    Nobody (``None``) asks as the web service itself.
    """

    person: UUID | None
    language: str = "zh-CN"
    as_of: datetime | None = None
    on: date | None = None
    seen: str = ""
    acting: Acting | None = None

    def at_present(self) -> "Asking":
        """The same question about now."""
        return replace(self, as_of=None, on=None)

    def parameters(self) -> dict[str, str]:
        """The moment as query parameters; empty when it is now."""
        moment = {"as_of": self.as_of, "on": self.on}
        return {name: value.isoformat() for name, value in moment.items() if value}


@dataclass(frozen=True)
class Done:
    """What a command answered: the body, and the mark to show to later questions."""

    body: Answer
    seen: str


class Neighbour:
    """A service behind its address; mints a token for each question."""

    def __init__(self, name: str, http: httpx2.AsyncClient, mint: Mint, url: str = "") -> None:
        self.name, self._http, self._mint, self._url = name, http, mint, url.rstrip("/")

    async def ask(self, asking: Asking, path: str, **wanted: Any) -> Any:
        """The answer to a query; raises RefusedByService or Unreachable."""
        given = {k: v for k, v in wanted.items() if v is not None}
        parameters = asking.parameters() | given
        answer = await self._send("GET", path, self._headers(asking), params=parameters)
        return answer.json()

    async def command(self, asking: Asking, name: str, body: Answer, key: str = "") -> Done:
        """Have a command carried out once, however often the same ``key`` is sent."""
        headers = self._headers(asking) | {"Idempotency-Key": key or str(uuid4())}
        answer = await self._send("POST", f"/commands/{name}", headers, json=body)
        return Done(answer.json(), answer.headers.get("cairn-seen", ""))

    def _headers(self, asking: Asking) -> dict[str, str]:
        headers = {
            "Authorization": f"Bearer {self._mint(self.name, asking.person, asking.acting)}",
            "Accept-Language": asking.language,
        }
        return headers | ({"Cairn-Seen": asking.seen} if asking.seen else {})

    async def _send(
        self, method: str, path: str, headers: dict[str, str], **rest: Any
    ) -> httpx2.Response:
        try:
            answer = await self._http.request(method, self._url + path, headers=headers, **rest)
        except httpx2.HTTPError as broken:
            raise Unreachable(self.name) from broken
        if answer.status_code >= 500:
            raise Unreachable(self.name)
        if answer.status_code >= 400:
            raise RefusedByService(answer.status_code, _problem(answer))
        return answer


def _problem(answer: httpx2.Response) -> Mapping[str, Any]:
    try:
        body = answer.json()
    except ValueError:
        body = None
    return body if isinstance(body, dict) else {"title": answer.reason_phrase}


def lines(answer: Any) -> list[Answer]:
    """The lines of a story, bare or in a list answer."""
    found: list[Answer] = answer["items"] if isinstance(answer, dict) else answer
    return found
