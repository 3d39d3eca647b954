"""Appraisals and schemes, as of any instant: computed live from KPIs until sealed."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from services.appraisal.api.answers import summary, told, whole
from services.appraisal.api.lineage import lineage, names_of_kpis
from services.appraisal.api.live import standings
from services.appraisal.api.reads import reads_of, record_read
from services.appraisal.api.stories import story
from services.appraisal.api.visible import about, the_visible, visible
from shared.access.refusals_of_appraisals import OnlyHrAndAuditors
from shared.http.reading import AsOf, Reading
from shared.kernel.refusals import NotFound

router = APIRouter(tags=["queries"])

CHANGES = """
SELECT change, kpi, evidence, total_would_be, noted_at, decision, decided_by, reason FROM changes
WHERE appraisal = %(appraisal)s AND during @> %(moment)s::timestamptz ORDER BY noted_at
"""
SCHEMES = """
SELECT scheme AS id, version, code, title, template, from_day, rules, signers, in_force,
       stream_version
FROM scheme_versions WHERE during @> %(moment)s::timestamptz
"""


@router.get("/appraisals")
def appraisals(
    reading: AsOf,
    mine: bool = False,
    subject: UUID | None = None,
    manager: UUID | None = None,
    period: str | None = None,
    stage: str | None = None,
    after: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 200,
) -> dict[str, Any]:
    """The appraisals that you may see: yours, your people's, or all in the scope of your role.

    ``next`` is what to send as ``after`` for more.
    """
    wanted = {
        "subject": reading.asker.person if mine and reading.asker.person else subject,
        "manager": manager,
        "period": period,
        "stage": stage,
    }
    given = {name: value for name, value in wanted.items() if value is not None}
    condition = " ".join(f"AND a.{name} = %(with_{name})s" for name in given)
    params = {f"with_{name}": value for name, value in given.items()}
    rows = visible(reading, condition, after=after, limit=limit, **params)
    record_read(reading, rows, "list")
    items = [summary(one) for one in standings(reading, rows)]
    following = items[-1]["id"] if len(items) == limit else None
    return reading.told(items=items, next=following)


@router.get("/appraisals/{appraisal_id}")
def appraisal(reading: AsOf, appraisal_id: UUID) -> dict[str, Any]:
    """One appraisal: sections, KPIs with their targets and evidence, total and band."""
    row = the_visible(reading, appraisal_id)
    record_read(reading, [row], "result")
    standing = standings(reading, [row])[0]
    changes = [told(change) for change in reading.rows(CHANGES, {"appraisal": appraisal_id})]
    return reading.told(**whole(standing, names_of_kpis(reading), changes))


@router.get("/appraisals/{appraisal_id}/figures/{kpi}")
def figures(reading: AsOf, appraisal_id: UUID, kpi: UUID) -> dict[str, Any]:
    """One KPI's figures of an appraisal, opened into measurements and terms."""
    row = the_visible(reading, appraisal_id)
    record_read(reading, [row], "figure")
    items = [i for i in standings(reading, [row])[0].result.items if i.kpi == kpi]
    if not items:
        raise NotFound(field="kpi", what="KPI in this appraisal")
    return reading.told(items=lineage(reading, items))


@router.get("/appraisals/{appraisal_id}/story")
def appraisal_story(reading: AsOf, appraisal_id: UUID) -> list[dict[str, Any]]:
    """What happened to an appraisal, in sentences."""
    row = the_visible(reading, appraisal_id)
    record_read(reading, [row], "story")
    return story(reading, appraisal_id, row["subject"])


@router.get("/appraisals/{appraisal_id}/reads")
def appraisal_reads(reading: AsOf, appraisal_id: UUID) -> dict[str, Any]:
    """Who read this result; for its subject, HR and auditors."""
    row = the_visible(reading, appraisal_id)
    if not all(reading.may("see-readers", [about(row)])):
        raise OnlyHrAndAuditors
    return reading.told(items=reads_of(reading, appraisal_id))


@router.get("/schemes")
def schemes(reading: AsOf) -> dict[str, Any]:
    """Every version of every scheme with its rules and signers."""
    return reading.told(items=reading.rows(f"{SCHEMES} ORDER BY code, version"))


@router.get("/schemes/{scheme_id}")
def scheme(reading: AsOf, scheme_id: UUID) -> dict[str, Any]:
    """The versions of one scheme."""
    return reading.told(items=_scheme_rows(reading, scheme_id))


@router.get("/schemes/{scheme_id}/story")
def scheme_story(reading: AsOf, scheme_id: UUID) -> list[dict[str, Any]]:
    """What happened to a scheme, in sentences."""
    _scheme_rows(reading, scheme_id)
    return story(reading, scheme_id)


def _scheme_rows(reading: Reading, scheme_id: UUID) -> list[dict[str, Any]]:
    query = f"{SCHEMES} AND scheme = %(scheme)s ORDER BY version"
    rows = reading.rows(query, {"scheme": scheme_id})
    if not rows:
        raise NotFound(field="scheme_id", what="scheme")
    return rows
