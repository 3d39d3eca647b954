"""The services as an enterprise runs them: a process for each role, a topic between neighbours."""

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx2
from pydantic import SecretStr
from pydantic_core import to_jsonable_python

from services.host.house import fresh_keys
from services.host.provisioning import Access
from shared.eventing.kafka_connection import KafkaSettings
from shared.eventing.verification import verify_log, verify_tables
from shared.http.service import OWNERS, Service
from shared.http.settings import ServiceSettings
from shared.kernel.actors import Actor
from tests.support.brokers import ROOT, ApacheKafka, SmallBroker
from tests.support.children import Child, free_port, until

ROLES = ("api", "follow", "relay")
Broker = SmallBroker | ApacheKafka


class Processes:
    """Each service as API and follower, spoken to like a house in one process.

    With a broker each also has a relay, and neighbours follow topics; without, they pull.
    """

    def __init__(self, access: Mapping[str, Access], broker: Broker | None, logs: Path) -> None:
        self._access, self._broker, self._logs = access, broker, logs
        self.roles = ROLES if broker else ROLES[:2]
        self._keys = fresh_keys(tuple(access))
        self._ports = {name: free_port() for name in {*access, *OWNERS.values()}}
        self.children: dict[tuple[str, str], Child] = {}

    def url(self, service: str) -> str:
        """Where a service answers."""
        return f"http://127.0.0.1:{self._ports[service]}"

    def token(self, actor: Actor, service: str) -> str:
        """A token signed by the host."""
        return self._keys.minter("host").mint(actor, service)

    def start(self) -> None:
        """Migrate every service, then start every role and wait until all APIs answer."""
        migrations = [self._run(name, "migrate") for name in self._access]
        for migration in migrations:
            assert migration.process.wait(60) == 0, migration.tail()
        for name in self._access:
            for role in self.roles:
                self.start_role(name, role)
        for name in self._access:
            until(lambda name=name: self.answers(name), seconds=150, what=f"{name}'s API")

    def start_role(self, service: str, role: str, first_on_path: Path | None = None) -> None:
        """Start one role of one service, perhaps with other modules before the product's own."""
        self.children[service, role] = self._run(service, role, first_on_path)

    def answers(self, service: str) -> bool:
        """Whether a service's API is ready."""
        child = self.children[service, "api"]
        assert child.is_running, child.tail()
        try:
            answer = httpx2.get(f"{self.url(service)}/health/ready", trust_env=False)
        except httpx2.TransportError:
            return False
        return answer.status_code == 200

    def kill(self, service: str, role: str) -> None:
        """End one role at once, as a power cut would."""
        self.children.pop((service, role)).kill()

    def findings(self, service: str) -> list[str]:
        """What is wrong with a service's log, and with its tables from feeds that run here."""
        wiring = import_module(f"services.{service}.wiring")
        made: Service = wiring.make(self._settings(service))
        made.open()
        try:
            found = [*verify_log(made.pool)]
            for family in made.plan.families:
                if OWNERS[family.feed] in self._access:
                    found += verify_tables(made.pool, family, made.source(family, pull=True))
            return [one.what for one in found if one.exceptions]
        finally:
            made.close()

    def stop(self) -> dict[tuple[str, str], int]:
        """Ask everybody to end; answers with which code each did."""
        for child in self.children.values():
            child.ask_to_stop()
        for child in self.children.values():
            child.stop(seconds=30)
        return {name: child.process.returncode for name, child in self.children.items()}

    def _run(self, service: str, role: str, first_on_path: Path | None = None) -> Child:
        command = [sys.executable, "-m", f"services.{service}", role]
        log = self._logs / f"{service}-{role}.log"
        environment = self._environment(service)
        if first_on_path is not None:
            environment["PYTHONPATH"] = f"{first_on_path}:{environment['PYTHONPATH']}"
        return Child(command, log, environment)

    def _settings(self, service: str) -> ServiceSettings:
        return ServiceSettings(
            database_url=SecretStr(self._access[service].runtime),
            owner_database_url=SecretStr(self._access[service].owner),
            port=self._ports[service],
            feeds={feed: self.url(owner) for feed, owner in OWNERS.items()},
            transport="kafka" if self._broker else "pull",
            keyring=self._keys.keyring,
            key_id=service,
            private_key=SecretStr(self._keys.pairs[service].private),
            master_key=SecretStr(self._keys.masters[service]),
        )

    def _environment(self, service: str) -> dict[str, str]:
        settings = self._settings(service)
        said = {name: _as_text(value) for name, value in settings if value not in (None, ())}
        own = {f"CAIRN_{service.upper()}_{name.upper()}": value for name, value in said.items()}
        path = {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
        topics = _kafka(self._broker.settings(service)) if self._broker else {}
        return {**os.environ, **path, **topics, **own}


def _as_text(value: Any) -> str:
    """A setting as the environment holds it."""
    match value:
        case SecretStr():
            return value.get_secret_value()
        case dict():
            return json.dumps(to_jsonable_python(value))
    return str(value)


def _kafka(settings: KafkaSettings) -> dict[str, str]:
    said = {
        "BOOTSTRAP": settings.bootstrap,
        "SECURITY": settings.security,
        "MECHANISM": settings.mechanism,
        "PREFIX": settings.prefix,
        "USERNAME": settings.username,
        "PASSWORD": settings.password.get_secret_value(),
    }
    return {f"CAIRN_KAFKA_{name}": value for name, value in said.items()}


@contextmanager
def running_processes(
    access: Mapping[str, Access], broker: Broker | None, logs: Path
) -> Iterator[Processes]:
    """The services of ``access``, a process per role, until the block ends."""
    house = Processes(access, broker, logs)
    try:
        house.start()
        yield house
    finally:
        house.stop()


def told(house: Processes, services: Sequence[str] = ()) -> str:
    """What the processes said last, for a failing test."""
    return "\n".join(
        f"--- {service} {role}\n{child.tail(15)}"
        for (service, role), child in house.children.items()
        if not services or service in services
    )
