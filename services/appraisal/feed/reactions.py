"""A KPI corrected after sealing: the sealed appraisals it touches hear of it, once."""

import logging
from threading import Event, Thread
from typing import Any, cast

from psycopg.rows import dict_row

from services.appraisal.application.commands import NoteChangedEvidence, RecordAt
from services.appraisal.application.results import Results
from shared.eventing.asking import Asked, hash_of
from shared.eventing.leading import run_until
from shared.eventing.listening import Listener
from shared.eventing.recorder import Pool
from shared.kernel.actors import service
from shared.kernel.ids import id_of

log = logging.getLogger(__name__)

ACTOR = service("appraisal")
PAUSE_SECONDS = 1.0

# What was said about a KPI of a sealed result after its figures had been read, and not noted yet.
# What had not arrived at sealing came later, whenever it was recorded.
# Components of a ratio count with it; days are those of the segment that used the KPI.
LATER = """
SELECT DISTINCT a.appraisal, (item ->> 'kpi')::uuid AS kpi, s.position, s.stream, s.version
FROM appraisals a
CROSS JOIN LATERAL jsonb_array_elements(a.result -> 'items') AS item
CROSS JOIN LATERAL jsonb_array_elements(a.plan -> 'segments') AS segment
JOIN kpi_definitions d ON upper_inf(d.during) AND d.kpi = (item ->> 'kpi')::uuid
JOIN kpi_says s ON s.kpi IN (d.kpi, d.numerator_id, d.denominator_id)
 AND s.subject = (segment ->> 'kpi_subject')::uuid
 AND coalesce(
    s.position > nullif(split_part(a.result ->> 'complete_through', '@', 2), '')::bigint,
    s.recorded_at > a.sealed_at)
JOIN kpi_entries e ON e.entry = s.entry
 AND e.observed_on BETWEEN (segment ->> 'first')::date AND (segment ->> 'last')::date
WHERE upper_inf(a.during) AND a.result IS NOT NULL AND segment ->> 'first' = item ->> 'segment'
  AND NOT EXISTS (
    SELECT FROM changes c WHERE c.appraisal = a.appraisal AND c.kpi = d.kpi
      AND upper_inf(c.during) AND (c.evidence ->> 'position')::bigint = s.position)
ORDER BY s.position LIMIT 500
"""


class Reactions:
    """Turns corrections into notes on sealed results, on behalf of nobody, with their cause."""

    def __init__(self, pool: Pool, results: Results, listener: Listener) -> None:
        self._pool, self._results = pool, results
        self._stopping, self._news = Event(), Event()
        self._thread = Thread(target=self._run, name="react", daemon=True)
        listener.on("followed", lambda _payload: self._news.set())

    def start(self) -> None:
        """Begin in the background."""
        self._thread.start()

    def stop(self) -> None:
        """End after the note under way."""
        self._stopping.set()
        self._news.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)

    def step(self) -> int:
        """Note what was corrected since; answers how many notes were asked for."""
        with self._pool.connection() as connection:
            cursor = connection.cursor(row_factory=dict_row)
            rows = cursor.execute(cast("Any", LATER)).fetchall()
        for row in rows:
            self._note(row)
        return len(rows)

    def _note(self, row: dict[str, Any]) -> None:
        change = id_of("changed_evidence", row["appraisal"], row["kpi"], row["position"])
        command = NoteChangedEvidence(
            appraisal_id=row["appraisal"],
            change_id=change,
            kpi=row["kpi"],
            evidence=RecordAt(
                feed="kpis", position=row["position"], stream=row["stream"], version=row["version"]
            ),
        )
        body_hash = hash_of(command.model_dump(mode="json"))
        cause = f"kpis@{row['position']}"
        self._results.note_changed_evidence(
            Asked(f"react:{change}", ACTOR, body_hash, cause=cause), command
        )

    def _run(self) -> None:
        run_until(self._stopping, self._wait_and_step, "appraisal reactions")

    def _wait_and_step(self) -> None:
        self._news.wait(PAUSE_SECONDS)
        self._news.clear()
        self.step()
