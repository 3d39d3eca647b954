"""What happened, told in sentences out of the log; the directory has the people's names."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from services.metrics.api.sentences import told
from services.metrics.domain.kpi_ledger import Measured
from shared.eventing.mapper import decode
from shared.http.hands import by_hand
from shared.http.reading import Reading
from shared.kernel.facts import Envelope, Fact

HAPPENED = """
SELECT position, stream, version, recorded_at, name, state FROM log.facts
WHERE stream = ANY(%(streams)s) AND recorded_at <= %(moment)s::timestamptz ORDER BY position
"""


def story_of(
    reading: Reading, streams: Collection[UUID], *, figures: bool = True
) -> list[dict[str, Any]]:
    """Every fact of these streams in the order of the log, as known at the instant asked."""
    rows = reading.rows(HAPPENED, {"streams": list(streams)})
    states = reading.reads.vault.open(
        [(row["stream"], row["version"], row["name"], bytes(row["state"])) for row in rows]
    )
    decoded = [(row, *decode(row["name"], state)) for row, state in zip(rows, states, strict=True)]
    return [
        _line(reading, row, fact, envelope)
        for row, fact, envelope in decoded
        if figures or not isinstance(fact, Measured)
    ]


def _line(reading: Reading, row: dict[str, Any], fact: Fact, envelope: Envelope) -> dict[str, Any]:
    template, details = told(fact)
    people = {"actor": envelope.actor.on_behalf_of or envelope.actor.id}
    if envelope.actor.on_behalf_of:
        people["through"] = envelope.actor.id
    line = {
        **{word: row[word] for word in ("recorded_at", "position", "version", "name")},
        "sentence": reading.say(template, details),
        "people": people,
        "reason": getattr(fact, "reason", None) or None,
        "category": getattr(fact, "category", None),
        "effective_from": getattr(fact, "effective_from", None),
        "observed_on": getattr(fact, "observed_on", None),
    }
    return by_hand(line, reading.language, envelope.actor.id, envelope.actor.on_behalf_of)
