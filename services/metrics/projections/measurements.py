"""The tables of check-ins on key results, from the own feed."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from shared.contracts import measurements as say
from shared.eventing.families import Family, catalogue
from shared.eventing.feeds import Known
from shared.eventing.tables import Opening, Tables, Timed

CHECK_IN = Timed(
    "check_in",
    ("entry_id",),
    (
        "key_result_id",
        "rank",
        "observed_on",
        "value",
        "milestones_done",
        "level",
        "confidence",
        "reported_status",
        "responsible_id",
        "origin",
        "source",
        "external_id",
        "actor",
        "on_behalf_of",
        "first_recorded_at",
        "said_by",
        "said_for",
        "withdrawn",
    ),
)
WORDS = Timed(
    "check_in_words",
    ("entry_id",),
    ("key_result_id", "progress", "obstacles", "support_needed"),
)

FIRST_CHECKED_IN = Opening(
    CHECK_IN,
    {
        "entry_id": "data.entry_id",
        "key_result_id": "data.key_result_id",
        "rank": "position",
        "observed_on": "data.observed_on",
        "value": "data.value",
        "milestones_done": "data.milestones_done",
        "level": "data.level",
        "confidence": "data.confidence",
        "reported_status": "data.reported_status",
        "responsible_id": "data.responsible_id",
        "origin": "data.origin",
        "source": "data.source",
        "external_id": "data.external_id",
        "actor": "actor",
        "on_behalf_of": "on_behalf_of",
        "first_recorded_at": "recorded_at",
        "said_by": "actor",
        "said_for": "on_behalf_of",
    },
    withdrawn=False,
)


def project(tables: Tables, records: Sequence[Known]) -> None:
    """Write what these records say of entries, but for the rows that are ``openings``."""
    for known in records:
        match known.data:
            case say.CheckInCorrected() as entry:
                _correct(tables, known, entry)
            case say.CheckInWithdrawn(entry_id=entry_id):
                now = {**_sayer(known), "withdrawn": True}
                tables.change(CHECK_IN, (entry_id,), known.recorded_at, **now)
            case say.CheckInWorded(entry_id=entry_id) as worded:
                words = worded.model_dump(exclude={"entry_id"})
                tables.change(WORDS, (entry_id,), known.recorded_at, **words)


def _correct(tables: Tables, known: Known, entry: say.CheckInCorrected) -> None:
    now = {**_standing(entry), **_sayer(known)}
    tables.change(CHECK_IN, (entry.entry_id,), known.recorded_at, **now)


def _standing(entry: say.CheckInCorrected) -> dict[str, Any]:
    done = entry.milestones_done
    return {
        "observed_on": entry.observed_on,
        "value": entry.value,
        "milestones_done": None if done is None else list(done),
        "level": entry.level,
        "confidence": entry.confidence,
        "reported_status": entry.reported_status,
    }


def _sayer(known: Known) -> dict[str, Any]:
    return {"said_by": known.actor, "said_for": known.on_behalf_of}


FAMILY = Family(
    name="measurements",
    feed=say.FEED,
    ddl=Path(__file__).with_name("measurements.sql"),
    project=project,
    contracts=catalogue(
        say.CheckedIn, say.CheckInCorrected, say.CheckInWithdrawn, say.CheckInWorded
    ),
    openings={say.CheckedIn: (FIRST_CHECKED_IN,)},
)
