"""What records about commitments do to the tables of KPIs."""

from typing import Any

from shared.contracts import kpis as say
from shared.eventing.feeds import Known
from shared.eventing.tables import Tables, Timed

COMMITMENT = Timed(
    "commitment",
    ("commitment_id",),
    (
        "kpi_id",
        "subject_kind",
        "subject_id",
        "period",
        "first",
        "last",
        "state",
        "terms_number",
        "disputed_for",
        "baseline_value",
        "baseline_taken_from",
        "baseline_method",
        "baseline_reason",
        "baseline_evidence",
        "original_value",
        "original_taken_from",
    ),
)


def project(tables: Tables, known: Known) -> None:
    """Write what one record says of a commitment."""
    match known.data:
        case say.CommitmentOffered() as offer:
            _put(tables, known, offer, {"reason": "", "category": None, "retroactive": False})
        case say.CommitmentRevised(reason=why, category=kind, retroactive=late) as revision:
            _put(tables, known, revision, {"reason": why, "category": kind, "retroactive": late})
        case say.CommitmentAgreed(terms_number=number):
            _change(tables, known, state="agreed", disputed_for=None)
            row = {"commitment_id": known.stream, "number": number, **_who(known)}
            tables.insert("commitment_agreement", {**row, "position": known.position})
        case say.CommitmentDisputed(reason=reason):
            _change(tables, known, state="disputed", disputed_for=reason)
        case say.CommitmentSuspended() as days:
            row = {"commitment_id": known.stream, **days.model_dump()}
            when = {"position": known.position, "recorded_at": known.recorded_at}
            tables.insert("commitment_suspension", {**row, **when})
        case _:
            _baseline(tables, known)


def _put(
    tables: Tables,
    known: Known,
    told: say.CommitmentOffered | say.CommitmentRevised,
    why: dict[str, Any],
) -> None:
    now = {"state": "offered", "terms_number": told.terms_number, "disputed_for": None}
    _change(tables, known, **_about(told), **now)
    row = {
        "commitment_id": known.stream,
        "number": told.terms_number,
        "terms": told.terms.model_dump(mode="json"),
        "effective_from": told.effective_from,
        **why,
        **_who(known),
    }
    tables.insert("commitment_terms", row)


def _baseline(tables: Tables, known: Known) -> None:
    match known.data:
        case say.BaselineSet() as first:
            original = {
                "original_value": first.value,
                "original_taken_from": first.taken_from.code,
            }
            _change(tables, known, **_about(first), **original, **_taken(first))
        case say.Rebaselined() as anew:
            _change(tables, known, **_taken(anew), baseline_reason=anew.reason)
        case say.BaselineCorrected() as right:
            _change(
                tables,
                known,
                baseline_value=right.value,
                baseline_reason=right.reason,
                baseline_evidence=_json(right.evidence),
            )


def _taken(told: say.BaselineSet | say.Rebaselined) -> dict[str, Any]:
    return {
        "baseline_value": told.value,
        "baseline_taken_from": told.taken_from.code,
        "baseline_method": told.method,
        "baseline_evidence": _json(told.evidence),
    }


def _json(told: say.Evidence | None) -> dict[str, Any] | None:
    return None if told is None else told.model_dump(mode="json")


def _about(
    told: say.CommitmentOffered | say.CommitmentRevised | say.BaselineSet,
) -> dict[str, Any]:
    return {
        "kpi_id": told.kpi_id,
        "subject_kind": told.subject.kind,
        "subject_id": told.subject.id,
        "period": told.period.code,
        "first": told.period.first,
        "last": told.period.last,
    }


def _change(tables: Tables, known: Known, **values: Any) -> None:
    tables.change(COMMITMENT, (known.stream,), known.recorded_at, **values)


def _who(known: Known) -> dict[str, Any]:
    return {
        "actor": known.actor,
        "on_behalf_of": known.on_behalf_of,
        "recorded_at": known.recorded_at,
    }
