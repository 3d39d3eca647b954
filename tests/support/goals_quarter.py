"""The demo quarter as feeds tell it: one objective whose target goes 1,200 → 1,000 → 1,100."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from shared.contracts import kpis, measurements, objective_revisions, objectives, organisation
from shared.contracts.objective_terms import (
    AlignmentLink,
    Holder,
    KeyResultTerms,
    KpiBinding,
    ObjectiveTerms,
)
from shared.kernel.ids import id_of
from tests.support.goals_tables import Told

CYCLE, SALES = id_of("cycle", "2026-Q3"), id_of("unit", "sales")
COMPANY, EAST = id_of("unit", "company"), id_of("unit", "east")
CHEN, LI, WANG = (id_of("person", name) for name in ("chen", "li", "wang"))
GROW, SUPPORT = id_of("objective", "grow"), id_of("objective", "support")
CUSTOMERS, PORTAL, REPLIES, REVENUE, RENEWALS = (
    id_of("key_result", name) for name in ("customers", "portal", "replies", "revenue", "renewals")
)
KPI = id_of("kpi", "revenue")
FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)


def at(month: int, day: int, hour: int = 1) -> datetime:
    """An instant of the quarter; 1 o'clock UTC is 9 in Shanghai."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


def key_result(
    key: UUID, number: int, title: str, measure: Mapping[str, Any], **more: Any
) -> KeyResultTerms:
    """A key result of the quarter."""
    given = {
        "key_result_id": key,
        "number": number,
        "title": title,
        "responsible_id": LI,
        "start": FIRST,
        "deadline": LAST,
        "unit": "",
        "weight": 2500,
        "measure": dict(measure),
    }
    return KeyResultTerms.model_validate({**given, **more})


def objective(title: str, **more: Any) -> ObjectiveTerms:
    """An objective of the sales department."""
    given: dict[str, Any] = {
        "cycle_id": CYCLE,
        "title": title,
        "level": "department",
        "holder": Holder(kind="unit", id=SALES),
        "responsible_id": CHEN,
        "kind": "aspirational",
    }
    return ObjectiveTerms.model_validate({**given, **more})


def metric(baseline: int, target: int) -> dict[str, Any]:
    """From a baseline to a target."""
    return {"type": "metric", "baseline": baseline, "target": target}


THREE_MINUTES = {
    "type": "threshold",
    "operator": "at_most",
    "upper": 3,
    "judged": "period_ratio",
    "period": "month",
}


def organisation_told() -> Told:
    """Company → sales → east, with Chen as head and Li and Wang in the team."""
    told = Told("organisation")
    founded = organisation.UnitFounded
    for unit, code, kind, parent in (
        (COMPANY, "company", "company", None),
        (SALES, "sales", "department", COMPANY),
        (EAST, "east", "team", SALES),
    ):
        says = founded(
            code=code,
            kind=kind,  # type: ignore[arg-type]
            parent_id=parent,
            counts_as_department=kind == "department",
            effective_from=date(2026, 1, 1),
        )
        told.say(unit, says, at(6, 1 + len(told.records)))
    head = organisation.HeadAppointed(person_id=CHEN, effective_from=date(2026, 1, 1))
    told.say(SALES, head, at(6, 5))
    for day, (person, unit) in enumerate(((CHEN, SALES), (LI, EAST), (WANG, EAST)), 6):
        employed = organisation.PersonEmployed(employed_from=date(2026, 1, 1))
        post = organisation.PostAssigned(
            unit_id=unit, title="Sales", share=10_000, effective_from=date(2026, 1, 1)
        )
        told.say(person, employed, at(6, day, 3)).say(person, post, at(6, day, 4))
    line = organisation.ManagerAssigned(
        kind="line", manager_id=CHEN, effective_from=date(2026, 1, 1)
    )
    return told.say(LI, line, at(6, 10))


def grounds(revision: str, effective: date, reason: str, **more: Any) -> dict[str, Any]:
    """Why, for whom and since when something is revised."""
    return {
        "revision_id": id_of("revision", revision),
        "reason": reason,
        "category": "external_change",
        "asked_by": LI,
        "effective_from": effective,
        **more,
    }


def objectives_told() -> Told:
    """The quarter's objectives: published on 1 July, revised in August and September."""
    told = Told("objectives")
    planned = objectives.CyclePlanned(
        code="2026-Q3",
        kind="quarter",
        first=FIRST,
        last=LAST,
        drafting_first=FIRST,
        drafting_last=date(2026, 7, 3),
        cadence="weekly",
        mid_cycle_review=date(2026, 8, 15),
    )
    told.say(CYCLE, planned, at(6, 20)).say(CYCLE, objectives.DraftingOpened(), at(6, 25))
    told.say(CYCLE, objectives.CycleActivated(), at(7, 1))
    binding = KpiBinding(kpi_id=KPI, definition_version=1, subject_id=SALES)
    own = (
        key_result(CUSTOMERS, 1, "New paying customers", metric(0, 1200), unit="customers"),
        key_result(PORTAL, 2, "Partner portal live", {"type": "boolean"}),
        key_result(REPLIES, 3, "First reply within 3 minutes", THREE_MINUTES, unit="min"),
        key_result(REVENUE, 4, "Revenue", metric(0, 5_000_000), unit="CNY", kpi=binding),
    )
    published = objectives.ObjectivePublished(
        published_on=FIRST, late=False, terms=objective("Grow in the east"), key_results=own
    )
    told.say(GROW, published, at(7, 1, 2), str(CHEN))
    supporting = objectives.ObjectivePublished(
        published_on=FIRST,
        late=False,
        terms=objective(
            "Keep who we won",
            level="person",
            holder=Holder(kind="person", id=LI),
            responsible_id=LI,
            alignments=(
                AlignmentLink(objective_id=GROW, key_result_id=CUSTOMERS, mode="contributes"),
            ),
        ),
        key_results=(key_result(RENEWALS, 1, "Renewals", metric(60, 80), unit="%", weight=10_000),),
    )
    told.say(SUPPORT, supporting, at(7, 1, 3), str(LI))
    down = objective_revisions.TargetRevised(
        **grounds("down", date(2026, 8, 1), "two provinces closed", approved_by=CHEN),
        key_result_id=CUSTOMERS,
        target=Decimal(1000),
    )
    up = objective_revisions.TargetRevised(
        **grounds("up", date(2026, 9, 1), "they opened again", approved_by=CHEN),
        key_result_id=CUSTOMERS,
        target=Decimal(1100),
    )
    told.say(GROW, down, at(8, 3), str(LI))
    return told.say(GROW, up, at(9, 2), str(LI))


def checked(entry: str, key: UUID, on: date, **said: Any) -> measurements.CheckedIn:
    """A check-in by Li."""
    return measurements.CheckedIn(
        key_result_id=key,
        entry_id=id_of("entry", entry),
        observed_on=on,
        responsible_id=LI,
        **said,
    )


def measurements_told() -> Told:
    """Check-ins of the quarter, one of them corrected."""
    corrected = measurements.CheckInCorrected(
        key_result_id=CUSTOMERS,
        entry_id=id_of("entry", "july30"),
        correction_id=id_of("correction", 1),
        observed_on=date(2026, 7, 30),
        value=Decimal(330),
        confidence=6,
    )
    said: list[tuple[datetime, measurements.CheckedIn | measurements.CheckInCorrected]] = [
        (at(8, 2), corrected)
    ]
    for month, day, value, confidence in (
        (7, 10, 90, 7),
        (7, 20, 210, 6),
        (7, 30, 300, 6),
        (8, 28, 600, None),
        (9, 20, 660, None),
    ):
        name = f"{'july' if month == 7 else month}{day}"
        on = date(2026, month, day)
        says = checked(name, CUSTOMERS, on, value=value, confidence=confidence)
        said.append((at(month, day, 9), says))
    for month, minutes in ((7, 2), (8, 4), (9, 3)):
        on = date(2026, month, 25)
        said.append((at(month, 25, 9), checked(f"r{month}", REPLIES, on, value=minutes)))
    told = Told("measurements")
    for instant, one in sorted(said, key=lambda pair: pair[0]):
        told.say(id_of("key_result_ledger", one.key_result_id), one, instant, str(LI))
    return told


def kpis_told() -> Told:
    """Revenue of the department: one figure a month, the first also in June."""
    told = Told("kpis")
    defined = kpis.KpiDefined(
        code="revenue",
        name_zh="收入",
        name_en="Revenue",
        unit="CNY",
        direction="higher",
        over_time="sum",
        over_units="sum",
        frequency="month",
        grain="replace",
        owner_id=CHEN,
        sources=("erp",),
    )
    told.say(KPI, defined, at(6, 2))
    for month in (6, 7, 8, 9):
        figure = kpis.Measured(
            kpi_id=KPI,
            subject=kpis.Subject(kind="unit", id=SALES),
            entry_id=id_of("figure", month),
            value=Decimal(1_000_000),
            period=f"2026-{month:02}",
            observed_on=date(2026, month, 28),
            origin="system",
            source="erp",
        )
        told.say(id_of("kpi_ledger", KPI), figure, at(month, 28, 10))
    return told


def quarter() -> list[Told]:
    """All four feeds."""
    return [organisation_told(), objectives_told(), measurements_told(), kpis_told()]
