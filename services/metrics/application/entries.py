"""What the lists in commands hold: one entry for each thing that is said."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator


def _writable(text: str) -> str:
    """Text that a table can hold."""
    if "\x00" in text:
        raise ValueError("must not contain the character NUL")
    return text


Amount = Annotated[Decimal, Field(allow_inf_nan=False, max_digits=38, decimal_places=12)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 12, 31))]
Text = Annotated[str, Field(max_length=4_000), AfterValidator(_writable)]
Reason = Annotated[str, Field(min_length=1, max_length=2_000), AfterValidator(_writable)]
Word = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_writable)]
Origin = Literal["system", "typed", "imported", "derived"]
ReportedStatus = Literal["on_track", "behind", "at_risk", "achieved"]
Direction = Literal["higher", "lower", "within"]
OverTime = Literal["sum", "mean", "last", "min", "max", "ratio_of_sums"]
OverUnits = Literal["sum", "mean", "min", "max", "ratio_of_sums", "none"]
Frequency = Literal["day", "week", "month", "quarter", "half", "year"]
Grain = Literal["replace", "add"]
Category = Literal["external_change", "learned", "resources", "error", "other"]


class Entry(BaseModel):
    """A part of a command; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# Key results


class OnKeyResult(Entry):
    """Names a key result; ``expected_version`` is that of its ledger, where one was seen."""

    key_result_id: UUID
    expected_version: int | None = None


class Standing(OnKeyResult):
    """How a key result stands on a day: figures, and the three questions in words.

    What is left out is not said: the earlier value still holds. ``milestones_done`` names all that
    are reached so far; ``level`` the rubric level chosen; a boolean key result takes 1 or 0.
    """

    observed_on: Day | None = None
    value: Amount | None = None
    milestones_done: tuple[Word, ...] | None = Field(default=None, max_length=200)
    level: Word | None = None
    confidence: int | None = Field(default=None, ge=0, le=10)
    reported_status: ReportedStatus | None = None
    progress: Text = ""
    obstacles: Text = ""
    support_needed: Text = ""


class CheckInEntry(Standing):
    """One check-in on one key result."""

    entry_id: UUID | None = None
    origin: Origin = "typed"
    source: Word | None = None
    external_id: Word | None = None


class CheckInCorrection(Standing):
    """The entry that was wrong, and everything it should have said."""

    entry_id: UUID
    correction_id: UUID | None = None
    reason: Reason


class CheckInWithdrawal(OnKeyResult):
    """The entry that should not count, and why."""

    entry_id: UUID
    reason: Reason


# KPI definitions


class KpiEntry(Entry):
    """What a KPI counts and how. ``sources`` are ranked, the highest first.

    ``numerator`` and ``denominator`` are the codes of the components of a ``ratio_of_sums``.
    """

    code: str = Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]*$")
    name_zh: Word
    name_en: Word
    unit: Word
    direction: Direction
    over_time: OverTime
    over_units: OverUnits = "sum"
    frequency: Frequency
    grain: Grain = "replace"
    owner_id: UUID
    sources: tuple[Word, ...] = Field(default=(), max_length=50)
    numerator: Word | None = None
    denominator: Word | None = None


# Commitments


class SubjectEntry(Entry):
    """Whose figure it is: a person or a unit."""

    kind: Literal["person", "unit"]
    id: UUID


class EvidenceEntry(Entry):
    """What proves a figure: a link, and the SHA-256 of what lies there."""

    link: str = Field(min_length=1, max_length=2_000, pattern=r"^https?://[^\s\x00]+$")
    sha256: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")


class PlanPointEntry(Entry):
    """What should have been reached by the end of a day."""

    on: Day
    value: Amount


class TermsEntry(Entry):
    """Pass mark, target and challenge in the KPI's unit; a ``within`` KPI has two bounds instead.

    ``share`` is this subject's part of a commitment shared with others; 1 is all of it.
    """

    threshold: Amount | None = None
    target: Amount | None = None
    stretch: Amount | None = None
    low: Amount | None = None
    high: Amount | None = None
    plan: tuple[PlanPointEntry, ...] = Field(default=(), max_length=400)
    share: Annotated[Decimal, Field(gt=0, le=1)] = Decimal(1)


class OnCommitment(Entry):
    """Names a commitment: KPI, subject and period of the calendar (``2026-Q3``)."""

    kpi_id: UUID
    subject: SubjectEntry
    period: Word
    expected_version: int | None = None


class BaselineEntry(OnCommitment):
    """Where the business stood: value, the period it was taken from, how, and what proves it."""

    value: Amount
    taken_from: Word
    method: Word
    evidence: EvidenceEntry | None = None


class BaselineCorrection(OnCommitment):
    """The baseline as it should have been."""

    value: Amount
    reason: Reason
    evidence: EvidenceEntry | None = None


class RebaselineEntry(BaselineEntry):
    """A baseline taken anew from another period."""

    reason: Reason


class OfferEntry(OnCommitment):
    """First terms for one subject."""

    terms: TermsEntry


class RevisionEntry(OnCommitment):
    """New terms as a whole, why, and from which day they hold once agreed."""

    terms: TermsEntry
    reason: Reason
    category: Category
    effective_from: Day | None = None
    revision_id: UUID | None = None


class DisputeEntry(OnCommitment):
    """The commitment whose last terms are not accepted, and why."""

    reason: Reason


class SuspensionEntry(OnCommitment):
    """Days that leave coverage, streak and target, both inclusive, and why."""

    first: Day
    last: Day
    reason: Reason

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError("last must not lie before first")
        return self


# KPI ledgers


class BatchEntry(Entry):
    """The delivery a figure came in, with file and row where it was a file."""

    id: UUID
    file: Word | None = None
    row: int | None = Field(default=None, ge=1)


class MeasurementEntry(Entry):
    """One figure, of a business day or of a named period.

    Marked a ``correction`` with its ``reason``, it replaces the entry with the same source and
    external id, and is the only way into a sealed period.
    """

    kpi_id: UUID
    subject: SubjectEntry
    value: Amount
    observed_on: Day | None = None
    period: Word | None = None
    origin: Origin = "typed"
    source: Word = "manual"
    external_id: Word | None = None
    entry_id: UUID | None = None
    batch: BatchEntry | None = None
    evidence: EvidenceEntry | None = None
    note: Text = ""
    correction: bool = False
    reason: Annotated[str, Field(max_length=2_000), AfterValidator(_writable)] = ""


class MeasurementCorrection(Entry):
    """The entry that was wrong, and what it should have said; the day may move within the ledger.

    ``fiscal_day`` is any day of the fiscal year whose ledger holds the entry.
    """

    kpi_id: UUID
    subject: SubjectEntry
    fiscal_day: Day
    entry_id: UUID
    correction_id: UUID | None = None
    value: Amount
    observed_on: Day | None = None
    period: Word | None = None
    reason: Reason
    batch: BatchEntry | None = None
    evidence: EvidenceEntry | None = None
    expected_version: int | None = None


class MeasurementWithdrawal(Entry):
    """The entry that should not count, and why."""

    kpi_id: UUID
    subject: SubjectEntry
    fiscal_day: Day
    entry_id: UUID
    reason: Reason
    expected_version: int | None = None


class SealEntry(Entry):
    """One KPI of one subject in a named period."""

    kpi_id: UUID
    subject: SubjectEntry
    period: Word
    expected_version: int | None = None
