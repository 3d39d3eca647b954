"""Apache Kafka refuses what the plan does not name: the broker's wall around appraisal."""

from collections.abc import Iterator
from typing import Any

import pytest
from kafka import KafkaAdminClient
from kafka.admin import (
    ACL,
    ACLOperation,
    ACLPermissionType,
    ACLResourcePatternType,
    ResourcePattern,
    ResourceType,
)

from shared.eventing.cloudevents_binary import message_of
from shared.eventing.kafka_acls import topic_acl
from shared.eventing.kafka_consumer import KafkaTail, TopicRefused
from shared.eventing.kafka_producer import KafkaPublisher, NotSent
from shared.eventing.kafka_reach import feeds_open_to
from shared.eventing.kafka_topics import apply_plan, read_plan
from tests.support.brokers import PLAN, ApacheKafka
from tests.support.children import until
from tests.support.feeds import ListedFeed

pytestmark = pytest.mark.kafka

REPORT = "reaches our topics, not ours to withdraw:"
FEEDS = tuple(read_plan(PLAN).topics)


def may_read(broker: ApacheKafka, principal: str, feed: str) -> bool:
    """Whether this principal receives what the owner of the feed has just written."""
    owner = read_plan(PLAN).topics[feed].owner
    tail = KafkaTail(broker.settings(principal), feed, "climber")
    try:
        tail.open()
        write(broker, owner, feed)
        return bool(until(lambda: tail.poll(0.2), what="the record"))
    except TopicRefused:
        return False
    finally:
        tail.close()


def write(broker: ApacheKafka, principal: str, feed: str) -> None:
    record = ListedFeed(feed).record()[0]
    with KafkaPublisher(broker.settings(principal), principal) as publisher:
        publisher.publish(feed, [message_of(record, principal)])


@pytest.mark.parametrize("feed", ["kpis", "organisation"])
def test_appraisal_reads_its_two_topics(apache_kafka: ApacheKafka, feed: str) -> None:
    assert may_read(apache_kafka, "appraisal", feed)


@pytest.mark.parametrize("feed", ["objectives", "measurements", "checkpoints", "appraisals"])
def test_appraisal_is_refused_every_other_topic(apache_kafka: ApacheKafka, feed: str) -> None:
    assert not may_read(apache_kafka, "appraisal", feed)


@pytest.mark.parametrize("principal", ["directory", "goals", "metrics", "insights", "audit"])
def test_every_service_reads_exactly_what_the_plan_names(
    apache_kafka: ApacheKafka, principal: str
) -> None:
    readable = {feed for feed in FEEDS if may_read(apache_kafka, principal, feed)}
    assert readable == set(read_plan(PLAN).principals[principal].reads)


def test_what_is_open_is_found_out_by_trying(apache_kafka: ApacheKafka) -> None:
    assert feeds_open_to(apache_kafka.settings("appraisal"), FEEDS) == {"kpis", "organisation"}


@pytest.mark.parametrize("feed", ["objectives", "measurements", "kpis", "organisation"])
def test_appraisal_writes_nobody_elses_topic(apache_kafka: ApacheKafka, feed: str) -> None:
    with pytest.raises(NotSent, match="TopicAuthorizationFailed"):
        write(apache_kafka, "appraisal", feed)


def test_a_stranger_is_not_let_in(apache_kafka: ApacheKafka) -> None:
    settings = apache_kafka.settings("mallory")
    with pytest.raises(NotSent), KafkaPublisher(settings, "mallory") as publisher:
        publisher.publish("kpis", [message_of(ListedFeed().record()[0], "mallory")])


@pytest.fixture
def admin(apache_kafka: ApacheKafka) -> Iterator[Any]:
    admin = KafkaAdminClient(**apache_kafka.settings().client("test"))
    yield admin
    admin.close()


def test_a_permission_granted_behind_the_plans_back_is_withdrawn(
    apache_kafka: ApacheKafka, admin: Any
) -> None:
    topic = apache_kafka.settings().topic("objectives")
    admin.create_acls([topic_acl("appraisal", topic, writes=False)])
    until(lambda: may_read(apache_kafka, "appraisal", "objectives"))
    said = apply_plan(read_plan(PLAN), apache_kafka.settings(), replication=1)
    assert f"withdrawn: User:appraisal read {topic}" in said
    until(lambda: not may_read(apache_kafka, "appraisal", "objectives"))


def test_a_pattern_that_reaches_our_topics_is_reported(
    apache_kafka: ApacheKafka, admin: Any
) -> None:
    prefix = apache_kafka.settings().prefix
    pattern = ResourcePattern(ResourceType.TOPIC, prefix, ACLResourcePatternType.PREFIXED)
    allow = ACLPermissionType.ALLOW
    reaching = ACL("User:appraisal", "*", ACLOperation.READ, allow, pattern)
    admin.create_acls([reaching])
    try:
        said = apply_plan(read_plan(PLAN), apache_kafka.settings(), replication=1)
        assert f"{REPORT} User:appraisal read {prefix} (prefixed)" in said
    finally:
        admin.delete_acls([reaching])
