"""The ledger of a key result: what was said, what was put right, and what counts, as of then."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends

from services.metrics.api.seeing import must_see
from services.metrics.api.stories import story_of
from services.metrics.api.walls import closed_to_appraisal
from shared.http.reading import AsOf, Reading
from shared.kernel.ids import id_of

router = APIRouter(tags=["queries"], dependencies=[Depends(closed_to_appraisal)])

# Every version of every entry that was known; the last one says what the entry says.
VERSIONS = """
SELECT c.*, lower(c.during) AS said_at, w.progress, w.obstacles, w.support_needed
FROM check_in c
LEFT JOIN check_in_words w ON w.entry_id = c.entry_id AND w.during @> %(moment)s::timestamptz
WHERE c.key_result_id = %(key_result)s AND lower(c.during) <= %(moment)s::timestamptz
ORDER BY c.rank, lower(c.during)
"""
SAID = ("observed_on", "value", "milestones_done", "level", "confidence", "reported_status")
FIRST = ("entry_id", "responsible_id", "origin", "source", "external_id")
WORDS = ("progress", "obstacles", "support_needed")
ON_TIME = timedelta(days=1)


@router.get("/key-results/{key_result_id}/check-ins")
def check_ins(reading: AsOf, key_result_id: UUID) -> dict[str, Any]:
    """Entries in order with their corrections, and the figures that count day by day."""
    must_see(reading, key_result_id)
    entries = _entries(reading.rows(VERSIONS, {"key_result": key_result_id}))
    items = [_told(reading, versions) for versions in entries]
    return reading.told(items=items, **_series(items, reading.on))


@router.get("/key-results/{key_result_id}/story")
def story(reading: AsOf, key_result_id: UUID) -> dict[str, Any]:
    """What happened in the ledger of a key result, in sentences."""
    must_see(reading, key_result_id)
    return reading.told(items=story_of(reading, [id_of("key_result_ledger", key_result_id)]))


def _entries(rows: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    by_entry: dict[UUID, list[dict[str, Any]]] = {}
    for row in rows:
        by_entry.setdefault(row["entry_id"], []).append(row)
    return list(by_entry.values())


def _told(reading: Reading, versions: Sequence[dict[str, Any]]) -> dict[str, Any]:
    first, now = versions[0], versions[-1]
    recorded_on = first["first_recorded_at"].astimezone(reading.reads.time_zone).date()
    said = [version for version in versions if not version["withdrawn"]]
    return {
        **{word: first[word] for word in FIRST},
        **{word: now[word] for word in (*SAID, *WORDS)},
        "recorded_at": first["first_recorded_at"],
        "actor": first["on_behalf_of"] or first["actor"],
        "entered_by": first["actor"],
        "late": recorded_on > first["observed_on"] + ON_TIME,
        "withdrawn": now["withdrawn"],
        "corrected": [
            {
                **{word: before[word] for word in SAID},
                "recorded_at": after["said_at"],
                "actor": after["said_for"] or after["said_by"],
            }
            for before, after in pairwise(said)
        ],
    }


def _series(items: Sequence[dict[str, Any]], on: date) -> dict[str, Any]:
    """Of each day the value and the confidence said last, up to a business day."""
    counting = [one for one in items if not one["withdrawn"] and one["observed_on"] <= on]
    return {
        "series": _by_day(counting, "value"),
        "confidence": _by_day(counting, "confidence"),
    }


def _by_day(items: Sequence[dict[str, Any]], word: str) -> list[dict[str, Any]]:
    last = {one["observed_on"]: one for one in items if one[word] is not None}
    return [
        {"on": day, "value": one[word], "entry_id": one["entry_id"]}
        for day, one in sorted(last.items())
    ]
