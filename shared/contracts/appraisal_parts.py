"""What records about appraisals are made of: rules, plans, figures and results.

Weights are 0..100 and make 100 together; points are 0..120. Evidence names records of the feed of
KPIs, and of no other.
"""

from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A part of a contract; frozen, and tolerant of later fields."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Title(Part):
    """A heading in both languages."""

    en: str
    zh: str


class Anchor(Part):
    """One point of a curve: at ``x`` (a ratio, a value or a deviation) so many points."""

    x: Decimal
    points: Decimal


class End(Part):
    """What a curve says beyond its anchors."""

    rule: Literal["hold", "value", "extend"]
    points: Decimal | None = None


class Curve(Part):
    """Points over achievement, actual value or deviation, by ascending anchors."""

    x: Literal["achievement", "actual", "deviation"]
    form: Literal["linear", "step"]
    anchors: tuple[Anchor, ...]
    before_first: End
    after_last: End


class CurveChoice(Part):
    """The curve of an item: a named preset (resolved by the commitment), or one of its own."""

    preset: str
    curve: Curve | None = None
    floor: Decimal | None = None
    satisfactory: Decimal | None = None
    per_miss: Decimal | None = None


class Item(Part):
    """One KPI in a scheme and its share (0..100) of the KPI section."""

    kpi: UUID
    code: str
    weight: Decimal
    curve: CurveChoice
    missing: Literal["renormalise", "zero", "block"]


class Section(Part):
    """A section and its share (0..100) of the total; judged sections have no items."""

    code: str
    title: Title
    kind: Literal["kpi", "judged"]
    weight: Decimal
    items: tuple[Item, ...] = ()


class Band(Part):
    """A rating band: reached from ``at_least`` points."""

    name: str
    at_least: Decimal


class Rules(Part):
    """Everything a scheme version says."""

    sections: tuple[Section, ...]
    missing_section: Literal["renormalise", "zero", "block"]
    missing_reviewer: Literal["renormalise", "zero", "block"]
    self_share: Decimal
    bonus_limit: Decimal
    deduction_limit: Decimal
    bands: tuple[Band, ...]
    shortest_segment: int


class Segment(Part):
    """A stretch of the period in one post: from ``first``, with its own scheme and commitments."""

    first: date
    last: date
    unit: UUID
    scheme: UUID
    scheme_version: int
    kpi_subject: UUID
    left_out: bool = False


class Plan(Part):
    """Whose appraisal for which period it is, who reviews, and the segments of the period."""

    subject: UUID
    period: str
    first: date
    last: date
    manager: UUID
    segments: tuple[Segment, ...]


class Evidence(Part):
    """The record a figure rests on: its feed, position, stream and version there."""

    feed: str
    position: int
    stream: UUID
    version: int


class ItemFigure(Part):
    """One KPI's figure at sealing: values, target used, original target, points, evidence."""

    segment: date
    kpi: UUID
    code: str
    weight: Decimal
    direction: str
    commitment: UUID | None
    terms_number: int | None
    actual: Decimal | None
    target: Decimal | None
    agreed_target: Decimal | None
    original_target: Decimal | None
    achievement: Decimal | None
    points: Decimal | None
    points_against_original: Decimal | None
    covered: int
    due: int
    missing: str
    policy: str
    dropped: bool
    veto: bool
    formula: str
    evidence: tuple[Evidence, ...] = ()


class SectionFigure(Part):
    """One section's points at sealing; ``None`` when it has none."""

    code: str
    kind: str
    weight: Decimal
    points: Decimal | None
    points_against_original: Decimal | None


class Result(Part):
    """The whole result at sealing: sections, bonus, deduction, total (0..120) and band."""

    sections: tuple[SectionFigure, ...]
    items: tuple[ItemFigure, ...]
    bonus: Decimal
    deduction: Decimal
    veto: bool
    total: Decimal | None
    total_against_original: Decimal | None
    band: str | None
    blocked_by: tuple[str, ...] = ()
    complete_through: str = ""


class Mark(Part):
    """A judged section's mark, 0..100."""

    section: str
    points: Decimal
