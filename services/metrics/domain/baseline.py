"""Where the business stood: set once, then corrected or taken anew, the first one staying."""

from collections.abc import Iterator
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.metrics.domain.calendar import NamedPeriod
from services.metrics.domain.errors import BaselineIsMissing, BaselineOfSamePeriod, BaselineStands
from services.metrics.domain.subjects import About, Subject
from services.metrics.domain.terms import Amount
from shared.kernel.facts import Fact


class Evidence(BaseModel):
    """What proves a figure: where it lies, and the SHA-256 of what lay there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    link: str
    sha256: str | None = None


class Baseline(BaseModel):
    """A value in the KPI's unit, the period it was taken from, how, and what proves it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: Amount
    taken_from: NamedPeriod
    method: str
    evidence: Evidence | None = None


class BaselineSet(Fact, name="metrics.Commitment.BaselineSet"):
    """Where the business stood before is known: the original."""

    kpi_id: UUID
    subject: Subject
    period: NamedPeriod
    baseline: Baseline


class BaselineCorrected(Fact, name="metrics.Commitment.BaselineCorrected"):
    """The baseline had been wrong."""

    value: Amount
    reason: str
    evidence: Evidence | None = None


class Rebaselined(Fact, name="metrics.Commitment.Rebaselined"):
    """The baseline was taken anew from another period."""

    baseline: Baseline
    reason: str


def first(
    now: Baseline | None, original: Baseline | None, value: Baseline, about: About
) -> Iterator[Fact]:
    """The first baseline; the one that stands, or the original again, records nothing."""
    if value in (now, original):
        return
    if now is not None:
        raise BaselineStands(field="value", value=now.value)
    yield BaselineSet(
        kpi_id=about.kpi_id, subject=about.subject, period=about.period, baseline=value
    )


def corrected(
    now: Baseline | None, value: Amount, reason: str, evidence: Evidence | None
) -> Iterator[Fact]:
    """Another value for the same period; the value that stands records nothing."""
    if now is None:
        raise BaselineIsMissing
    if value != now.value:
        yield BaselineCorrected(value=value, reason=reason, evidence=evidence)


def anew(now: Baseline | None, value: Baseline, reason: str) -> Iterator[Fact]:
    """A baseline from another period; the one that stands records nothing."""
    if now is None:
        raise BaselineIsMissing
    if value == now:
        return
    if value.taken_from.code == now.taken_from.code:
        raise BaselineOfSamePeriod(field="taken_from", period=now.taken_from.code)
    yield Rebaselined(baseline=value, reason=reason)


def after(
    now: Baseline | None, fact: BaselineSet | BaselineCorrected | Rebaselined
) -> Baseline | None:
    """The baseline that stands once this fact is known."""
    if isinstance(fact, BaselineCorrected):
        return now and now.model_copy(update={"value": fact.value, "evidence": fact.evidence})
    return fact.baseline
