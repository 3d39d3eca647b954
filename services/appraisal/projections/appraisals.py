"""Rows about schemes and appraisals, and their stories, out of the own feed."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from shared.contracts import appraisals as said
from shared.contracts.appraisal_parts import Plan
from shared.eventing.families import Family, catalogue
from shared.eventing.feeds import Known
from shared.eventing.tables import Tables, Timed

SCHEMES = Timed(
    "scheme_versions",
    ("scheme", "version"),
    (
        "code",
        "title",
        "template",
        "from_day",
        "rules",
        "signers",
        "in_force",
        "stream_version",
    ),
)
APPRAISALS = Timed(
    "appraisals",
    ("appraisal",),
    (
        "subject",
        "period",
        "first",
        "last",
        "manager",
        "unit",
        "plan",
        "stage",
        "self_review",
        "manager_review",
        "sealed_by",
        "sealed_at",
        "result",
        "signed_by",
        "stream_version",
    ),
)
EXTRAS = Timed("extras", ("appraisal", "entry"), ("kind", "points", "author", "reason", "given_at"))
CHANGES = Timed(
    "changes",
    ("appraisal", "change"),
    (
        "kpi",
        "evidence",
        "total_would_be",
        "noted_at",
        "decision",
        "decided_by",
        "reason",
    ),
)


def project(tables: Tables, records: Sequence[Known]) -> None:
    """Write what a batch of own records says."""
    signers: dict[tuple[Any, int], list[str]] = {}
    for known in records:
        _tell(tables, known)
        if isinstance(known.data, said.SchemeVersionSigned):
            _sign(tables, known, known.data, signers)
        else:
            _write(tables, known)


def _tell(tables: Tables, known: Known) -> None:
    assert known.data is not None
    tables.insert(
        "stories",
        {
            "stream": known.stream,
            "version": known.version,
            "position": known.position,
            "recorded_at": known.recorded_at,
            "name": known.name,
            "actor": known.actor,
            "on_behalf_of": known.on_behalf_of,
            "said": known.data.model_dump(mode="json"),
        },
    )


def _sign(
    tables: Tables,
    known: Known,
    signed: said.SchemeVersionSigned,
    signers: dict[tuple[Any, int], list[str]],
) -> None:
    key = (known.stream, signed.version)
    if key not in signers:
        tables.flush()
        row = tables.connection.execute(
            "SELECT signers FROM scheme_versions"
            " WHERE scheme = %s AND version = %s AND upper_inf(during)",
            key,
        ).fetchone()
        signers[key] = list(row[0]) if row else []
    signers[key] = [*signers[key], str(signed.signer)]
    _scheme(tables, known, signed.version, signers=signers[key])


def _write(tables: Tables, known: Known) -> None:
    match known.data:
        case said.SchemeVersionDrafted() as drafted:
            _scheme(
                tables,
                known,
                drafted.version,
                **drafted.model_dump(mode="json", exclude={"version", "from_day"}),
                from_day=drafted.from_day,
                signers=[],
                in_force=False,
            )
        case said.SchemeVersionPutInForce(version=version, from_day=day):
            _scheme(tables, known, version, in_force=True, from_day=day)
        case said.AppraisalReplanned(plan=plan):
            _appraisal(tables, known, **_planned(plan))
        case said.AppraisalPlanned(plan=plan):
            _appraisal(tables, known, stage="planned", **_planned(plan))
        case said.SelfReviewOpened():
            _appraisal(tables, known, stage="self_review")
        case said.SelfReviewGiven() as given:
            _appraisal(tables, known, stage="manager_review", self_review=_said(given))
        case said.SelfReviewClosed():
            _appraisal(tables, known, stage="manager_review")
        case said.ManagerReviewGiven() as given:
            _appraisal(tables, known, manager_review=_said(given))
        case said.ResultSealed() | said.SignedOff() | said.Reopened():
            _stage(tables, known)
        case _:
            _beside(tables, known)


def _stage(tables: Tables, known: Known) -> None:
    match known.data:
        case said.ResultSealed(by=by, result=result):
            _appraisal(
                tables,
                known,
                stage="sealed",
                sealed_by=by,
                sealed_at=known.recorded_at,
                result=result.model_dump(mode="json"),
            )
        case said.SignedOff(by=by):
            _appraisal(tables, known, stage="signed_off", signed_by=by)
        case said.Reopened() as reopened:
            sealed = {"sealed_by": None, "sealed_at": None, "result": None}
            _appraisal(tables, known, stage="manager_review", **sealed)
            _decide(tables, known, reopened, "accepted")


def _beside(tables: Tables, known: Known) -> None:
    """Extras and changes: rows of their own beside the appraisal; its version moves on too."""
    match known.data:
        case said.BonusGiven() as given:
            _extra(tables, known, given, "bonus", points=given.points)
        case said.DeductionTaken() as taken:
            _extra(tables, known, taken, "deduction", points=taken.points)
        case said.VetoRaised() as raised:
            _extra(tables, known, raised, "veto")
        case said.EntryWithdrawn(entry=entry):
            tables.end(EXTRAS, (known.stream, entry), known.recorded_at)
        case said.EvidenceChanged() as changed:
            tables.open(
                CHANGES,
                (known.stream, changed.change),
                known.recorded_at,
                kpi=changed.kpi,
                evidence=changed.evidence.model_dump(mode="json"),
                total_would_be=changed.total_would_be,
                noted_at=known.recorded_at,
            )
        case said.ChangeDismissed() as dismissed:
            _decide(tables, known, dismissed, "dismissed")
    _appraisal(tables, known)


def _extra(
    tables: Tables,
    known: Known,
    said_so: said.BonusGiven | said.DeductionTaken | said.VetoRaised,
    kind: str,
    points: object = None,
) -> None:
    tables.open(
        EXTRAS,
        (known.stream, said_so.entry),
        known.recorded_at,
        kind=kind,
        points=points,
        author=said_so.author,
        reason=said_so.reason,
        given_at=known.recorded_at,
    )


def _decide(
    tables: Tables, known: Known, by: said.ChangeDismissed | said.Reopened, decision: str
) -> None:
    tables.change(
        CHANGES,
        (known.stream, by.change),
        known.recorded_at,
        decision=decision,
        decided_by=by.by,
        reason=by.reason,
    )


def _scheme(tables: Tables, known: Known, version: int, **values: object) -> None:
    at, key = known.recorded_at, (known.stream, version)
    tables.change(SCHEMES, key, at, stream_version=known.version, **values)


def _appraisal(tables: Tables, known: Known, **values: object) -> None:
    at, key = known.recorded_at, (known.stream,)
    tables.change(APPRAISALS, key, at, stream_version=known.version, **values)


def _planned(plan: Plan) -> dict[str, object]:
    governing = next(s for s in reversed(plan.segments) if not s.left_out)
    return {
        "subject": plan.subject,
        "period": plan.period,
        "first": plan.first,
        "last": plan.last,
        "manager": plan.manager,
        "unit": governing.unit,
        "plan": plan.model_dump(mode="json"),
    }


def _said(review: said.SelfReviewGiven | said.ManagerReviewGiven) -> dict[str, object]:
    return review.model_dump(mode="json")


FAMILY = Family(
    name="appraisals",
    feed=said.FEED,
    ddl=Path(__file__).with_name("appraisals.sql"),
    project=project,
    contracts=catalogue(
        said.SchemeVersionDrafted,
        said.SchemeVersionSigned,
        said.SchemeVersionPutInForce,
        said.AppraisalPlanned,
        said.AppraisalReplanned,
        said.SelfReviewOpened,
        said.SelfReviewGiven,
        said.SelfReviewClosed,
        said.ManagerReviewGiven,
        said.BonusGiven,
        said.DeductionTaken,
        said.VetoRaised,
        said.EntryWithdrawn,
        said.ResultSealed,
        said.EvidenceChanged,
        said.ChangeDismissed,
        said.Reopened,
        said.SignedOff,
    ),
)
