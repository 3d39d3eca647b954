"""Any other Kafka for the tests that need Apache Kafka itself: ``CAIRN_KAFKA_BOOTSTRAP`` names it.

``CAIRN_KAFKA_…`` says how its administrator reaches it, ``CAIRN_<SERVICE>_KAFKA_PASSWORD`` how each
service does. Topics get a prefix of this run's own and are deleted afterwards.
"""

import os
from contextlib import closing
from typing import Any, Self
from uuid import uuid4

import pytest
from kafka import KafkaAdminClient
from pydantic import SecretStr

from shared.eventing.kafka_connection import KafkaSettings
from shared.eventing.kafka_topics import apply_plan, read_plan
from tests.support.brokers import PLAN
from tests.support.children import until


class OutsideKafka:
    """A broker that somebody else runs: it can be emptied, but neither stopped nor started."""

    def __init__(self) -> None:
        prefix = f"cairn-test-{uuid4().hex[:8]}."
        self._admin = KafkaSettings().model_copy(update={"prefix": prefix})

    def settings(self, principal: str = "admin") -> KafkaSettings:
        """How this principal reaches it; skips where its password is not known."""
        if principal == "admin" or not self._admin.security.startswith("SASL"):
            return self._admin
        password = os.environ.get(f"CAIRN_{principal.upper()}_KAFKA_PASSWORD", "wrong")
        return self._admin.model_copy(
            update={"username": principal, "password": SecretStr(password)}
        )

    def start(self) -> Self:
        """Make the topics and permissions of the plan."""
        apply_plan(read_plan(PLAN), self._admin, replication=1)
        return self

    def stop(self) -> None:
        """It is not ours to stop."""
        pytest.skip("a broker that somebody else runs is not stopped")

    def wipe(self) -> None:
        """Lose everything and come back empty."""
        self.remove()
        until(lambda: not self._topics(), what="the end of the topics")
        self.start()

    def remove(self) -> None:
        """Delete the topics of this run."""
        with closing(self._client()) as admin:
            admin.delete_topics(self._topics())

    def _topics(self) -> list[str]:
        with closing(self._client()) as admin:
            return [name for name in admin.list_topics() if name.startswith(self._admin.prefix)]

    def _client(self) -> Any:
        return KafkaAdminClient(**self._admin.client("tests"))
