"""The tables of KPI definitions, commitments and ledgers, from the own feed."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from services.metrics.projections import commitments
from shared.contracts import kpis as say
from shared.eventing.families import Family, catalogue
from shared.eventing.feeds import Known
from shared.eventing.tables import Opening, Tables, Timed

MEASUREMENT = Timed(
    "measurement",
    ("entry_id",),
    (
        "kpi_id",
        "subject_kind",
        "subject_id",
        "rank",
        "value",
        "period",
        "observed_on",
        "origin",
        "source",
        "external_id",
        "batch",
        "evidence",
        "note",
        "actor",
        "on_behalf_of",
        "first_recorded_at",
        "said_by",
        "said_for",
        "reason",
        "after_sealing",
        "withdrawn",
    ),
)

FIRST_MEASURED = Opening(
    MEASUREMENT,
    {
        "entry_id": "data.entry_id",
        "kpi_id": "data.kpi_id",
        "subject_kind": "data.subject.kind",
        "subject_id": "data.subject.id",
        "rank": "position",
        "value": "data.value",
        "period": "data.period",
        "observed_on": "data.observed_on",
        "origin": "data.origin",
        "source": "data.source",
        "external_id": "data.external_id",
        "batch": "data.batch",
        "evidence": "data.evidence",
        "note": "data.note",
        "actor": "actor",
        "on_behalf_of": "on_behalf_of",
        "first_recorded_at": "recorded_at",
        "said_by": "actor",
        "said_for": "on_behalf_of",
        "reason": "data.reason",
        "after_sealing": "data.after_sealing",
    },
    withdrawn=False,
)


def project(tables: Tables, records: Sequence[Known]) -> None:
    """Write what these records say of KPIs, but for the rows that are ``openings``."""
    for known in records:
        match known.data:
            case say.MeasurementCorrected() as figure:
                _corrected(tables, known, figure)
            case say.MeasurementWithdrawn(entry_id=entry_id, reason=reason, after_sealing=late):
                now = {"withdrawn": True, "reason": reason, "after_sealing": late}
                tables.change(MEASUREMENT, (entry_id,), known.recorded_at, **now, **_sayer(known))
            case say.KpiDefined() as definition:
                _defined(tables, known, definition)
            case say.LedgerOpened() as ledger:
                _opened(tables, known, ledger)
            case say.PeriodSealed() as seal:
                _sealed(tables, known, seal)
            case _:
                commitments.project(tables, known)


def _corrected(tables: Tables, known: Known, figure: say.MeasurementCorrected) -> None:
    tables.change(
        MEASUREMENT,
        (figure.entry_id,),
        known.recorded_at,
        value=figure.value,
        period=figure.period,
        observed_on=figure.observed_on,
        batch=_json(figure.batch),
        evidence=_json(figure.evidence),
        **_sayer(known),
        reason=figure.reason,
        after_sealing=figure.after_sealing,
    )


def _defined(tables: Tables, known: Known, told: say.KpiDefined) -> None:
    later = {"effective_from": None, "reason": ""}
    row = {"kpi_id": known.stream, **later, **told.model_dump(mode="python")}
    row["sources"] = list(told.sources)
    when = {"actor": known.actor, "recorded_at": known.recorded_at}
    tables.insert("kpi_definition", {**row, **when})


def _opened(tables: Tables, known: Known, ledger: say.LedgerOpened) -> None:
    row = {
        "ledger_id": known.stream,
        "kpi_id": ledger.kpi_id,
        "subject_id": ledger.subject.id,
        "fiscal_year": ledger.fiscal_year,
    }
    tables.insert("kpi_ledger", {**row, "recorded_at": known.recorded_at})


def _sealed(tables: Tables, known: Known, seal: say.PeriodSealed) -> None:
    tables.insert(
        "period_seal",
        {
            "kpi_id": seal.kpi_id,
            "subject_id": seal.subject.id,
            "period": seal.period.code,
            "first": seal.period.first,
            "last": seal.period.last,
            "actor": known.actor,
            "on_behalf_of": known.on_behalf_of,
            "position": known.position,
            "recorded_at": known.recorded_at,
        },
    )


def _json(told: say.Batch | say.Evidence | None) -> dict[str, Any] | None:
    return None if told is None else told.model_dump(mode="json")


def _sayer(known: Known) -> dict[str, Any]:
    return {"said_by": known.actor, "said_for": known.on_behalf_of}


FAMILY = Family(
    name="kpis",
    feed=say.FEED,
    ddl=Path(__file__).with_name("kpis.sql"),
    project=project,
    contracts=catalogue(
        say.KpiDefined,
        say.KpiRedefined,
        say.CommitmentOffered,
        say.CommitmentRevised,
        say.CommitmentAgreed,
        say.CommitmentDisputed,
        say.CommitmentSuspended,
        say.BaselineSet,
        say.BaselineCorrected,
        say.Rebaselined,
        say.LedgerOpened,
        say.Measured,
        say.MeasurementCorrected,
        say.MeasurementWithdrawn,
        say.PeriodSealed,
    ),
    openings={say.Measured: (FIRST_MEASURED,)},
)
