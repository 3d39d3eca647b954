"""The story of an objective or a key result: what happened, in order, in sentences."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from services.goals.api import finding, rows
from services.goals.api.knowing import load
from services.goals.api.narrator import Narrator, Told
from shared.http.reading import AsOf, Reading
from shared.kernel.refusals import NotFound

router = APIRouter(tags=["stories"])

CHECK_INS = """
SELECT e.*, lower(e.during) AS said_at, upper(e.during) AS ended_at
  FROM measurements.entries e
 WHERE e.key_result_id = %(key_result)s AND lower(e.during) <= %(moment)s::timestamptz
 ORDER BY lower(e.during)
"""


@router.get("/objectives/{objective_id}/story")
def objective_story(reading: AsOf, objective_id: UUID) -> Told:
    """Everything that happened to an objective and its key results."""
    must_be_visible(reading, objective_id)
    narrator = Narrator(reading)
    return reading.told(items=[narrator.tell(row) for row in _happenings(reading, objective_id)])


@router.get("/cycles/{cycle_id}/story")
def cycle_story(reading: AsOf, cycle_id: UUID) -> Told:
    """Everything that happened to a cycle."""
    narrator = Narrator(reading)
    told = [narrator.tell(row) for row in _happenings(reading, cycle_id)]
    if not told:
        raise NotFound(field="cycle_id", what="cycle")
    return reading.told(items=told)


@router.get("/key-results/{key_result_id}/story")
def key_result_story(reading: AsOf, key_result_id: UUID) -> Told:
    """Everything that happened to a key result: publication, revisions, check-ins."""
    owner = finding.objective_of(reading, key_result_id)
    if owner is None:
        raise NotFound(field="key_result_id", what="key result")
    must_be_visible(reading, owner)
    narrator = Narrator(reading)
    told = [narrator.tell(row, key_result_id) for row in _happenings(reading, owner)]
    own = [one for one in told if one["key_result_id"] == key_result_id]
    checked = _check_ins(reading, narrator, key_result_id)
    return reading.told(items=sorted([*own, *checked], key=lambda one: one["recorded_at"]))


def must_be_visible(reading: Reading, objective_id: UUID) -> None:
    """Refuse to tell of an objective that is not there or may not be seen."""
    entry = load(reading, [objective_id]).objectives.get(objective_id)
    if entry is None or not finding.may_see(reading, [entry]):
        raise NotFound(field="objective_id", what="objective")


def _happenings(reading: Reading, stream: UUID) -> list[dict[str, Any]]:
    return reading.rows(rows.HAPPENINGS, {"ids": [stream]})


def _check_ins(reading: Reading, narrator: Narrator, key_result: UUID) -> list[Told]:
    found = reading.rows(CHECK_INS, {"key_result": key_result})
    said = [narrator.tell_check_in(row, _kind(row), row["said_at"]) for row in found]
    again = {(row["entry_id"], row["said_at"]) for row in found}
    withdrawn = [row for row in found if _is_over(reading, row, again)]
    return said + [narrator.tell_check_in(r, "withdrawn", r["ended_at"]) for r in withdrawn]


def _kind(row: Mapping[str, Any]) -> str:
    return "checked_in" if row["said_at"] == row["first_recorded_at"] else "corrected"


def _is_over(reading: Reading, row: Mapping[str, Any], again: set[Any]) -> bool:
    ended = row["ended_at"]
    known = ended is not None and (reading.as_of is None or ended <= reading.as_of)
    return known and (row["entry_id"], ended) not in again
