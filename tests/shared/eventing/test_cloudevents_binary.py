"""A record keeps everything on its way through Kafka, and says it the way CloudEvents asks."""

from datetime import UTC, datetime

import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, from_binary
from cloudevents.core.formats.json import JSONFormat
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.records import Record
from shared.eventing.cloudevents_binary import (
    ForeignMessage,
    Heartbeat,
    Message,
    message_of,
    message_of_heartbeat,
    read_message,
)
from shared.kernel.ids import id_of

RECORDED = datetime(2026, 7, 3, 9, 30, 0, 123456, tzinfo=UTC)


def measured(**details: object) -> Record:
    usual = {
        "feed": "kpis",
        "position": 12,
        "previous": 9,
        "stream": id_of("kpi", "revenue"),
        "version": 3,
        "recorded_at": RECORDED,
        "name": "cairn.metrics.kpi_measurement.measured.v1",
        "actor": "import",
        "data": {"value": "12.50", "unit": "元"},
    }
    return Record.model_validate(usual | details)


texts = st.text(min_size=1, max_size=20).filter(lambda text: "\x00" not in text)


@given(
    position=st.integers(1, 2**60),
    actor=texts,
    cause=st.none() | texts,
    on_behalf_of=st.none() | texts,
    recorded_at=st.datetimes(timezones=st.just(UTC)),
    data=st.dictionaries(texts, texts | st.integers() | st.none() | st.booleans()),
)
def test_a_record_comes_back_as_it_went(**details: object) -> None:
    record = measured(**details)
    assert read_message(message_of(record, "metrics"), "kpis") == record


def test_a_withheld_record_travels_without_data() -> None:
    message = message_of(measured(withheld=True, data=None), "metrics")
    assert message.value is None
    assert read_message(message, "kpis") == measured(withheld=True, data=None)


def test_data_never_leaves_with_a_withheld_record() -> None:
    message = message_of(measured(withheld=True), "metrics")
    assert message.value is None


def test_an_outsider_reads_it_as_a_cloud_event() -> None:
    message = message_of(measured(), "metrics")
    event = from_binary(
        KafkaMessage(headers=dict(message.headers), key=message.key, value=message.value or b""),
        JSONFormat(),
    )
    assert event.get_id() == "metrics:12"
    assert event.get_source() == "/cairn/metrics"
    assert event.get_type() == "cairn.metrics.kpi_measurement.measured.v1"
    assert event.get_subject() == str(id_of("kpi", "revenue"))
    assert event.get_time() == RECORDED
    assert event.get_extension("position") == "12"
    assert event.get_extension("previous") == "9"
    assert event.get_extension("version") == "3"
    assert event.get_data() == {"value": "12.50", "unit": "元"}


def test_a_heartbeat_comes_back_as_it_went() -> None:
    beat = Heartbeat(12, RECORDED)
    assert read_message(message_of_heartbeat(beat, "metrics"), "kpis") == beat


@pytest.mark.parametrize(
    "message",
    [
        Message(b"", [], b"hello"),
        Message(b"", [("ce_type", b"cairn.x.v1")], None),
        Message(b"", [("ce_type", b"\xff")], None),
        Message(b"", [("ce_type", b"cairn.feed.heartbeat.v1"), ("ce_position", b"many")], None),
        Message(b"", message_of(measured(), "metrics").headers, b"{not json"),
        Message(b"", message_of(measured(), "metrics").headers, b"[1, 2]"),
    ],
)
def test_what_no_relay_of_ours_wrote_is_refused_as_foreign(message: Message) -> None:
    with pytest.raises(ForeignMessage):
        read_message(message, "kpis")
