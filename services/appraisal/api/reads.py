"""Every read of a result leaves a row: who read whose, as of when."""

from collections.abc import Mapping, Sequence
from typing import Any

from shared.http.reading import Reading

RECORD = """
INSERT INTO reads.results (reader, identity, appraisal, subject, as_of, what)
SELECT %(reader)s, %(identity)s, r.appraisal, r.subject, %(as_of)s, %(what)s
FROM unnest(%(appraisals)s::uuid[], %(subjects)s::uuid[]) AS r (appraisal, subject)
"""


def record_read(reading: Reading, rows: Sequence[Mapping[str, Any]], what: str) -> None:
    """Record that the caller was shown the results of these appraisals."""
    if not rows:
        return
    with reading.reads.pool.connection() as connection:
        connection.execute(
            RECORD,
            {
                "reader": reading.caller.actor.hand or reading.caller.actor.id,
                "identity": reading.caller.identity,
                "appraisals": [row["appraisal"] for row in rows],
                "subjects": [row["subject"] for row in rows],
                "as_of": reading.as_of,
                "what": what,
            },
        )


def reads_of(reading: Reading, appraisal: object) -> list[dict[str, Any]]:
    """Who read this result, the latest first."""
    return reading.rows(
        "SELECT read_at, reader, identity, as_of, what FROM reads.results"
        " WHERE appraisal = %(appraisal)s ORDER BY number DESC LIMIT 500",
        {"appraisal": appraisal},
    )
