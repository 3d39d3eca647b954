"""An identity provider of the tests: it speaks SCIM to a directory that runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
import psycopg

from services.directory.domain.provisioned import ENTERPRISE
from services.host.house import House
from tests.support.house import At

MEDIA_TYPE = "application/scim+json"
USER = "urn:ietf:params:scim:schemas:core:2.0:User"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
LAST_OF_PEOPLE = "SELECT coalesce(max(position), 0) FROM log.facts WHERE feed = 'organisation'"


@dataclass
class Provider:
    """What an identity provider has: the address of SCIM and a token."""

    house: House
    client: httpx2.Client

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> httpx2.Response:
        """One request, answered in any way."""
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.request(method, path.lstrip("/"), json=body, headers=told)

    def done(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """One request that is not refused; its body, if it has one."""
        answer = self.ask(method, path, body, **headers)
        assert answer.is_success, f"{answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def found(self, kind: str, **query: Any) -> list[dict[str, Any]]:
        """The resources on a page."""
        answer = self.client.get(kind, params=query)
        assert answer.status_code == 200, answer.text
        resources: list[dict[str, Any]] = answer.json().get("Resources", [])
        return resources


def new_token(house: House, label: str = "test", days: int = 1) -> dict[str, Any]:
    """A token, as the host makes it."""
    headers = {"Authorization": f"Bearer {house.keys.minter('host').mint_own('host', 'directory')}"}
    url = f"{house.url('directory')}/scim-tokens"
    with httpx2.Client(timeout=30, trust_env=False) as client:
        answer = client.post(url, json={"label": label, "days": days}, headers=headers)
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


@contextmanager
def provisioning(house: House) -> Iterator[Provider]:
    """An identity provider with a token of its own."""
    headers = {
        "Authorization": f"Bearer {new_token(house)['token']}",
        "Content-Type": MEDIA_TYPE,
        "Accept": MEDIA_TYPE,
    }
    base = f"{house.url('directory')}/scim/v2/"
    with httpx2.Client(base_url=base, headers=headers, timeout=60, trust_env=False) as client:
        yield Provider(house, client)


@dataclass
class World:
    """An identity provider, and someone who looks at the directory."""

    provider: Provider
    me: At
    log: str

    def bring(self, user_name: str, **more: Any) -> str:
        """A new user; answers the id."""
        return str(self.provider.done("POST", "Users", user(user_name, **more))["id"])

    def patch(self, user_id: str, **values: Any) -> None:
        """Replace some attributes."""
        self.provider.done(
            "PATCH",
            f"Users/{user_id}",
            {"schemas": [PATCH], "Operations": [{"op": "replace", "value": values}]},
        )

    def person(self, person_id: str) -> dict[str, Any]:
        """The person as the directory tells it, once its tables show all that is recorded."""
        self.me.seen = f"organisation@{self.asked(LAST_OF_PEOPLE)}"
        person: dict[str, Any] = self.me.read(f"/people/{person_id}")["person"]
        return person

    def facts(self) -> int:
        """How many facts were recorded so far."""
        return int(self.asked("SELECT coalesce(max(position), 0) FROM log.facts"))

    def asked(self, query: str) -> Any:
        """One value out of the directory's database."""
        with psycopg.connect(self.log) as connection:
            row = connection.execute(query).fetchone()  # type: ignore[arg-type]
        assert row is not None
        return row[0]


def user(user_name: str, **more: Any) -> dict[str, Any]:
    """A user as an identity provider sends it."""
    return {
        "schemas": [USER, ENTERPRISE],
        "userName": user_name,
        "active": True,
        **more,
    }
