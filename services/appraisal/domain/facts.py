"""What can happen to an appraisal, from its plan to its signature.

Every text in it is about the person appraised, whoever wrote it, and theirs to be erased.
"""

from datetime import date
from decimal import Decimal
from uuid import UUID

from services.appraisal.domain.entries import Source
from services.appraisal.domain.totals import Mark, Result
from services.appraisal.domain.values import Value
from shared.kernel.facts import AGGREGATE, Fact


class Segment(Value):
    """A stretch of the period in one post, both days inclusive; its first day belongs to it.

    ``kpi_subject`` is whose measurements and commitments count there; by its own scheme version.
    """

    first: date
    last: date
    unit: UUID
    scheme: UUID
    scheme_version: int
    kpi_subject: UUID
    left_out: bool = False

    @property
    def days(self) -> int:
        """Calendar days, at least 1."""
        return (self.last - self.first).days + 1


class Plan(Value):
    """Whom, for which period, by whom, and in which segments."""

    subject: UUID
    period: str
    first: date
    last: date
    manager: UUID
    segments: tuple[Segment, ...]

    @property
    def governing(self) -> Segment:
        """The last segment that counts: its scheme says sections, limits and bands."""
        return next(segment for segment in reversed(self.segments) if not segment.left_out)


class Planned(Fact, name="appraisal.Appraisal.Planned"):
    """It was decided that this person is appraised for this period, and by whom."""

    plan: Plan


class Replanned(Fact, name="appraisal.Appraisal.Replanned", personal=("reason",), about=AGGREGATE):
    """The plan as a whole was replaced before sealing."""

    plan: Plan
    reason: str


class SelfReviewOpened(Fact, name="appraisal.Appraisal.SelfReviewOpened"):
    """The subject was asked to review themselves."""


class SelfReviewGiven(
    Fact, name="appraisal.Appraisal.SelfReviewGiven", personal=("text",), about=AGGREGATE
):
    """The subject marked the judged sections."""

    by: UUID
    marks: tuple[Mark, ...]
    text: str


class SelfReviewClosed(
    Fact, name="appraisal.Appraisal.SelfReviewClosed", personal=("reason",), about=AGGREGATE
):
    """It goes on without a self review."""

    reason: str


class ManagerReviewGiven(
    Fact, name="appraisal.Appraisal.ManagerReviewGiven", personal=("text",), about=AGGREGATE
):
    """The manager marked the judged sections."""

    by: UUID
    marks: tuple[Mark, ...]
    text: str


class BonusGiven(
    Fact, name="appraisal.Appraisal.BonusGiven", personal=("reason",), about=AGGREGATE
):
    """Points outside the 100 were added."""

    entry: UUID
    points: Decimal
    author: UUID
    reason: str


class DeductionTaken(
    Fact, name="appraisal.Appraisal.DeductionTaken", personal=("reason",), about=AGGREGATE
):
    """Points outside the 100 were taken off."""

    entry: UUID
    points: Decimal
    author: UUID
    reason: str


class VetoRaised(
    Fact, name="appraisal.Appraisal.VetoRaised", personal=("reason",), about=AGGREGATE
):
    """A serious breach sets the lowest band."""

    entry: UUID
    author: UUID
    reason: str


class EntryWithdrawn(
    Fact, name="appraisal.Appraisal.EntryWithdrawn", personal=("reason",), about=AGGREGATE
):
    """A bonus, deduction or veto was taken back by its author."""

    entry: UUID
    author: UUID
    reason: str


class ResultSealed(Fact, name="appraisal.Appraisal.ResultSealed"):
    """The figures were frozen with the records they rest on; ``hand`` did it for who sealed."""

    by: UUID
    result: Result
    hand: UUID | None = None


class EvidenceChanged(Fact, name="appraisal.Appraisal.EvidenceChanged"):
    """A KPI under the sealed result was corrected; the result stands until someone decides."""

    change: UUID
    kpi: UUID
    evidence: Source
    total_would_be: Decimal | None


class ChangeDismissed(
    Fact, name="appraisal.Appraisal.ChangeDismissed", personal=("reason",), about=AGGREGATE
):
    """A changed evidence was looked at, and the result stays."""

    change: UUID
    by: UUID
    reason: str


class Reopened(Fact, name="appraisal.Appraisal.Reopened", personal=("reason",), about=AGGREGATE):
    """A changed evidence was accepted: the manager reviews again."""

    change: UUID
    by: UUID
    reason: str


class SignedOff(Fact, name="appraisal.Appraisal.SignedOff"):
    """Someone else than the subject and the sealer approved the result."""

    by: UUID
