"""Builders for the appraisal's tests, in words of the domain."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from services.appraisal.domain.coverage import PlanPoint
from services.appraisal.domain.entries import Entry, Source
from services.appraisal.domain.facts import Plan, Segment
from services.appraisal.domain.presets import Bounds, CurveChoice
from services.appraisal.domain.promises import Commitment, Kpi, Terms
from services.appraisal.domain.rules import Item
from services.appraisal.domain.templates import SALES_ITEMS, sales
from shared.kernel.ids import id_of
from shared.kernel.periods import Period

FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)
QUARTER = Period(first=FIRST, last=LAST)
AGREED = datetime(2026, 6, 29, 2, tzinfo=UTC)
STREAM = id_of("ledger")

LI, ZHOU, ZHAO, LIN = (id_of("person", name) for name in ("li", "zhou", "zhao", "lin"))
EAST = id_of("unit", "EAST")
SCHEME = id_of("scheme", "SALES-2026")
RULES = sales({line.code: id_of("kpi", line.code) for line in SALES_ITEMS})


def record(position: int, stream: UUID = STREAM) -> Source:
    """A record of the kpis feed."""
    return Source(feed="kpis", position=position, stream=stream, version=position)


def entry(
    value: object,
    day: int = 1,
    *,
    on: date | None = None,
    rank: int = 1,
    source: str = "crm",
    origin: str = "system",
) -> Entry:
    """A measurement on a day of July 2026 (or ``on``), its period being that day."""
    observed = on or date(2026, 7, day)
    return Entry(
        value=Decimal(str(value)),
        period=observed.isoformat(),
        observed_on=observed,
        origin=origin,
        source=source,
        rank=rank,
        said_by=record(rank),
    )


def kpi(code: str = "revenue", **more: object) -> Kpi:
    """A daily KPI that is summed up, higher is better."""
    given: dict[str, object] = {
        "kpi": id_of("kpi", code),
        "code": code,
        "direction": "higher",
        "over_time": "sum",
        "frequency": "day",
        "grain": "replace",
    }
    return Kpi.model_validate({**given, **more})


def item(code: str = "revenue", preset: str = "proportional", **more: object) -> Item:
    """The only item of a KPI section, by a preset."""
    given: dict[str, object] = {
        "kpi": id_of("kpi", code),
        "code": code,
        "weight": Decimal(100),
        "curve": CurveChoice.model_validate({"preset": preset}),
    }
    return Item.model_validate({**given, **more})


def terms(number: int = 1, target: object = 100, **more: object) -> Terms:
    """Terms agreed before the quarter; other bounds, plan and days by keyword."""
    bounds: dict[str, object] = {"target": target}
    bounds |= {k: more.pop(k) for k in ("threshold", "stretch", "low", "high") if k in more}
    numbers = {k: Decimal(str(v)) for k, v in bounds.items() if v is not None}
    given: dict[str, object] = {
        "number": number,
        "bounds": Bounds(**numbers),
        "effective_from": FIRST,
        "agreed_at": AGREED,
        "records": (record(number, id_of("commitment")),),
    }
    return Terms.model_validate({**given, **more})


def commitment(*versions: Terms, period: Period = QUARTER, **more: object) -> Commitment:
    """What was promised for the quarter."""
    return Commitment.model_validate(
        {
            "commitment": id_of("commitment", period.first),
            "period": period,
            "terms": versions or (terms(),),
            **more,
        }
    )


def plan_point(on: date, value: object) -> PlanPoint:
    """A point of a plan."""
    return PlanPoint(on=on, value=Decimal(str(value)))


def segment(first: date = FIRST, last: date = LAST, **more: object) -> Segment:
    """Li's stretch in the East team."""
    given = {
        "first": first,
        "last": last,
        "unit": EAST,
        "scheme": SCHEME,
        "scheme_version": 1,
        "kpi_subject": LI,
    }
    return Segment.model_validate({**given, **more})


def plan(*segments: Segment, **more: object) -> Plan:
    """Li's third quarter, reviewed by Zhou."""
    given = {
        "subject": LI,
        "period": "2026-Q3",
        "first": FIRST,
        "last": LAST,
        "manager": ZHOU,
        "segments": segments or (segment(),),
    }
    return Plan.model_validate({**given, **more})
