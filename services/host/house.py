"""Every service in one process, each with its own database, keys and tokens, under one address."""

import socket
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from hashlib import sha256
from importlib import import_module
from threading import Thread
from types import TracebackType
from typing import Any, Self

import uvicorn
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from services.host.provisioning import Access
from shared.eventing.master_key import draw_master_key
from shared.http.service import OWNERS, Service
from shared.http.settings import PublicKey, ServiceSettings
from shared.http.tokens import KeyPair, Minter, new_key_pair
from shared.kernel.actors import Actor

RECORDING = ("directory", "goals", "metrics", "appraisal")
SPEAKS_FOR_PEOPLE = ("web", "host")


class AddressTaken(RuntimeError):
    """Nothing can listen where it was asked to; the message says what to do."""


@dataclass(frozen=True)
class Keys:
    """A key pair for each service of this process, and the master key of each that keeps a log.

    ``ids`` are the pairs' key ids, where these are not the services' names; ``others`` are public
    keys that are believed besides; ``former_masters`` may still wrap keys of people.
    """

    pairs: Mapping[str, KeyPair]
    masters: Mapping[str, str]
    ids: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, PublicKey] = field(default_factory=dict)
    former_masters: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def keyring(self) -> dict[str, PublicKey]:
        """What everybody knows of everybody."""
        own = {
            self.key_id(name): PublicKey(
                identity=name, public=pair.public, speaks_for_people=name in SPEAKS_FOR_PEOPLE
            )
            for name, pair in self.pairs.items()
        }
        return {**self.others, **own}

    def key_id(self, name: str) -> str:
        """Under which id this service's public key is found."""
        return self.ids.get(name, name)

    def minter(self, name: str) -> Minter:
        """Signs as this service."""
        return Minter(self.key_id(name), self.pairs[name].private, self.pairs[name].public)

    @property
    def state(self) -> str:
        """Which keys these are, telling none of them."""
        known = [sorted(self.ids.items()), sorted(self.keyring), sorted(self.masters.items())]
        former = sorted((name, *keys) for name, keys in self.former_masters.items())
        return sha256(repr([*known, former]).encode()).hexdigest()[:16]


def fresh_keys(names: Sequence[str]) -> Keys:
    """Keys for these services, and for host, which imports and tells stories."""
    pairs = {name: new_key_pair() for name in (*names, "host")}
    return Keys(pairs, fresh_masters())


def fresh_masters() -> dict[str, str]:
    """A master key for each service that keeps a log."""
    return {name: draw_master_key() for name in RECORDING}


def _listening(address: str, port: int) -> socket.socket:
    """A listening socket whose answers leave at once.

    asyncio sets this only on sockets that it makes itself; without it every answer waits 40 ms for
    an acknowledgement. Refused as AddressTaken.
    """
    try:
        listening = socket.create_server((address, port))
    except OSError as error:
        raise AddressTaken(
            f"Cannot listen at {address}, port {port} ({error.strerror})."
            " Choose another with --port."
        ) from error
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _address(bound: socket.socket | None) -> str:
    assert bound is not None
    host, port = bound.getsockname()[:2]
    return f"http://{host}:{port}"


class House:
    """The services of one process: migrated, opened, followed and served together.

    ``access`` names each service's database; a port of 0 takes a free one. With ``neighbours``, the
    address of a house that runs, this one only opens the same logs: to verify and to rebuild.
    """

    def __init__(
        self,
        access: Mapping[str, Access],
        *,
        keys: Keys | None = None,
        port: int = 0,
        address: str = "127.0.0.1",
        time_zone: str = "Asia/Shanghai",
        web: Mapping[str, Any] | None = None,
        neighbours: str | None = None,
    ) -> None:
        self._socket = None if neighbours else _listening(address, port)
        self.address = neighbours or _address(self._socket)
        self.keys = keys or fresh_keys(tuple(access))
        self._access, self._time_zone, self._web_options = access, time_zone, web
        self.services = {
            name: self._make(name, access[name]) for name in RECORDING if name in access
        }
        self._pages: Any = None
        self._stack = ExitStack()

    def take_keys(self, keys: Keys) -> None:
        """Sign, believe and wrap by these keys from now on, and go on working."""
        self.keys = keys
        for name, service in self.services.items():
            service.take_keys(self._settings(name, self._access[name]))
        if self._pages is not None:
            pair = keys.pairs["web"]
            self._pages.take_key(keys.key_id("web"), pair.private, pair.public)

    def migrate(self) -> None:
        """Bring every log and every table up to date."""
        for service in self.services.values():
            service.migrate()

    def __enter__(self) -> Self:
        """Open, serve and follow; the address answers when this returns."""
        if self._socket is not None:
            self.migrate()
        for service in self.services.values():
            self._stack.callback(service.close)
            service.open()
        if self._socket is None:
            return self
        self._serve()
        for service in self.services.values():
            service.follow()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop following and serving, then close."""
        for service in self.services.values():
            if service.following is not None:
                service.following.stop_soon()
        self._stack.close()

    def url(self, service: str) -> str:
        """Where a service answers."""
        return f"{self.address}/api/{service}"

    def token(self, actor: Actor, service: str) -> str:
        """A token signed by the host, for imports and stories."""
        return self.keys.minter("host").mint(actor, service)

    def app(self) -> Starlette:
        """All services under one roof; ``web`` at the root where it is wanted."""
        app = Starlette(middleware=[Middleware(GZipMiddleware, minimum_size=2_000)])
        for name, service in self.services.items():
            app.mount(f"/api/{name}", service.app)
        if "web" in self._access:
            app.mount("/", self._web())
        return app

    def _web(self) -> Any:
        wiring = import_module("services.web.wiring")
        web = wiring.make(
            access=self._access["web"],
            services={name: self.url(name) for name in self.services},
            key_id=self.keys.key_id("web"),
            private_key=self.keys.pairs["web"].private,
            public_key=self.keys.pairs["web"].public,
            time_zone=self._time_zone,
            **(self._web_options or {}),
        )
        self._stack.callback(web.close)
        web.open()
        self._pages = web
        return web.app

    def _make(self, name: str, access: Access) -> Service:
        wiring = import_module(f"services.{name}.wiring")
        made: Service = wiring.make(self._settings(name, access))
        return made

    def _settings(self, name: str, access: Access) -> ServiceSettings:
        former = self.keys.former_masters.get(name, ())
        return ServiceSettings(
            database_url=SecretStr(access.runtime),
            owner_database_url=SecretStr(access.owner),
            host="127.0.0.1",
            port=0,
            time_zone=self._time_zone,
            feeds={feed: self.url(owner) for feed, owner in OWNERS.items()},
            transport="pull",
            keyring=self.keys.keyring,
            key_id=self.keys.key_id(name),
            private_key=SecretStr(self.keys.pairs[name].private),
            master_key=SecretStr(self.keys.masters[name]),
            former_master_keys=tuple(SecretStr(key) for key in former),
            most_connections=12,
        )

    def _serve(self) -> None:
        config = uvicorn.Config(
            self.app(),
            log_level="warning",
            lifespan="off",
            timeout_graceful_shutdown=2,
            server_header=False,
        )
        server = uvicorn.Server(config)
        thread = Thread(target=server.run, kwargs={"sockets": [self._socket]}, name="serve")
        thread.daemon = True
        thread.start()

        def stop() -> None:
            server.should_exit = True
            thread.join(timeout=10)

        self._stack.callback(stop)
        while not server.started and thread.is_alive():
            thread.join(0.01)
