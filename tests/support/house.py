"""Real services on real PostgreSQL under one address, for tests that go through HTTP."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx2

from services.host.house import House
from shared.kernel.actors import Actor
from shared.kernel.actors import service as service_actor
from tests.support.postgres import Databases


@dataclass
class At:
    """One service of a running house, spoken to as one actor; sees what it has done."""

    house: House
    service: str
    actor: Actor
    client: httpx2.Client
    language: str = "en"
    seen: str = ""

    def ask(self, command: str, body: Mapping[str, Any], **headers: str) -> httpx2.Response:
        """Send a command; a fresh Idempotency-Key unless one is given."""
        sent = {"Idempotency-Key": str(uuid4()), **self._headers(), **headers}
        url = f"{self.house.url(self.service)}/commands/{command}"
        answer = self.client.post(url, json=body, headers=sent)
        self.seen = answer.headers.get("Cairn-Seen", self.seen)
        return answer

    def done(self, command: str, body: Mapping[str, Any], **headers: str) -> dict[str, Any]:
        """Send a command that must be accepted; its answer."""
        answer = self.ask(command, body, **headers)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def get(self, path: str, **params: Any) -> httpx2.Response:
        """Read, after what was done through this."""
        headers = self._headers() | ({"Cairn-Seen": self.seen} if self.seen else {})
        url = f"{self.house.url(self.service)}{path}"
        return self.client.get(url, params=params, headers=headers)

    def read(self, path: str, **params: Any) -> dict[str, Any]:
        """Read what must be there."""
        answer = self.get(path, **params)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def _headers(self) -> dict[str, str]:
        token = self.house.token(self.actor, self.service)
        return {"Authorization": f"Bearer {token}", "Accept-Language": self.language}


@contextmanager
def running(databases: Databases, *services: str, **options: Any) -> Iterator[House]:
    """These services in one process, migrated, following and answering."""
    access = {name: databases(name) for name in services}
    with House(access, **options) as house:
        yield house


def imported_for(person_id: object) -> Actor:
    """What somebody said elsewhere, brought by the import: it may say it whatever their rights."""
    return service_actor("import", person_id)


@contextmanager
def speaking(house: House, service: str, actor: Actor | None = None) -> Iterator[At]:
    """Someone who speaks to one service."""
    with httpx2.Client(timeout=30, trust_env=False) as client:
        yield At(house, service, actor or imported_for(uuid4()), client)


def employ(house: House, *people: UUID, roles: Sequence[str] = ("admin",)) -> None:
    """Let these people work here, with these roles everywhere, and let every service know it."""
    described = [
        {
            "person_id": str(one),
            "name": "某人",
            "name_en": "Somebody",
            "roles": [{"role": role} for role in roles],
            "effective_from": "2026-01-01",
        }
        for one in people
    ]
    with speaking(house, "directory", service_actor("import")) as directory:
        directory.done("register-people", {"people": described})
    head = house.services["directory"].reader.stretch("organisation", 0, 1).head
    for name, one in house.services.items():
        assert one.followed.wait_for({"organisation": head}, longest=20), name
