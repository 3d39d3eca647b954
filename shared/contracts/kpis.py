"""What is published about KPIs: definitions, commitments, ledgers. Only the running business.

The record's stream is the KPI's, the commitment's or the ledger's id.
*Which entries count* as known at an instant, for one KPI and subject: of the records recorded
until then, every ``Measured`` that no ``MeasurementWithdrawn`` took back, each with the content of
the last ``MeasurementCorrected`` that names it; a correction keeps its entry's rank in time.
Within one ``period`` only the highest source of the definition's ``sources`` that reported counts
(sources not listed come after the listed ones and are equal among themselves). With grain
``replace`` the entry measured last is the value of the period; with ``add`` all entries are summed.
"""

from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.records import Contract

FEED = "kpis"

Direction = Literal["higher", "lower", "within"]
OverTime = Literal["sum", "mean", "last", "min", "max", "ratio_of_sums"]
OverUnits = Literal["sum", "mean", "min", "max", "ratio_of_sums", "none"]
Frequency = Literal["day", "week", "month", "quarter", "half", "year"]
Grain = Literal["replace", "add"]
Origin = Literal["system", "typed", "imported", "derived"]
Category = Literal["external_change", "learned", "resources", "error", "other"]


class Subject(BaseModel):
    """Whose figure it is: a person or a unit, by the directory's id."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    kind: Literal["person", "unit"]
    id: UUID


class NamedPeriod(BaseModel):
    """A row of the calendar: ``2026-Q3`` with its first and last day, both inclusive."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    code: str
    first: date
    last: date


class Batch(BaseModel):
    """The delivery a figure came in: its id, and the file and row when it was a file."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: UUID
    file: str | None = None
    row: int | None = None


class Evidence(BaseModel):
    """What proves a figure: where it lies, and the SHA-256 of what lay there."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    link: str
    sha256: str | None = None


class PlanPoint(BaseModel):
    """What the aggregate since the period's first day should have reached by the end of a day."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    on: date
    value: Decimal


class Terms(BaseModel):
    """What is promised, in the KPI's unit: pass mark, target, challenge; or two bounds to keep."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    threshold: Decimal | None = None
    target: Decimal | None = None
    stretch: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    plan: tuple[PlanPoint, ...] = ()
    share: Decimal = Decimal(1)


# Definitions


class KpiDefined(Contract, name="cairn.metrics.kpi.defined.v1"):
    """A KPI has a first definition.

    ``numerator_id`` and ``denominator_id`` name the components of a ``ratio_of_sums``;
    ``sources`` are ranked, the highest first.
    """

    definition: int = 1
    code: str
    name_zh: str
    name_en: str
    unit: str
    direction: Direction
    over_time: OverTime
    over_units: OverUnits
    frequency: Frequency
    grain: Grain
    owner_id: UUID
    sources: tuple[str, ...] = ()
    numerator_id: UUID | None = None
    denominator_id: UUID | None = None


class KpiRedefined(KpiDefined, name="cairn.metrics.kpi.redefined.v1"):
    """A further version of the definition as a whole; what was sealed is not restated."""

    reason: str
    effective_from: date


# Commitments (one stream per KPI, subject and period)


class CommitmentOffered(Contract, name="cairn.metrics.commitment.offered.v1"):
    """First terms were put to the subject; ``terms_number`` counts the terms from 1."""

    kpi_id: UUID
    definition: int
    subject: Subject
    period: NamedPeriod
    terms_number: int
    terms: Terms
    effective_from: date


class CommitmentRevised(Contract, name="cairn.metrics.commitment.revised.v1"):
    """New terms as a whole were put to the subject: they hold once agreed, from their day on.

    ``retroactive`` when the day lies before the day of recording.
    """

    kpi_id: UUID
    subject: Subject
    period: NamedPeriod
    terms_number: int
    terms: Terms
    effective_from: date
    retroactive: bool = False
    reason: str
    category: Category


class CommitmentAgreed(Contract, name="cairn.metrics.commitment.agreed.v1"):
    """The subject and the manager stand by the terms with this number."""

    terms_number: int


class CommitmentDisputed(Contract, name="cairn.metrics.commitment.disputed.v1"):
    """The subject or the manager does not stand by the terms with this number."""

    terms_number: int
    reason: str


class CommitmentSuspended(Contract, name="cairn.metrics.commitment.suspended.v1"):
    """These days leave coverage, streak and target, both ends inclusive."""

    first: date
    last: date
    reason: str


class BaselineSet(Contract, name="cairn.metrics.commitment.baseline_set.v1"):
    """Where the business stood: value, the period it was taken from, how, and what proves it."""

    kpi_id: UUID
    subject: Subject
    period: NamedPeriod
    value: Decimal
    taken_from: NamedPeriod
    method: str
    evidence: Evidence | None = None


class BaselineCorrected(Contract, name="cairn.metrics.commitment.baseline_corrected.v1"):
    """The baseline had been wrong; the first one stays the original."""

    value: Decimal
    reason: str
    evidence: Evidence | None = None


class Rebaselined(Contract, name="cairn.metrics.commitment.rebaselined.v1"):
    """The baseline was taken anew from another period; the first one stays the original."""

    value: Decimal
    taken_from: NamedPeriod
    method: str
    reason: str
    evidence: Evidence | None = None


# Ledgers (one stream per KPI, subject and fiscal year)


class LedgerOpened(Contract, name="cairn.metrics.kpi_ledger.opened.v1"):
    """The figures of one KPI and subject in one fiscal year have their ledger."""

    kpi_id: UUID
    subject: Subject
    fiscal_year: str


class Measured(Contract, name="cairn.metrics.kpi_ledger.measured.v1"):
    """A figure was recorded. ``period`` is its period key at the definition's frequency.

    ``2026-08-14``, ``2026-W33``, ``2026-08``, ``2026-Q3``, ``2026-H2``, ``2026``, or the code of a
    row of the calendar; ``observed_on`` is the business day, or the last day of a named period.
    ``after_sealing``: it came after its period was sealed, for the ``reason`` given.
    """

    kpi_id: UUID
    subject: Subject
    entry_id: UUID
    value: Decimal
    period: str
    observed_on: date
    origin: Origin
    source: str
    external_id: str | None = None
    batch: Batch | None = None
    evidence: Evidence | None = None
    note: str = ""
    after_sealing: bool = False
    reason: str = ""


class MeasurementCorrected(Contract, name="cairn.metrics.kpi_ledger.measurement_corrected.v1"):
    """What an entry says is replaced, its day included; its rank in time and its source stay.

    ``entry_id`` is the entry as first measured, however often corrected. ``after_sealing`` when the
    period it stood in or moved to was sealed already.
    """

    kpi_id: UUID
    subject: Subject
    entry_id: UUID
    correction_id: UUID
    value: Decimal
    period: str
    observed_on: date
    reason: str
    after_sealing: bool = False
    batch: Batch | None = None
    evidence: Evidence | None = None


class MeasurementWithdrawn(Contract, name="cairn.metrics.kpi_ledger.measurement_withdrawn.v1"):
    """An entry counts no longer, as if never measured; it stays readable."""

    kpi_id: UUID
    subject: Subject
    entry_id: UUID
    reason: str
    after_sealing: bool = False


class PeriodSealed(Contract, name="cairn.metrics.kpi_ledger.period_sealed.v1"):
    """From now on figures of these days change only by correction with a reason."""

    kpi_id: UUID
    subject: Subject
    period: NamedPeriod
