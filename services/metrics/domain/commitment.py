"""What a subject commits to on a KPI for a period, and where it stood before."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.metrics.domain import baseline
from services.metrics.domain.baseline import (
    Baseline,
    BaselineCorrected,
    BaselineSet,
    Evidence,
    Rebaselined,
)
from services.metrics.domain.calendar import NamedPeriod
from services.metrics.domain.errors import (
    CommitmentIsOffered,
    DayOutsidePeriod,
    NothingOffered,
    PeriodIsOver,
)
from services.metrics.domain.kpi import Direction
from services.metrics.domain.subjects import About, Subject, Voice
from services.metrics.domain.terms import Amount, Terms, must_fit
from shared.kernel.facts import Fact
from shared.kernel.periods import Period

Category = Literal["external_change", "learned", "resources", "error", "other"]
State = Literal["blank", "offered", "agreed", "disputed"]

# What can have happened


class Offered(Fact, name="metrics.Commitment.Offered"):
    """First terms were put to the subject."""

    kpi_id: UUID
    definition: int
    subject: Subject
    period: NamedPeriod
    terms_number: int
    terms: Terms
    effective_from: date


class Revised(Fact, name="metrics.Commitment.Revised"):
    """New terms as a whole were put to the subject; they hold once agreed."""

    kpi_id: UUID
    subject: Subject
    period: NamedPeriod
    revision_id: UUID
    terms_number: int
    terms: Terms
    effective_from: date
    retroactive: bool
    reason: str
    category: Category


class Agreed(Fact, name="metrics.Commitment.Agreed"):
    """The subject stands by the terms with this number, as the manager did by offering them."""

    terms_number: int


class Disputed(Fact, name="metrics.Commitment.Disputed"):
    """The subject does not stand by the terms with this number."""

    terms_number: int
    reason: str


class Suspended(Fact, name="metrics.Commitment.Suspended"):
    """These days leave coverage, streak and target, both inclusive."""

    first: date
    last: date
    reason: str


# What can be asked


class Revision(BaseModel):
    """New terms, why, of which kind, and the day from which they hold."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    revision_id: UUID
    terms: Terms
    effective_from: date
    reason: str
    category: Category


@dataclass(frozen=True)
class Commitment:
    """One commitment: a baseline is set once; terms are offered, agreed or disputed, and revised
    with a reason; what was agreed last holds. The first of everything stays the original.
    """

    baseline: Baseline | None = None
    original: Baseline | None = None
    terms: Terms | None = None
    number: int = 0
    state: State = "blank"
    effective_from: date | None = None
    revisions: frozenset[UUID] = frozenset()
    suspensions: tuple[Period, ...] = ()

    def set_baseline(self, about: About, value: Baseline, by: Voice) -> Iterator[Fact]:
        """Fix where the business stood, once; the same again records nothing."""
        by.must_answer_for_figures()
        yield from baseline.first(self.baseline, self.original, value, about)

    def correct_baseline(
        self, value: Amount, reason: str, evidence: Evidence | None, by: Voice
    ) -> Iterator[Fact]:
        """Say what the baseline should have been; the first one stays the original."""
        by.must_answer_for_figures()
        yield from baseline.corrected(self.baseline, value, reason, evidence)

    def rebaseline(self, value: Baseline, reason: str, by: Voice) -> Iterator[Fact]:
        """Take the baseline anew from another period."""
        by.must_answer_for_figures()
        yield from baseline.anew(self.baseline, value, reason)

    def offer(
        self, about: About, definition: int, direction: Direction, terms: Terms, by: Voice
    ) -> Iterator[Fact]:
        """Put first terms to the subject; the same again records nothing."""
        by.must_answer_for_figures()
        if self.terms is not None:
            if terms == self.terms or self.number > 1:
                return
            raise CommitmentIsOffered(field="terms")
        must_fit(terms, direction, about.period, about.period.code)
        yield Offered(
            kpi_id=about.kpi_id,
            definition=definition,
            subject=about.subject,
            period=about.period,
            terms_number=1,
            terms=terms,
            effective_from=about.period.first,
        )

    def revise(
        self, about: About, direction: Direction, new: Revision, by: Voice, today: date
    ) -> Iterator[Fact]:
        """Put new terms to the subject while the period runs; the same terms record nothing."""
        by.must_answer_for_figures()
        if new.revision_id in self.revisions:
            return
        self._must_be_offered()
        if (new.terms, new.effective_from) == (self.terms, self.effective_from):
            return
        if today > about.period.last:
            raise PeriodIsOver(period=about.period.code, last=about.period.last.isoformat())
        self._must_lie_within(about.period, new.effective_from, "effective_from")
        must_fit(new.terms, direction, about.period, about.period.code)
        yield Revised(
            kpi_id=about.kpi_id,
            subject=about.subject,
            period=about.period,
            revision_id=new.revision_id,
            terms_number=self.number + 1,
            terms=new.terms,
            effective_from=new.effective_from,
            retroactive=new.effective_from < today,
            reason=new.reason,
            category=new.category,
        )

    def agree(self, by: Voice) -> Iterator[Fact]:
        """Stand by the terms that were put last; agreeing twice records nothing."""
        by.must_be_the_subject()
        self._must_be_offered()
        if self.state != "agreed":
            yield Agreed(terms_number=self.number)

    def dispute(self, reason: str, by: Voice) -> Iterator[Fact]:
        """Say that the terms that were put last are not accepted; twice records nothing."""
        by.must_be_the_subject()
        self._must_be_offered()
        if self.state != "disputed":
            yield Disputed(terms_number=self.number, reason=reason)

    def suspend(self, about: About, days: Period, reason: str, by: Voice) -> Iterator[Fact]:
        """Take days out of coverage, streak and target; the same days again record nothing."""
        by.must_answer_for_figures()
        self._must_be_offered()
        if days in self.suspensions:
            return
        self._must_lie_within(about.period, days.first, "first")
        self._must_lie_within(about.period, days.last, "last")
        yield Suspended(first=days.first, last=days.last, reason=reason)

    def _must_be_offered(self) -> None:
        if self.terms is None:
            raise NothingOffered

    def _must_lie_within(self, period: NamedPeriod, day: date, field: str) -> None:
        if day not in period:
            raise DayOutsidePeriod(
                field=field,
                day=day.isoformat(),
                period=period.code,
                first=period.first.isoformat(),
                last=period.last.isoformat(),
            )

    # What is true afterwards

    def after(self, fact: Fact) -> "Commitment":
        """The commitment once this fact is known; assigns, never judges."""
        match fact:
            case BaselineSet() | BaselineCorrected() | Rebaselined():
                standing = baseline.after(self.baseline, fact)
                return replace(self, baseline=standing, original=self.original or standing)
            case Offered() | Revised():
                return self._put(fact)
            case Agreed():
                return replace(self, state="agreed")
            case Disputed():
                return replace(self, state="disputed")
            case Suspended(first=first, last=last):
                days = Period(first=first, last=last)
                return replace(self, suspensions=(*self.suspensions, days))
        return self

    def _put(self, fact: Offered | Revised) -> "Commitment":
        seen = {fact.revision_id} if isinstance(fact, Revised) else set()
        return replace(
            self,
            terms=fact.terms,
            number=fact.terms_number,
            effective_from=fact.effective_from,
            state="offered",
            revisions=self.revisions | seen,
        )
