"""The table of key results' check-ins, out of the feed of metrics."""

from collections.abc import Sequence
from pathlib import Path

from shared.contracts import measurements as told
from shared.eventing.families import Family, catalogue
from shared.eventing.feeds import Known
from shared.eventing.tables import Tables, Timed

ENTRIES = Timed(
    "entries",
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
        "checked_in_by",
        "entered_by",
        "first_recorded_at",
        "corrected",
    ),
)


def project(tables: Tables, records: Sequence[Known]) -> None:
    """Write the entries that these records bring, correct or withdraw."""
    for known in records:
        match known.data:
            case told.CheckedIn() as says:
                _checked_in(tables, known, says)
            case told.CheckInCorrected() as says:
                _corrected(tables, known, says)
            case told.CheckInWithdrawn() as says:
                tables.end(ENTRIES, (says.entry_id,), known.recorded_at)
            case _:
                pass


def _checked_in(tables: Tables, known: Known, says: told.CheckedIn) -> None:
    tables.open(
        ENTRIES,
        (says.entry_id,),
        known.recorded_at,
        key_result_id=says.key_result_id,
        rank=known.position,
        responsible_id=says.responsible_id,
        origin=says.origin,
        checked_in_by=known.on_behalf_of or known.actor,
        entered_by=known.actor,
        first_recorded_at=known.recorded_at,
        corrected=False,
        **_content(says),
    )


def _corrected(tables: Tables, known: Known, says: told.CheckInCorrected) -> None:
    tables.change(ENTRIES, (says.entry_id,), known.recorded_at, corrected=True, **_content(says))


def _content(says: told.CheckedIn | told.CheckInCorrected) -> dict[str, object]:
    done = says.milestones_done
    return {
        "observed_on": says.observed_on,
        "value": says.value,
        "milestones_done": None if done is None else list(done),
        "level": says.level,
        "confidence": says.confidence,
        "reported_status": says.reported_status,
    }


FAMILY = Family(
    name="measurements",
    feed=told.FEED,
    ddl=Path(__file__).with_name("measurements.sql"),
    project=project,
    contracts=catalogue(told.CheckedIn, told.CheckInCorrected, told.CheckInWithdrawn),
)
