"""The compose file's broker settings, given to Apache Kafka itself: passwords are asked for."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from kafka import KafkaAdminClient
from kafka.errors import KafkaError
from pydantic import SecretStr

from shared.eventing.kafka_connection import KafkaSettings
from tests.support.brokers import ApacheKafka, NotToBeHad
from tests.support.compose import environment, with_fresh_secrets

pytestmark = pytest.mark.kafka


class ComposedKafka(ApacheKafka):
    """Apache Kafka with the properties that the image makes of the compose file's environment."""

    def __init__(self, folder: Path, services: dict[str, Any]) -> None:
        super().__init__(folder)
        self._disk = folder / "data"
        self._told, self._services = environment(services["kafka"]), services

    def settings(self, principal: str = "admin") -> KafkaSettings:
        """As the composed process of this principal reaches it."""
        process = "topics" if principal == "admin" else f"{principal}-follow"
        password = environment(self._services[process])["CAIRN_KAFKA_PASSWORD"]
        return super().settings(principal).model_copy(update={"password": SecretStr(password)})

    def _properties(self) -> str:
        moved = {
            "kafka:9093": f"127.0.0.1:{self._controller}",
            "://:9093": f"://127.0.0.1:{self._controller}",
            "://:9092": f"://127.0.0.1:{self.port}",
            "kafka:9092": f"127.0.0.1:{self.port}",
            "/var/lib/kafka/data": str(self._disk),
        }
        text = "\n".join(f"{_property(name)}={value}" for name, value in self._told.items())
        for here, there in moved.items():
            text = text.replace(here, there)
        return text


def _property(variable: str) -> str:
    """The image's rule: without KAFKA_, lower case, ``_`` for a dot and ``__`` for a ``_``."""
    words = variable.removeprefix("KAFKA_").lower()
    return re.sub(r"(?<!_)_(?!_)", ".", words).replace("__", "_")


@pytest.fixture(scope="module")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ComposedKafka]:
    try:
        broker = ComposedKafka(tmp_path_factory.mktemp("kafka"), with_fresh_secrets()).start()
    except NotToBeHad as missing:
        pytest.skip(f"no Apache Kafka here: {missing}")
    yield broker
    broker.stop()


@pytest.mark.parametrize("service", ["directory", "goals", "metrics", "appraisal"])
def test_every_service_comes_in_with_its_own_password(kafka: ComposedKafka, service: str) -> None:
    admin = KafkaAdminClient(**kafka.settings(service).client("test"))
    visible = {topic for topic in admin.list_topics() if not topic.startswith("__")}
    admin.close()
    assert "cairn.organisation" in visible


def test_a_wrong_password_is_refused(kafka: ComposedKafka) -> None:
    wrong = kafka.settings("goals").model_copy(update={"password": SecretStr("guessed")})
    with pytest.raises(KafkaError):
        KafkaAdminClient(**wrong.client("test"))


def test_appraisal_sees_the_topics_of_its_walls_only(kafka: ComposedKafka) -> None:
    admin = KafkaAdminClient(**kafka.settings("appraisal").client("test"))
    visible = {topic for topic in admin.list_topics() if topic.startswith("cairn.")}
    admin.close()
    assert visible == {"cairn.appraisals", "cairn.kpis", "cairn.organisation"}
