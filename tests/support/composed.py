"""The compose file's processes, run plainly: the embedded PostgreSQL and a small broker below."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg

from services.host import postgres_binaries as binaries
from services.host.deployment_secrets import draw
from services.host.embedded_postgres import EmbeddedPostgres
from services.host.provisioning import SERVICES
from shared.http.tokens import Minter
from shared.kernel.actors import Actor
from tests.support.brokers import SmallBroker
from tests.support.children import Child, free_port, listens, until
from tests.support.compose import composed, environment
from tests.support.postgres import HASTY, folder_for_postgres
from tests.support.sources import ROOT


def prepare(server: EmbeddedPostgres, passwords: dict[str, str]) -> None:
    """Run ``deploy/postgres/prepare.sh`` with psql, as the database container does."""
    told = psycopg.conninfo.conninfo_to_dict(server.dsn)
    subprocess.run(
        ["/bin/sh", ROOT / "deploy" / "postgres" / "prepare.sh"],
        env={
            "PATH": f"{binaries.programs()}:{os.environ['PATH']}",
            "PGHOST": str(told["host"]),
            "PGPORT": str(told["port"]),
            "PGUSER": str(told["user"]),
            "PGPASSWORD": str(told["password"]),
            **passwords,
        },
        check=True,
        capture_output=True,
        text=True,
    )


class Composed:
    """A process per role, with the commands and the environment of the compose file."""

    def __init__(self, folder: Path, server: EmbeddedPostgres, broker: SmallBroker) -> None:
        self.secrets = draw()
        self.broker, self.folder = broker, folder
        self._services = composed(self.secrets)
        self._ports = {name: free_port() for name in SERVICES}
        self._addresses = {
            "@postgres:5432": f"@127.0.0.1:{server.port}",
            "kafka:9092": f"127.0.0.1:{broker.port}",
            **{f"http://{name}-api:8000": self.url(name) for name in SERVICES},
        }
        self.children: dict[str, Child] = {}

    def url(self, service: str) -> str:
        """Where a service's API answers."""
        return f"http://127.0.0.1:{self._ports[service]}"

    def token(self, actor: Actor, service: str) -> str:
        """A token for this actor, signed by web, as pages sign them."""
        key_id = self.secrets.get("CAIRN_WEB_KEY_ID", "web")
        public = json.loads(self.secrets["CAIRN_KEYRING"])[key_id]["public"]
        return Minter(key_id, self.secrets["CAIRN_WEB_PRIVATE_KEY"], public).mint(actor, service)

    def turn(self, secrets: dict[str, str], *restarted: str) -> None:
        """Go on with other secrets in these processes of the compose file, as ``up`` would."""
        self.secrets, self._services = secrets, composed(secrets)
        for name in restarted:
            self.children.pop(name).stop()
            self.start(name)

    def once(self, name: str, role: str) -> subprocess.CompletedProcess[str]:
        """Run another role beside one of the compose file's processes, with its environment."""
        service = self._services[name]
        return subprocess.run(
            [sys.executable, *service["command"][1:-1], role],
            env=self._environment(name, service),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def migrate(self, services: Sequence[str]) -> None:
        """Run each service's migration, all at once, and wait for their ends."""
        for service in services:
            self.start(f"{service}-migrate")
        for service in services:
            child = self.children.pop(f"{service}-migrate")
            assert child.process.wait(120) == 0, child.tail()

    def start(self, name: str) -> Child:
        """Start one of the compose file's services."""
        service = self._services[name]
        command = [sys.executable, *service["command"][1:]]
        child = Child(command, self.folder / f"{name}.log", self._environment(name, service))
        self.children[name] = child
        return child

    def console(self, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Run a verb of the command line as in web's container, with its environment."""
        return subprocess.run(
            [sys.executable, "-m", "services.host", *words],
            env=self._environment("web", self._services["web"]),
            cwd=self.folder,
            input=typed,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def answers(self, service: str) -> None:
        """Wait until a service's API accepts connections."""
        child = self.children["web" if service == "web" else f"{service}-api"]
        until(
            lambda: listens(self._ports[service]) or not child.is_running, 120, f"{service}'s API"
        )
        assert child.is_running, child.tail()

    def stop(self) -> None:
        """Stop everything."""
        for child in self.children.values():
            child.process.terminate()
        for child in self.children.values():
            child.stop()

    def environment(self, name: str) -> dict[str, str]:
        """What a process of the compose file is told, moved to where everything stands here."""
        return self._environment(name, self._services[name])

    def _environment(self, name: str, service: dict[str, Any]) -> dict[str, str]:
        told = environment(service)
        for place, moved in self._addresses.items():
            told = {key: value.replace(place, moved) for key, value in told.items()}
        prefix = f"CAIRN_{name.split('-', maxsplit=1)[0].upper()}"
        told[f"{prefix}_HOST"] = "127.0.0.1"
        told[f"{prefix}_PORT"] = str(self._ports[name.split("-", maxsplit=1)[0]])
        told["CAIRN_KAFKA_SECURITY"] = "PLAINTEXT"  # the small broker knows no passwords
        return {**told, "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}


@contextmanager
def running_processes(folder: Path, services: Sequence[str]) -> Iterator[Composed]:
    """These services with every role, as processes of their own, ready to be asked."""
    with ExitStack() as stack:
        server = EmbeddedPostgres(stack.enter_context(folder_for_postgres()), HASTY)
        stack.enter_context(server)
        broker = SmallBroker(folder)
        stack.callback(broker.stop)
        house = Composed(folder, server, broker.start())
        prepare(server, house.secrets)
        stack.callback(house.stop)
        house.migrate(services)
        for service in services:
            for role in ("web",) if service == "web" else _roles(service):
                house.start(role)
        for service in services:
            house.answers(service)
        yield house


def _roles(service: str) -> list[str]:
    return [f"{service}-{role}" for role in ("api", "follow", "relay")]
