"""The topics of an installation and who may use them, read from one file and applied to a broker.

    python -m shared.eventing.kafka_topics deploy/kafka/topics.yaml --replication 3

Applying again changes nothing that is already so; a topic with several partitions is refused,
because its order could no longer be told.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml
from kafka import KafkaAdminClient
from kafka.admin import ConfigResource, NewTopic
from kafka.errors import SecurityDisabledError, TopicAlreadyExistsError
from pydantic import BaseModel, ConfigDict, Field

from shared.eventing.kafka_acls import align_acls, group_acl, topic_acl
from shared.eventing.kafka_connection import KafkaSettings

DAY_MS = 86_400_000
OPEN = "this broker has no authorizer: nobody is refused anything"


class OrderIsLost(ValueError):
    """A topic that must have one partition has several; delete it and apply again."""

    def __init__(self, topic: str, partitions: int) -> None:
        super().__init__(f"{topic} has {partitions} partitions, not one")
        self.topic = topic


class Topic(BaseModel):
    """A feed's topic: the service that owns it and, where they differ, its own numbers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    owner: str
    partitions: int = Field(1, ge=1, le=1)
    replication: int = Field(3, ge=1)
    retention_days: int = Field(7, ge=1)


class Principal(BaseModel):
    """Which feeds someone may read and write; everything else is refused by the broker.

    ``groups`` are the consumer groups of outside readers; our own followers use none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


class TopicPlan(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    topics: dict[str, Topic]
    principals: dict[str, Principal]


def read_plan(path: Path) -> TopicPlan:
    """The plan that this file holds."""
    return TopicPlan.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def apply_plan(
    plan: TopicPlan, settings: KafkaSettings, replication: int | None = None, acls: bool = True
) -> list[str]:
    """Make the broker look like the plan; answers what was done, in sentences.

    ``replication`` overrides the plan's for a broker that stands alone; ``acls=False`` leaves out
    the permissions, for a broker that knows none.
    """
    admin = KafkaAdminClient(**settings.client("cairn-topics"))
    try:
        done = [
            _create(admin, settings.topic(feed), topic, replication or topic.replication)
            for feed, topic in plan.topics.items()
        ]
        return done + (_align_acls(admin, plan, settings) if acls else [OPEN])
    finally:
        admin.close()


def _create(admin: Any, name: str, topic: Topic, replication: int) -> str:
    keeps = {"retention.ms": str(topic.retention_days * DAY_MS), "cleanup.policy": "delete"}
    new = NewTopic(name, topic.partitions, replication, topic_configs=keeps)
    try:
        admin.create_topics([new])
    except TopicAlreadyExistsError:
        return _align(admin, name, keeps)
    return f"{name}: created"


def _align(admin: Any, name: str, keeps: dict[str, str]) -> str:
    partitions = len(admin.describe_topics([name])[0]["partitions"])
    if partitions != 1:
        raise OrderIsLost(name, partitions)
    admin.alter_configs([ConfigResource("TOPIC", name, keeps)])
    return f"{name}: was there"


def _align_acls(admin: Any, plan: TopicPlan, settings: KafkaSettings) -> list[str]:
    topics = [settings.topic(feed) for feed in plan.topics]
    try:
        return align_acls(admin, topics, set(_wanted(plan, settings)))
    except SecurityDisabledError:
        return [OPEN]


def _wanted(plan: TopicPlan, settings: KafkaSettings) -> Iterator[Any]:
    for name, who in plan.principals.items():
        yield from (topic_acl(name, settings.topic(feed), writes=False) for feed in who.reads)
        yield from (topic_acl(name, settings.topic(feed), writes=True) for feed in who.writes)
        yield from (group_acl(name, group) for group in who.groups)


def main(
    path: Annotated[Path, typer.Argument(help="The file with topics and principals.")],
    replication: Annotated[int | None, typer.Option(help="Copies of each topic.")] = None,
    acls: Annotated[bool, typer.Option(help="Grant and withdraw permissions too.")] = True,
) -> None:
    """Apply the file to the broker that CAIRN_KAFKA_BOOTSTRAP names."""
    for sentence in apply_plan(read_plan(path), KafkaSettings(), replication, acls):
        typer.echo(sentence)


if __name__ == "__main__":
    typer.run(main)
