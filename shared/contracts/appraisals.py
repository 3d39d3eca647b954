"""What the appraisal service says: schemes, and the stages of appraisals.

Rules of a scheme are public in the house. Marks, texts, figures and results stay in the service
(``audience="own"``): neighbours see that something happened, and nothing else. A record's stream is
the id of the scheme or the appraisal. No record names an objective or a key result.
"""

from datetime import date
from decimal import Decimal
from uuid import UUID

from shared.contracts.appraisal_parts import Evidence, Mark, Plan, Result, Rules, Title
from shared.contracts.records import Contract

FEED = "appraisals"

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
