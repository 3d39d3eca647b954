"""What the appraisal service says: schemes, and the stages of appraisals.

Rules of a scheme are public in the house. Marks, texts, figures and results stay in the service
(``audience="own"``): neighbours see that something happened, and nothing else.
A record's stream is the id of the scheme or appraisal. No record names an objective or a key
result.
"""

from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.records import Contract

FEED = "appraisals"


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


# Schemes


class SchemeVersionDrafted(Contract, name="cairn.appraisal.scheme.version_drafted.v1"):
    """A version of a scheme was written down; it needs two signers."""

    version: int
    code: str
    title: Title
    template: str | None = None
    from_day: date
    rules: Rules


class SchemeVersionSigned(Contract, name="cairn.appraisal.scheme.version_signed.v1"):
    """One of two signers signed."""

    version: int
    signer: UUID


class SchemeVersionPutInForce(Contract, name="cairn.appraisal.scheme.version_put_in_force.v1"):
    """The second signature was given; appraisals may be planned by it from ``from_day``."""

    version: int
    from_day: date


# Appraisals


class AppraisalPlanned(Contract, name="cairn.appraisal.appraisal.planned.v1"):
    """A person's appraisal for a period was planned: by which scheme, reviewed by whom."""

    plan: Plan


class AppraisalReplanned(
    AppraisalPlanned, name="cairn.appraisal.appraisal.replanned.v1", audience="own"
):
    """The plan as a whole was replaced before sealing, for a reason."""

    reason: str


class SelfReviewOpened(Contract, name="cairn.appraisal.appraisal.self_review_opened.v1"):
    """The subject was asked to review themselves."""


class SelfReviewGiven(
    Contract, name="cairn.appraisal.appraisal.self_review_given.v1", audience="own"
):
    """The subject marked the judged sections."""

    by: UUID
    marks: tuple[Mark, ...]
    text: str = ""


class SelfReviewClosed(
    Contract, name="cairn.appraisal.appraisal.self_review_closed.v1", audience="own"
):
    """The self review ended without marks; the missing-part policy decides what that means."""

    reason: str


class ManagerReviewGiven(
    Contract, name="cairn.appraisal.appraisal.manager_review_given.v1", audience="own"
):
    """The manager marked the judged sections."""

    by: UUID
    marks: tuple[Mark, ...]
    text: str = ""


class BonusGiven(Contract, name="cairn.appraisal.appraisal.bonus_given.v1", audience="own"):
    """Points outside the 100 were added, by a named author with a reason."""

    entry: UUID
    points: Decimal
    author: UUID
    reason: str


class DeductionTaken(Contract, name="cairn.appraisal.appraisal.deduction_taken.v1", audience="own"):
    """Points outside the 100 were taken off, by a named author with a reason."""

    entry: UUID
    points: Decimal
    author: UUID
    reason: str


class VetoRaised(Contract, name="cairn.appraisal.appraisal.veto_raised.v1", audience="own"):
    """A serious breach sets the lowest band, by a named author with a reason."""

    entry: UUID
    author: UUID
    reason: str


class EntryWithdrawn(Contract, name="cairn.appraisal.appraisal.entry_withdrawn.v1", audience="own"):
    """A bonus, deduction or veto was taken back by its author."""

    entry: UUID
    author: UUID
    reason: str


class ResultSealed(Contract, name="cairn.appraisal.appraisal.result_sealed.v1", audience="own"):
    """The figures were frozen with the records they rest on."""

    by: UUID
    result: Result


class EvidenceChanged(
    Contract, name="cairn.appraisal.appraisal.evidence_changed.v1", audience="own"
):
    """A KPI under a sealed result was corrected; the result stands until someone decides."""

    change: UUID
    kpi: UUID
    evidence: Evidence
    total_would_be: Decimal | None


class ChangeDismissed(
    Contract, name="cairn.appraisal.appraisal.change_dismissed.v1", audience="own"
):
    """A changed evidence was looked at, and the sealed result stays."""

    change: UUID
    by: UUID
    reason: str


class Reopened(Contract, name="cairn.appraisal.appraisal.reopened.v1", audience="own"):
    """A changed evidence was accepted: the appraisal is with its manager again."""

    change: UUID
    by: UUID
    reason: str


class SignedOff(Contract, name="cairn.appraisal.appraisal.signed_off.v1"):
    """The sealed result was approved by someone who neither is the subject nor sealed it."""

    by: UUID
