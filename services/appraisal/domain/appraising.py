"""One appraisal worked out: its plan, its schemes, and what is known of the person's KPIs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from uuid import UUID

from services.appraisal.domain.coverage import WorkingDays
from services.appraisal.domain.entries import Entry
from services.appraisal.domain.facts import Plan, Segment
from services.appraisal.domain.figures import ItemFigure
from services.appraisal.domain.promises import Commitment, Kpi, commitment_for
from services.appraisal.domain.rules import Item, Rules
from services.appraisal.domain.totals import Judgement, MeasuredSegment, Result, result
from services.appraisal.domain.working import Ledger, Question, figure
from shared.kernel.periods import Period


@dataclass(frozen=True)
class Known:
    """What is known of KPIs: definitions, and by (KPI, subject) entries and commitments."""

    kpis: Mapping[UUID, Kpi] = field(default_factory=dict)
    entries: Mapping[tuple[UUID, UUID], tuple[Entry, ...]] = field(default_factory=dict)
    commitments: Mapping[tuple[UUID, UUID], tuple[Commitment, ...]] = field(default_factory=dict)
    working: WorkingDays = field(default_factory=WorkingDays)

    def ledger(self, kpi: UUID | None, subject: UUID) -> Ledger | None:
        """A KPI's definition with this subject's entries; ``None`` for a KPI nobody defined."""
        if kpi is None or kpi not in self.kpis:
            return None
        return Ledger(kpi=self.kpis[kpi], entries=self.entries.get((kpi, subject), ()))


@dataclass(frozen=True)
class Days:
    """How far is looked: business days through ``until``, on the day ``today``, in a time zone."""

    until: date
    today: date
    zone: tzinfo

    def end_of(self, day: date) -> datetime:
        """The instant at which a business day is over."""
        return datetime.combine(day + timedelta(days=1), time.min, self.zone)


def appraise(
    plan: Plan,
    rules: Sequence[Rules],
    judged: Judgement,
    known: Known,
    days: Days,
) -> Result:
    """The result as things are known: ``rules`` has one entry per segment of the plan.

    Segments left out do not count; the last one that counts governs sections, limits and bands.
    Source: docs/arithmetic.md, "Segments".
    """
    measured = [
        MeasuredSegment(
            days=segment.days,
            items=tuple(_figure(segment, item, known, days) for item in says.kpi_section.items),
        )
        for segment, says in zip(plan.segments, rules, strict=True)
        if not segment.left_out
    ]
    return result(governing(plan, rules), measured, judged)


def governing(plan: Plan, rules: Sequence[Rules]) -> Rules:
    """The rules of the last segment that counts."""
    return rules[plan.segments.index(plan.governing)]


def _figure(segment: Segment, item: Item, known: Known, days: Days) -> ItemFigure:
    subject = segment.kpi_subject
    stretch = Period(first=segment.first, last=segment.last)
    ledger = known.ledger(item.kpi, subject)
    if ledger is None:
        return ItemFigure(
            segment=segment.first,
            kpi=item.kpi,
            code=item.code,
            weight=item.weight,
            direction="higher",
            missing="no_commitment",
            policy=item.missing,
        )
    return figure(
        Question(
            item=item,
            days=stretch,
            ledger=ledger,
            above=known.ledger(ledger.kpi.numerator, subject),
            below=known.ledger(ledger.kpi.denominator, subject),
            commitment=commitment_for(stretch, known.commitments.get((item.kpi, subject), ())),
            working=known.working,
            until=days.until,
            today=days.today,
            end_of_last=days.end_of(segment.last),
        )
    )
