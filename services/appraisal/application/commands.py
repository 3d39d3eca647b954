"""The vocabulary page: everything people can ask of the appraisal service."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.appraisal.domain.rules import Rules, Title

Reason = Annotated[str, Field(min_length=1, max_length=2000)]
Text = Annotated[str, Field(max_length=10_000)]
Code = Annotated[str, Field(min_length=1, max_length=64)]


class Command(BaseModel):
    """Something asked for; frozen, and nothing unknown is accepted."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# Schemes


class DraftScheme(Command):
    """Write down the next version of a scheme; the same rules again record nothing."""

    scheme_id: UUID
    code: Code
    title: Title
    from_day: date
    rules: Rules


class KpiChoice(Command):
    """Which KPI stands for a KPI code of a template."""

    code: Code
    kpi: UUID


class DraftSchemeFromTemplate(Command):
    """Write down a scheme from a template; ``kpis`` names the KPI for each code of it."""

    scheme_id: UUID
    code: Code
    template: Literal["sales"]
    from_day: date
    kpis: tuple[KpiChoice, ...]
    title: Title | None = None


class SignScheme(Command):
    """Sign a version; the second signer, another person, puts it in force."""

    scheme_id: UUID
    version: int = Field(ge=1)


# Appraisals


class PlannedSegment(Command):
    """A stretch in one post from ``first`` on; ``kpi_subject`` is whose commitments count there."""

    first: date
    unit: UUID
    scheme_id: UUID
    scheme_version: int = Field(ge=1)
    kpi_subject: UUID | None = None
    leave_out: bool = False


class PlannedAppraisal(Command):
    """One person's appraisal: the period, the reviewing manager, one segment per post held.

    ``reason`` is asked for when an earlier plan is replaced.
    """

    appraisal_id: UUID
    subject: UUID
    period: Code
    first: date
    last: date
    manager: UUID
    segments: tuple[PlannedSegment, ...] = Field(min_length=1)
    reason: Text = ""
    expected_version: int | None = None


class PlanAppraisals(Command):
    """Plan appraisals, many at once."""

    items: tuple[PlannedAppraisal, ...] = Field(min_length=1, max_length=5000)


class OpenSelfReviews(Command):
    """Ask the subjects of these appraisals to review themselves."""

    items: tuple[UUID, ...] = Field(min_length=1, max_length=5000)


class SectionMark(Command):
    """A mark of 0..100 for a judged section."""

    section: Code
    points: Decimal = Field(max_digits=7, decimal_places=4)


class GiveSelfReview(Command):
    """The subject marks the judged sections, once; the appraisal then goes to the manager."""

    appraisal_id: UUID
    marks: tuple[SectionMark, ...]
    text: Text = ""


class CloseSelfReview(Command):
    """Go on without a self review; the scheme says what a missing reviewer means."""

    appraisal_id: UUID
    reason: Reason


class GiveManagerReview(Command):
    """The named manager marks the judged sections; may be said anew until sealed."""

    appraisal_id: UUID
    marks: tuple[SectionMark, ...]
    text: Text = ""


class GiveBonus(Command):
    """Add points outside the 100; you are named as the author."""

    appraisal_id: UUID
    entry_id: UUID
    points: Decimal = Field(max_digits=7, decimal_places=4)
    reason: Reason


class TakeDeduction(Command):
    """Take off points outside the 100; you are named as the author."""

    appraisal_id: UUID
    entry_id: UUID
    points: Decimal = Field(max_digits=7, decimal_places=4)
    reason: Reason


class RaiseVeto(Command):
    """A serious breach: the lowest band, whatever the points; you are named as the author."""

    appraisal_id: UUID
    entry_id: UUID
    reason: Reason


class WithdrawEntry(Command):
    """Take back a bonus, deduction or veto of your own before sealing."""

    appraisal_id: UUID
    entry_id: UUID
    reason: Reason


class SealAppraisals(Command):
    """Freeze the figures of these appraisals with the records they rest on."""

    items: tuple[UUID, ...] = Field(min_length=1, max_length=5000)


class SignOffAppraisals(Command):
    """Approve sealed results; not your own, and not those you sealed."""

    items: tuple[UUID, ...] = Field(min_length=1, max_length=5000)


class DismissChange(Command):
    """A KPI was corrected after sealing, and the sealed result stays, with a reason."""

    appraisal_id: UUID
    change_id: UUID
    reason: Reason


class AcceptChange(Command):
    """A KPI was corrected after sealing: reopen the appraisal for its manager."""

    appraisal_id: UUID
    change_id: UUID
    reason: Reason


# What the service asks of itself


class RecordAt(Command):
    """Where a record stands on a feed."""

    feed: Code
    position: int
    stream: UUID
    version: int


class NoteChangedEvidence(Command):
    """A KPI under a sealed result was corrected; asked by the service itself, not over HTTP."""

    appraisal_id: UUID
    change_id: UUID
    kpi: UUID
    evidence: RecordAt
