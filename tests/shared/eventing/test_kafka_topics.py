"""What the plan says is what the broker holds."""

from pathlib import Path

import pytest
from kafka import KafkaAdminClient
from kafka.admin import ConfigResource
from pydantic import ValidationError

from shared.eventing.kafka_topics import OrderIsLost, TopicPlan, apply_plan, read_plan
from tests.support.brokers import PLAN, ApacheKafka, SmallBroker

READS = {
    "directory": set(),
    "goals": {"measurements", "kpis", "organisation"},
    "metrics": {"objectives", "organisation"},
    "appraisal": {"kpis", "organisation"},
    "insights": {"objectives", "measurements", "kpis", "organisation"},
    "audit": {"organisation", "accounts", "objectives", "measurements", "kpis", "appraisals"},
}


def test_every_service_reads_what_the_house_allows_and_nothing_else() -> None:
    plan = read_plan(PLAN)
    assert {name: set(who.reads) for name, who in plan.principals.items()} == READS


def test_only_the_owner_writes_a_topic() -> None:
    plan = read_plan(PLAN)
    for feed, topic in plan.topics.items():
        writers = [name for name, who in plan.principals.items() if feed in who.writes]
        assert writers == [topic.owner]


def test_a_topic_with_several_partitions_can_not_be_planned(tmp_path: Path) -> None:
    file = tmp_path / "topics.yaml"
    file.write_text("topics: {kpis: {owner: metrics, partitions: 2}}\nprincipals: {}\n")
    with pytest.raises(ValidationError):
        read_plan(file)


def test_a_word_that_the_plan_does_not_know_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "topics.yaml"
    file.write_text("topics: {kpis: {owner: metrics, retention: 7}}\nprincipals: {}\n")
    with pytest.raises(ValidationError):
        read_plan(file)


def test_applying_again_changes_nothing(small_broker: SmallBroker) -> None:
    plan = read_plan(PLAN)
    settings = small_broker.settings().model_copy(update={"prefix": "again."})
    first = apply_plan(plan, settings, replication=1, acls=False)
    assert first[:2] == ["again.organisation: created", "again.objectives: created"]
    second = apply_plan(plan, settings, replication=1, acls=False)
    assert second[:2] == ["again.organisation: was there", "again.objectives: was there"]


def test_a_topic_that_has_several_partitions_is_refused(small_broker: SmallBroker) -> None:
    settings = small_broker.settings().model_copy(update={"prefix": "split."})
    admin = KafkaAdminClient(**settings.client("test"))
    admin.create_topics({"split.kpis": {"num_partitions": 3, "replication_factor": 1}})
    admin.close()
    plan = TopicPlan.model_validate({"topics": {"kpis": {"owner": "metrics"}}, "principals": {}})
    with pytest.raises(OrderIsLost, match=r"split\.kpis has 3 partitions"):
        apply_plan(plan, settings, replication=1, acls=False)


@pytest.mark.kafka
def test_topics_keep_a_week_in_one_partition(apache_kafka: ApacheKafka) -> None:
    admin = KafkaAdminClient(**apache_kafka.settings().client("test"))
    try:
        for feed in read_plan(PLAN).topics:
            name = apache_kafka.settings().topic(feed)
            assert len(admin.describe_topics([name])[0]["partitions"]) == 1
            configs = admin.describe_configs([ConfigResource("TOPIC", name)], config_filter="all")
            assert configs["topic"][name]["retention.ms"]["value"] == str(7 * 86_400_000)
    finally:
        admin.close()
