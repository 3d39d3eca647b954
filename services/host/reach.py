"""How a command of the CLI speaks to the services: to a Cairn that runs, or to one of its own."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import httpx2

from services.host.house import House, Keys
from services.host.installation import Installation
from services.host.provisioning import Access
from shared.kernel.actors import Actor, service


class Declined(RuntimeError):
    """A service said no; the message is its sentence."""


class Reach:
    """The services at one address, spoken to with tokens that the host signs."""

    def __init__(self, address: str, keys: Keys, admin: str, access: Mapping[str, Access]) -> None:
        self.address, self.keys, self.admin, self.access = address, keys, admin, access
        self.client = httpx2.Client(timeout=120, trust_env=False)

    def url(self, name: str) -> str:
        """Where a service answers."""
        return f"{self.address}/api/{name}"

    def token(self, actor: Actor, name: str) -> str:
        """A token for one service."""
        return self.keys.minter("host").mint(actor, name)

    def get(self, name: str, path: str, language: str = "en", **params: Any) -> dict[str, Any]:
        """What a service tells the host; refused as Declined with the service's sentence."""
        sent = {key: value for key, value in params.items() if value is not None}
        return self._told(name, "GET", path, language, {}, params=sent)

    def ask(
        self, name: str, command: str, body: Mapping[str, Any], key: str, language: str = "en"
    ) -> dict[str, Any]:
        """Ask something of a service as the host, once under this key; refused as Declined."""
        path, headers = f"/commands/{command}", {"Idempotency-Key": key}
        return self._told(name, "POST", path, language, headers, json=body)

    def _told(
        self,
        name: str,
        method: str,
        path: str,
        language: str,
        headers: Mapping[str, str],
        **sent: Any,
    ) -> dict[str, Any]:
        all_headers = {
            "Authorization": f"Bearer {self.token(service('host'), name)}",
            "Accept-Language": language,
            **headers,
        }
        try:
            answer = self.client.request(
                method, f"{self.url(name)}{path}", headers=all_headers, **sent
            )
        except httpx2.TransportError as error:
            raise Declined(
                f"Cairn at {self.address} does not answer ({type(error).__name__}). Wait until it"
                " has started, or stop it and ask again."
            ) from error
        told: dict[str, Any] = answer.json()
        if answer.is_error:
            raise Declined(told.get("detail", answer.text))
        return told

    def command(self, name: str, command: str, body: Mapping[str, Any]) -> None:
        """Have a service carry out a command of the host; refused as Declined."""
        headers = {
            "Authorization": f"Bearer {self.token(service('host'), name)}",
            "Idempotency-Key": str(uuid4()),
        }
        url = f"{self.url(name)}/commands/{command}"
        answer = self.client.post(url, json=body, headers=headers)
        if answer.is_error:
            raise Declined(answer.json().get("detail", answer.text))


@contextmanager
def reached(installation: Installation) -> Iterator[Reach]:
    """The Cairn that runs on this folder, or one started for the moment without pages."""
    running = installation.running()
    if running is not None:
        access = installation.access(running.admin)
        yield Reach(running.address, installation.keys(), running.admin, access)
        return
    with installation.database() as (admin, access):
        recording = {name: one for name, one in access.items() if name != "web"}
        with House(recording, keys=installation.keys()) as house:
            yield Reach(house.address, house.keys, admin, access)
