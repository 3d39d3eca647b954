"""The tables of KPIs that can measure key results, out of the feed of metrics."""

from collections.abc import Sequence
from pathlib import Path

from shared.contracts import kpis as told
from shared.eventing.families import Family, catalogue
from shared.eventing.feeds import Known
from shared.eventing.tables import Tables, Timed

FIGURES = Timed(
    "figures",
    ("entry_id",),
    ("kpi_id", "subject_id", "rank", "period", "observed_on", "value", "source"),
)


def project(tables: Tables, records: Sequence[Known]) -> None:
    """Write the definitions and figures that these records bring, correct or withdraw."""
    for known in records:
        match known.data:
            case told.KpiDefined() as says:
                _defined(tables, known, says)
            case told.Measured() as says:
                _measured(tables, known, says)
            case told.MeasurementCorrected() as says:
                _corrected(tables, known, says)
            case told.MeasurementWithdrawn() as says:
                tables.end(FIGURES, (says.entry_id,), known.recorded_at)
            case _:
                pass


def _defined(tables: Tables, known: Known, says: told.KpiDefined) -> None:
    tables.insert(
        "definitions",
        {
            "kpi_id": known.stream,
            "definition": says.definition,
            "position": known.position,
            "recorded_at": known.recorded_at,
            "code": says.code,
            "name_zh": says.name_zh,
            "name_en": says.name_en,
            "unit": says.unit,
            "direction": says.direction,
            "over_time": says.over_time,
            "frequency": says.frequency,
            "grain": says.grain,
            "sources": list(says.sources),
            "numerator_id": says.numerator_id,
            "denominator_id": says.denominator_id,
        },
    )


def _measured(tables: Tables, known: Known, says: told.Measured) -> None:
    tables.open(
        FIGURES,
        (says.entry_id,),
        known.recorded_at,
        kpi_id=says.kpi_id,
        subject_id=says.subject.id,
        rank=known.position,
        period=says.period,
        observed_on=says.observed_on,
        value=says.value,
        source=says.source,
    )


def _corrected(tables: Tables, known: Known, says: told.MeasurementCorrected) -> None:
    tables.change(
        FIGURES,
        (says.entry_id,),
        known.recorded_at,
        period=says.period,
        observed_on=says.observed_on,
        value=says.value,
    )


FAMILY = Family(
    name="kpis",
    feed=told.FEED,
    ddl=Path(__file__).with_name("kpis.sql"),
    project=project,
    contracts=catalogue(
        told.KpiDefined,
        told.KpiRedefined,
        told.Measured,
        told.MeasurementCorrected,
        told.MeasurementWithdrawn,
    ),
)
