"""What goals shows: cycles, objectives, key results, alignment, what is due; as of any instant."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from services.goals.api import finding, rows, stories, telling
from services.goals.api.charts import Happenings, chart
from services.goals.api.knowing import House, KeyResultEntry, ObjectiveEntry, load
from services.goals.api.standings import Standings
from services.goals.api.telling import Told, plain
from services.goals.domain.objective_standing import unit_progress
from shared.http.reading import AsOf, Reading
from shared.kernel.refusals import NotFound

router = APIRouter(tags=["queries"])
router.include_router(stories.router)


@router.get("/cycles")
def cycles(reading: AsOf) -> Told:
    """Every cycle with its days, cadence and state."""
    found = reading.rows(rows.CYCLES)
    return reading.told(items=[_cycle(row) for row in found])


def _cycle(row: dict[str, Any]) -> Told:
    kept = {name: value for name, value in row.items() if name not in ("cycle_id", "during")}
    return {"id": row["cycle_id"], **kept}


@router.get("/objectives")
def objectives(
    reading: AsOf,
    cycle: UUID | None = None,
    holder: UUID | None = None,
    unit: UUID | None = None,
    responsible: UUID | None = None,
    stage: Annotated[list[str] | None, Query()] = None,
) -> Told:
    """Objectives of a holder, a unit with its people, or a responsible, with all their figures."""
    sought = finding.Sought(cycle, holder, unit, responsible, tuple(stage or ()))
    house = load(reading, finding.objectives(reading, sought))
    standings = Standings(house, reading.on)
    found = finding.holding(reading, house.objectives.values(), sought)
    return reading.told(
        items=[telling.objective(entry, standings) for entry in found],
        together=_together(found, standings),
    )


def _together(found: Sequence[ObjectiveEntry], standings: Standings) -> Told:
    """The weighted mean of the objectives listed; the same with those ended late."""

    def mean(some: Iterable[ObjectiveEntry]) -> str | None:
        figures = [
            (standings.of(one).standing.vs_current.progress, one.on(standings.on, "weight"))
            for one in some
        ]
        return plain(unit_progress(figures))

    ended_late = [one for one in found if one.row["ended_late"]]
    live = [one for one in found if one.is_live]
    return {"progress": mean(live), "with_ended_late": mean([*live, *ended_late])}


@router.get("/objectives/{objective_id}")
def objective(reading: AsOf, objective_id: UUID) -> Told:
    """One objective with its key results and figures."""
    house = load(reading, [objective_id])
    entry = visible(reading, house, objective_id)
    return reading.told(**telling.objective(entry, Standings(house, reading.on)))


def visible(reading: Reading, house: House, objective_id: UUID) -> ObjectiveEntry:
    """The objective, when it is there and may be seen by who asks."""
    entry = house.objectives.get(objective_id)
    if entry is None or not finding.may_see(reading, [entry]):
        raise NotFound(field="objective_id", what="objective")
    return entry


@router.get("/objectives/{objective_id}/alignment")
def alignment(reading: AsOf, objective_id: UUID) -> Told:
    """What an objective contributes to or supports, and what contributes to or supports it."""
    below = reading.rows(rows.CHILDREN, {"ids": [objective_id]})
    above = reading.rows(rows.PARENTS, {"ids": [objective_id]})
    linked = [r["objective_id"] for r in below] + [r["parent_objective_id"] for r in above]
    house = load(reading, [objective_id, *linked])
    visible(reading, house, objective_id)
    shown = {one.id for one in finding.may_see(reading, house.objectives.values())}
    standings = Standings(house, reading.on)
    parents = ((row, row["parent_objective_id"]) for row in above)
    children = ((row, row["objective_id"]) for row in below)
    return reading.told(
        objective_id=objective_id,
        parents=[_linked(row, standings, key) for row, key in parents if key in shown],
        children=[_linked(row, standings, key) for row, key in children if key in shown],
    )


def _linked(row: dict[str, Any], standings: Standings, other: UUID) -> Told:
    told = telling.objective(standings.house.objectives[other], standings)
    kept = ("id", "title", "level", "kind", "holder", "responsible_id", "stage", "progress")
    return {
        "mode": row["mode"],
        "key_result_id": row["parent_key_result_id"],
        "objective": {name: told[name] for name in (*kept, "status")},
    }


@router.get("/key-results")
def key_results(reading: AsOf, responsible: UUID, due: bool = False) -> Told:
    """The live key results somebody answers for; with ``due`` those that ask for a check-in.

    In order of what is asked first: stale, overdue, then by the day it is due.
    """
    house = load(reading, finding.of_responsible(reading, responsible))
    standings = Standings(house, reading.on)
    found = [
        {**told, "objective_title": entry.on(reading.on, "title")}
        for entry in finding.may_see(reading, house.objectives.values())
        if entry.row["stage"] == "published"
        for told in telling.objective(entry, standings)["key_results"]
        if told["responsible_id"] == responsible and not told["dropped"]
    ]
    asked = [told for told in found if not due or _asks(told, reading)]
    return reading.told(items=sorted(asked, key=_urgency))


def _asks(told: Told, reading: Reading) -> bool:
    soon = told["due_on"] is not None and (told["due_on"] - reading.on).days < 7
    return bool(told["kpi"] is None and (told["overdue"] or soon))


def _urgency(told: Told) -> tuple[bool, bool, str, str, int]:
    due = str(told["due_on"] or "9999")
    return not told["stale"], not told["overdue"], due, str(told["objective_id"]), told["number"]


@router.get("/key-results/{key_result_id}")
def key_result(reading: AsOf, key_result_id: UUID) -> Told:
    """One key result with its whole chart: actuals, plan, original target and every revision."""
    owner = finding.objective_of(reading, key_result_id)
    house = load(reading, [owner] if owner else [])
    entry = visible(reading, house, owner) if owner else None
    standings = Standings(house, reading.on)
    stood = standings.of(entry).lines if entry else ()
    for one, line in stood:
        if one.id == key_result_id and entry is not None:
            return reading.told(
                **telling.key_result(one, line),
                **_of_its_objective(entry, reading),
                measure=line.standing.terms.measure.model_dump(mode="json"),
                original=one.agreement.original.model_dump(mode="json"),
                series=chart(one, reading.on, standings.rules(entry), _happened(reading, one)),
            )
    raise NotFound(field="key_result_id", what="key result")


def _of_its_objective(entry: ObjectiveEntry, reading: Reading) -> Told:
    return {
        "objective_title": entry.on(reading.on, "title"),
        "objective_version": entry.row["version"],
        "objective_stage": entry.row["stage"],
        "objective_kind": entry.on(reading.on, "kind"),
        "cycle_id": entry.row["cycle_id"],
        "holder": entry.on(reading.on, "holder"),
    }


def _happened(reading: Reading, one: KeyResultEntry) -> Happenings:
    told = reading.rows(rows.HAPPENINGS, {"ids": [one.objective_id]})
    named = ((row["says"].get("revision_id"), row) for row in told)
    return {UUID(revision): row for revision, row in named if revision}
