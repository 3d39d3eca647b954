"""Services spoken to as the host: questions, commands, and what they say when they decline."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import httpx2

from shared.kernel.actors import Actor, service


class Declined(RuntimeError):
    """A service said no; the message is its sentence."""


class Calling(ABC):
    """The services of an installation, wherever they answer."""

    def __init__(self) -> None:
        self.client = httpx2.Client(timeout=120, trust_env=False)

    @abstractmethod
    def url(self, name: str) -> str:
        """Where a service answers."""

    @abstractmethod
    def token(self, actor: Actor, name: str) -> str:
        """A token for one service."""

    def get(self, name: str, path: str, language: str = "en", **params: Any) -> dict[str, Any]:
        """What a service tells the host; refused as Declined with the service's sentence."""
        sent = {key: value for key, value in params.items() if value is not None}
        return self.told(name, "GET", path, language, params=sent)

    def ask(
        self, name: str, command: str, body: Mapping[str, Any], key: str, language: str = "en"
    ) -> dict[str, Any]:
        """Ask something of a service as the host, once under this key; refused as Declined."""
        path, headers = f"/commands/{command}", {"Idempotency-Key": key}
        return self.told(name, "POST", path, language, headers, json=body)

    def command(self, name: str, command: str, body: Mapping[str, Any]) -> None:
        """Have a service carry out a command of the host; refused as Declined."""
        self.ask(name, command, body, str(uuid4()))

    def told(
        self,
        name: str,
        method: str,
        path: str,
        language: str = "en",
        headers: Mapping[str, str] | None = None,
        **sent: Any,
    ) -> dict[str, Any]:
        """What a service answers to a request of the host; refused as Declined."""
        all_headers = {
            "Authorization": f"Bearer {self.token(service('host'), name)}",
            "Accept-Language": language,
            **(headers or {}),
        }
        url = self.url(name)
        try:
            answer = self.client.request(method, f"{url}{path}", headers=all_headers, **sent)
        except httpx2.TransportError as error:
            raise Declined(
                f"Cairn at {url} does not answer ({type(error).__name__}). Wait until it"
                " has started, or stop it and ask again."
            ) from error
        answered: dict[str, Any] = answer.json()
        if answer.is_error:
            raise Declined(answered.get("detail", answer.text))
        return answered
