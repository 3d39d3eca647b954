"""Everything that people can ask of metrics: the vocabulary page; ``entries`` says what lists hold.

Ids of what has a natural key are not sent but follow from it (``shared.kernel.ids.id_of``):
a KPI is ``id_of("kpi", code)``, a commitment ``id_of("commitment", kpi_id, subject_id, period)``,
a KPI ledger ``id_of("kpi_ledger", kpi_id, subject_id, fiscal_year)``, the ledger of a key result
``id_of("key_result_ledger", key_result_id)``. Ids of entries and corrections may be given, so that
a repeated import records nothing; without one, the request gives it. Days default to today.
"""

from pydantic import Field

from services.metrics.application.entries import (
    BaselineCorrection,
    BaselineEntry,
    CheckInCorrection,
    CheckInEntry,
    CheckInWithdrawal,
    Day,
    DisputeEntry,
    Entry,
    KpiEntry,
    MeasurementCorrection,
    MeasurementEntry,
    MeasurementWithdrawal,
    OfferEntry,
    OnCommitment,
    Reason,
    RebaselineEntry,
    RevisionEntry,
    SealEntry,
    SuspensionEntry,
)


class Command(Entry):
    """Asks for a change; unknown fields are refused."""


# Key results


class CheckIn(Command):
    """Say how key results stand."""

    check_ins: tuple[CheckInEntry, ...] = Field(min_length=1, max_length=5_000)


class CorrectCheckIns(Command):
    """Replace what entries say; the first words stay readable."""

    corrections: tuple[CheckInCorrection, ...] = Field(min_length=1, max_length=5_000)


class WithdrawCheckIns(Command):
    """Let entries count no longer."""

    withdrawals: tuple[CheckInWithdrawal, ...] = Field(min_length=1, max_length=5_000)


# KPI definitions


class DefineKpis(Command):
    """Define KPIs; one that stands exactly so already stays as it is."""

    definitions: tuple[KpiEntry, ...] = Field(min_length=1, max_length=1_000)


class RedefineKpi(Command):
    """Give a KPI a further version: names, owner, sources or the way units add up."""

    definition: KpiEntry
    effective_from: Day | None = None
    reason: Reason
    expected_version: int | None = None


# Commitments


class SetBaselines(Command):
    """Fix the baselines of commitments, once."""

    baselines: tuple[BaselineEntry, ...] = Field(min_length=1, max_length=5_000)


class CorrectBaselines(Command):
    """Correct baselines that were wrong; the first ones stay readable as the originals."""

    corrections: tuple[BaselineCorrection, ...] = Field(min_length=1, max_length=5_000)


class Rebaseline(Command):
    """Take baselines anew from another period."""

    baselines: tuple[RebaselineEntry, ...] = Field(min_length=1, max_length=5_000)


class OfferCommitments(Command):
    """Put first terms to subjects."""

    offers: tuple[OfferEntry, ...] = Field(min_length=1, max_length=5_000)


class ReviseCommitments(Command):
    """Put new terms to subjects; the old ones hold until the new ones are agreed."""

    revisions: tuple[RevisionEntry, ...] = Field(min_length=1, max_length=5_000)


class AgreeToCommitments(Command):
    """Stand by the terms that were put last."""

    commitments: tuple[OnCommitment, ...] = Field(min_length=1, max_length=5_000)


class DisputeCommitments(Command):
    """Say that the terms that were put last are not accepted."""

    disputes: tuple[DisputeEntry, ...] = Field(min_length=1, max_length=5_000)


class SuspendCommitments(Command):
    """Take days out of commitments, for instance of a store closed for renovation."""

    suspensions: tuple[SuspensionEntry, ...] = Field(min_length=1, max_length=5_000)


# KPI ledgers


class RecordMeasurements(Command):
    """Record figures of KPIs, thousands at a time."""

    measurements: tuple[MeasurementEntry, ...] = Field(min_length=1, max_length=20_000)


class CorrectMeasurements(Command):
    """Replace what entries of KPI ledgers say; the first figures stay readable."""

    corrections: tuple[MeasurementCorrection, ...] = Field(min_length=1, max_length=5_000)


class WithdrawMeasurements(Command):
    """Let entries of KPI ledgers count no longer."""

    withdrawals: tuple[MeasurementWithdrawal, ...] = Field(min_length=1, max_length=5_000)


class SealPeriods(Command):
    """Close periods: from then on their figures change only by correction with a reason."""

    seals: tuple[SealEntry, ...] = Field(min_length=1, max_length=5_000)
