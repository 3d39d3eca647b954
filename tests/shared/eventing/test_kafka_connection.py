"""The broker is named by the environment, and the password stays out of every text."""

import logging

import pytest

from shared.eventing.kafka_connection import KafkaSettings


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    said = {
        "BOOTSTRAP": "one:9092,two:9092",
        "SECURITY": "SASL_SSL",
        "MECHANISM": "SCRAM-SHA-512",
        "USERNAME": "goals",
        "PASSWORD": "a secret",
        "CA_FILE": "/etc/ca.pem",
        "PREFIX": "okr.",
    }
    for name, value in said.items():
        monkeypatch.setenv(f"CAIRN_KAFKA_{name}", value)
    return monkeypatch


def test_clients_are_opened_as_the_environment_says(environment: pytest.MonkeyPatch) -> None:
    options = KafkaSettings().client("a follower")
    assert options["bootstrap_servers"] == ["one:9092", "two:9092"]
    assert options["client_id"] == "a follower"
    assert options["sasl_mechanism"] == "SCRAM-SHA-512"
    assert (options["sasl_plain_username"], options["sasl_plain_password"]) == ("goals", "a secret")
    assert options["ssl_cafile"] == "/etc/ca.pem"


def test_a_feed_travels_on_the_topic_behind_the_prefix(environment: pytest.MonkeyPatch) -> None:
    assert KafkaSettings().topic("kpis") == "okr.kpis"


def test_without_accounts_none_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CAIRN_KAFKA_SECURITY", raising=False)
    assert not any(name.startswith("sasl") for name in KafkaSettings().client("x"))


def test_the_password_is_in_no_text(environment: pytest.MonkeyPatch) -> None:
    assert "a secret" not in repr(KafkaSettings())
    assert not logging.getLogger("kafka").isEnabledFor(logging.DEBUG)
