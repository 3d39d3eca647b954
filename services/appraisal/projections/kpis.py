"""Rows about KPIs, out of the feed kpis: definitions, what was promised, and what was measured."""

from collections.abc import Sequence
from pathlib import Path

from shared.contracts import kpis as said
from shared.eventing.families import Family, catalogue
from shared.eventing.feeds import Known
from shared.eventing.tables import Tables, Timed

DEFINITIONS = Timed(
    "kpi_definitions",
    ("kpi", "definition"),
    (
        "code",
        "name_zh",
        "name_en",
        "unit",
        "direction",
        "over_time",
        "frequency",
        "grain",
        "sources",
        "numerator_id",
        "denominator_id",
        "effective_from",
    ),
)
TERMS = Timed(
    "commitment_terms",
    ("commitment", "number"),
    (
        "kpi",
        "subject",
        "period",
        "first",
        "last",
        "terms",
        "effective_from",
        "reason",
        "category",
        "offered_by",
        "offered_at",
        "agreed_at",
        "records",
        "agreement",
    ),
)
SUSPENSIONS = Timed("suspensions", ("commitment", "first", "last"), ("reason",))
ENTRIES = Timed(
    "kpi_entries",
    ("entry",),
    (
        "kpi",
        "subject",
        "value",
        "period",
        "observed_on",
        "origin",
        "source",
        "author",
        "rank",
        "stream",
        "position",
        "version",
        "corrected",
    ),
)


def project(tables: Tables, records: Sequence[Known]) -> None:
    """Write what a batch of the feed says."""
    for known in records:
        match known.data:
            case said.KpiDefined() as defined:
                _define(tables, known, defined)
            case said.CommitmentOffered() | said.CommitmentRevised() as offered:
                _offer(tables, known, offered)
            case said.CommitmentAgreed(terms_number=number):
                at, key = known.recorded_at, (known.stream, number)
                tables.change(TERMS, key, at, agreed_at=at, agreement=_record(known))
            case said.CommitmentSuspended(first=first, last=last, reason=reason):
                days = (known.stream, first, last)
                tables.change(SUSPENSIONS, days, known.recorded_at, reason=reason)
            case said.Measured() | said.MeasurementCorrected() | said.MeasurementWithdrawn():
                _measure(tables, known)


def _define(tables: Tables, known: Known, defined: said.KpiDefined) -> None:
    holds_from = defined.effective_from if isinstance(defined, said.KpiRedefined) else None
    values = defined.model_dump(include=set(DEFINITIONS.columns) - {"sources"})
    tables.change(
        DEFINITIONS,
        (known.stream, defined.definition),
        known.recorded_at,
        **{**values, "sources": list(defined.sources), "effective_from": holds_from},
    )


def _offer(
    tables: Tables, known: Known, offered: said.CommitmentOffered | said.CommitmentRevised
) -> None:
    why = offered if isinstance(offered, said.CommitmentRevised) else None
    tables.change(
        TERMS,
        (known.stream, offered.terms_number),
        known.recorded_at,
        kpi=offered.kpi_id,
        subject=offered.subject.id,
        period=offered.period.code,
        first=offered.period.first,
        last=offered.period.last,
        terms=offered.terms.model_dump(mode="json"),
        effective_from=offered.effective_from,
        reason=why.reason if why else None,
        category=why.category if why else None,
        offered_by=known.on_behalf_of or known.actor,
        offered_at=known.recorded_at,
        records=_record(known),
    )


def _measure(tables: Tables, known: Known) -> None:
    match known.data:
        case said.Measured() as measured:
            tables.open(
                ENTRIES,
                (measured.entry_id,),
                known.recorded_at,
                kpi=measured.kpi_id,
                subject=measured.subject.id,
                origin=measured.origin,
                source=measured.source,
                rank=known.position,
                corrected=False,
                **_content(known, measured),
            )
            _say(tables, known, measured)
        case said.MeasurementCorrected() as correction:
            content = {**_content(known, correction), "corrected": True}
            tables.change(ENTRIES, (correction.entry_id,), known.recorded_at, **content)
            _say(tables, known, correction)
        case said.MeasurementWithdrawn() as withdrawn:
            tables.end(ENTRIES, (withdrawn.entry_id,), known.recorded_at)
            _say(tables, known, withdrawn)


def _content(
    known: Known, measured: said.Measured | said.MeasurementCorrected
) -> dict[str, object]:
    return {
        "value": measured.value,
        "period": measured.period,
        "observed_on": measured.observed_on,
        "author": known.on_behalf_of or known.actor,
        "stream": known.stream,
        "position": known.position,
        "version": known.version,
    }


def _say(
    tables: Tables,
    known: Known,
    measured: said.Measured | said.MeasurementCorrected | said.MeasurementWithdrawn,
) -> None:
    tables.insert(
        "kpi_says",
        {
            "position": known.position,
            "kpi": measured.kpi_id,
            "subject": measured.subject.id,
            "entry": measured.entry_id,
            "stream": known.stream,
            "version": known.version,
            "recorded_at": known.recorded_at,
        },
    )


def _record(known: Known) -> dict[str, object]:
    """The place of a record, as the evidence of a figure names it."""
    return {
        "feed": "kpis",
        "position": known.position,
        "stream": str(known.stream),
        "version": known.version,
    }


FAMILY = Family(
    name="kpis",
    feed="kpis",
    ddl=Path(__file__).with_name("kpis.sql"),
    project=project,
    contracts=catalogue(
        said.KpiDefined,
        said.KpiRedefined,
        said.CommitmentOffered,
        said.CommitmentRevised,
        said.CommitmentAgreed,
        said.CommitmentSuspended,
        said.Measured,
        said.MeasurementCorrected,
        said.MeasurementWithdrawn,
    ),
)
