"""The tables of published objectives and key results, from the feed of goals."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from shared.contracts import objective_revisions as revised
from shared.contracts import objectives as say
from shared.contracts.objective_terms import (
    KeyResultTerms,
    Measure,
    MilestoneMeasure,
    RubricMeasure,
)
from shared.eventing.families import Family, catalogue
from shared.eventing.feeds import Known
from shared.eventing.tables import Tables, Timed

KEY_RESULT = Timed(
    "key_result",
    ("key_result_id",),
    ("objective_id", "responsible_id", "form", "options", "kpi_id", "open"),
)
OBJECTIVE = Timed("objective", ("objective_id",), ("holder_id", "responsible_id", "visibility"))
CLOSE_ALL = """
WITH closed AS (
    UPDATE key_result SET during = tstzrange(lower(during), %(at)s)
    WHERE objective_id = %(objective)s AND upper_inf(during) AND open
    RETURNING key_result_id, objective_id, responsible_id, form, options, kpi_id
)
INSERT INTO key_result (key_result_id, objective_id, responsible_id, form, options, kpi_id,
                        open, during)
SELECT key_result_id, objective_id, responsible_id, form, options, kpi_id,
       false, tstzrange(%(at)s, NULL)
FROM closed
"""


def project(tables: Tables, records: Sequence[Known]) -> None:
    """Write what these records say of key results."""
    for known in records:
        match known.data:
            case say.ObjectivePublished(terms=said, key_results=all_terms):
                _stands(
                    tables,
                    known,
                    holder_id=said.holder.id,
                    responsible_id=said.responsible_id,
                    visibility=said.visibility,
                )
                for terms in all_terms:
                    _published(tables, known, terms)
            case say.ObjectiveClosed() | say.ObjectiveCancelled() | say.ObjectivePostponed():
                closing = {"objective": known.stream, "at": known.recorded_at}
                tables.execute(CLOSE_ALL, closing)
            case revised.KeyResultAdded(terms=terms):
                _published(tables, known, terms)
            case revised.KeyResultReplaced(key_result_id=gone, successor=terms):
                _change(tables, known, gone, open=False)
                _published(tables, known, terms)
            case revised.HolderRevised(holder=holder):
                _stands(tables, known, holder_id=holder.id)
            case revised.ObjectiveResponsibleRevised(responsible_id=who):
                _stands(tables, known, responsible_id=who)
            case _:
                _revised(tables, known)


def _revised(tables: Tables, known: Known) -> None:
    match known.data:
        case revised.KeyResultDropped(key_result_id=one):
            _change(tables, known, one, open=False)
        case revised.KeyResultResponsibleRevised(key_result_id=one, responsible_id=who):
            _change(tables, known, one, responsible_id=who)
        case revised.MilestonesRevised(key_result_id=one, milestones=milestones):
            _change(tables, known, one, options=[m.name for m in milestones])
        case revised.RubricRevised(key_result_id=one, levels=levels):
            _change(tables, known, one, options=[level.name for level in levels])
        case revised.MeasureReplaced(key_result_id=one, measure=measure):
            _change(tables, known, one, form=measure.type, options=_options(measure))
        case revised.MeasuringKpiRevised(key_result_id=one, kpi=kpi):
            _change(tables, known, one, kpi_id=kpi.kpi_id if kpi else None)


def _published(tables: Tables, known: Known, terms: KeyResultTerms) -> None:
    _change(
        tables,
        known,
        terms.key_result_id,
        objective_id=known.stream,
        responsible_id=terms.responsible_id,
        form=terms.measure.type,
        options=_options(terms.measure),
        kpi_id=terms.kpi.kpi_id if terms.kpi else None,
        open=True,
    )


def _options(measure: Measure) -> list[str]:
    match measure:
        case MilestoneMeasure(milestones=milestones):
            return [milestone.name for milestone in milestones]
        case RubricMeasure(levels=levels):
            return [level.name for level in levels]
    return []


def _stands(tables: Tables, known: Known, **values: Any) -> None:
    tables.change(OBJECTIVE, (known.stream,), known.recorded_at, **values)


def _change(tables: Tables, known: Known, key_result: UUID, **values: Any) -> None:
    tables.change(KEY_RESULT, (key_result,), known.recorded_at, **values)


FAMILY = Family(
    name="objectives",
    feed=say.FEED,
    ddl=Path(__file__).with_name("objectives.sql"),
    project=project,
    contracts=catalogue(
        say.ObjectivePublished,
        say.ObjectiveClosed,
        say.ObjectiveCancelled,
        say.ObjectivePostponed,
        revised.HolderRevised,
        revised.ObjectiveResponsibleRevised,
        revised.KeyResultAdded,
        revised.KeyResultReplaced,
        revised.KeyResultDropped,
        revised.KeyResultResponsibleRevised,
        revised.MilestonesRevised,
        revised.RubricRevised,
        revised.MeasureReplaced,
        revised.MeasuringKpiRevised,
    ),
)
