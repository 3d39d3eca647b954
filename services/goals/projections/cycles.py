"""Rows of cycles and policies."""

from collections.abc import Callable, Mapping
from typing import Any

from shared.contracts import objectives as told
from shared.contracts.records import Contract
from shared.eventing.feeds import Known
from shared.eventing.tables import Tables, Timed

CYCLES = Timed(
    "cycles",
    ("cycle_id",),
    (
        "version",
        "code",
        "kind",
        "first",
        "last",
        "parent_id",
        "drafting_first",
        "drafting_last",
        "cadence",
        "unit_cadences",
        "mid_cycle_review",
        "state",
        "closed_on",
    ),
)


def change(tables: Tables, known: Known, **values: Any) -> None:
    """From this record on the cycle has these values."""
    tables.change(CYCLES, (known.stream,), known.recorded_at, version=known.version, **values)


def planned(tables: Tables, known: Known, says: told.CyclePlanned) -> None:
    """A cycle exists."""
    change(tables, known, **says.model_dump(), unit_cadences={}, state="planned", closed_on=None)


def window_moved(tables: Tables, known: Known, says: told.DraftingWindowMoved) -> None:
    """The drafting window has other days."""
    change(tables, known, drafting_first=says.first, drafting_last=says.last)


def cadence_chosen(tables: Tables, known: Known, says: told.CadenceChosen) -> None:
    """The cycle, or one unit in it, has another cadence."""
    if says.unit_id is None:
        change(tables, known, cadence=says.cadence)
        return
    tables.flush()
    unit_cadences = _open_value(tables, known, "unit_cadences") or {}
    change(tables, known, unit_cadences={**unit_cadences, str(says.unit_id): says.cadence})


def _open_value(tables: Tables, known: Known, column: str) -> Any:
    row = tables.connection.execute(
        "SELECT to_jsonb(c) -> %s FROM cycles c WHERE cycle_id = %s AND upper_inf(during)",
        (column, known.stream),
    ).fetchone()
    return row[0] if row else None


def review_moved(tables: Tables, known: Known, says: told.MidCycleReviewMoved) -> None:
    """The mid-cycle review is on another day."""
    change(tables, known, mid_cycle_review=says.on)


def closed(tables: Tables, known: Known, says: told.CycleClosed) -> None:
    """The cycle is over."""
    change(tables, known, state="closed", closed_on=says.closed_on)


def _entering(state: str) -> Any:
    def enter(tables: Tables, known: Known, _: Any) -> None:
        change(tables, known, state=state)

    return enter


def policy_adopted(tables: Tables, known: Known, says: told.PolicyAdopted) -> None:
    """Another version of the rules."""
    tables.insert(
        "policies",
        {
            "version": says.version,
            "effective_from": says.effective_from,
            "recorded_at": known.recorded_at,
            "position": known.position,
            "says": says.model_dump(mode="json"),
        },
    )


SHOWN: Mapping[type[Contract], Callable[[Tables, Known, Any], None]] = {
    told.CyclePlanned: planned,
    told.DraftingOpened: _entering("drafting"),
    told.DraftingWindowMoved: window_moved,
    told.CadenceChosen: cadence_chosen,
    told.MidCycleReviewMoved: review_moved,
    told.CycleActivated: _entering("active"),
    told.GradingOpened: _entering("grading"),
    told.GradingReopened: _entering("active"),
    told.CycleClosed: closed,
    told.PolicyAdopted: policy_adopted,
}
