"""One person's appraisal for one period: planned, reviewed, sealed, signed off."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from services.appraisal.domain import errors, plans
from services.appraisal.domain.entries import Source
from services.appraisal.domain.extras import Extras, marks_must_fit
from services.appraisal.domain.facts import (
    BonusGiven,
    ChangeDismissed,
    DeductionTaken,
    EntryWithdrawn,
    EvidenceChanged,
    ManagerReviewGiven,
    Plan,
    Planned,
    Reopened,
    Replanned,
    ResultSealed,
    SelfReviewClosed,
    SelfReviewGiven,
    SelfReviewOpened,
    SignedOff,
    VetoRaised,
)
from services.appraisal.domain.rules import Rules
from services.appraisal.domain.stage import Stage
from services.appraisal.domain.totals import Judgement, Mark, Result
from shared.access.refusals_of_appraisals import (
    OnlyTheNamedManagerReviews,
    OnlyTheSubjectReviewsThemselves,
    SubjectsOwnAppraisal,
)
from shared.kernel.facts import Fact


@dataclass(frozen=True)
class Appraisal:
    """A judgement on one person's period, by KPIs and by the people named in its plan.

    The subject marks first, then the manager; sealing freezes the figures with their evidence; a
    second person signs. Nobody reviews, seals or signs what is about themselves. A KPI corrected
    after sealing changes nothing until someone accepts (and it is reopened) or dismisses it.
    """

    stage: Stage = Stage.UNKNOWN
    plan: Plan | None = None
    self_marks: tuple[Mark, ...] | None = None
    manager_marks: tuple[Mark, ...] | None = None
    last_manager_review: ManagerReviewGiven | None = None
    extras: Extras = field(default_factory=Extras)
    sealers: frozenset[UUID] = frozenset()
    result: Result | None = None
    waiting: dict[UUID, EvidenceChanged] = field(default_factory=dict)
    seen: frozenset[UUID] = frozenset()

    @property
    def subject(self) -> UUID | None:
        """Whose its texts are."""
        return self.plan.subject if self.plan else None

    # Planning

    def make_plan(self, plan: Plan, rules: Rules, reason: str = "") -> Iterator[Fact]:
        """Plan it, or replace the plan before sealing; the same plan records nothing."""
        plans.must_be_sound(plan, rules.shortest_segment)
        plans.must_be_about_the_same(plan, self.plan)
        if self.plan is None:
            yield Planned(plan=plan)
        elif plan != self.plan:
            self._must_not_be_sealed()
            if not reason:
                raise errors.ReasonMissing(field="reason")
            yield Replanned(plan=plan, reason=reason)

    def open_self_review(self, by: UUID | None) -> Iterator[Fact]:
        """Ask the subject to review themselves; records nothing once that has begun."""
        plan = self._known()
        self._must_not_be_about(by, plan)
        if self.stage is Stage.PLANNED:
            yield SelfReviewOpened()

    # Reviewing

    def review_self(
        self, by: UUID | None, marks: tuple[Mark, ...], text: str, rules: Rules
    ) -> Iterator[Fact]:
        """The subject's own marks, once."""
        plan = self._known()
        if by != plan.subject:
            raise OnlyTheSubjectReviewsThemselves
        marks_must_fit(marks, rules)
        if self.self_marks == marks:
            return
        if self.self_marks is not None:
            raise errors.SelfReviewAlreadyGiven
        self._must_be_in(Stage.SELF_REVIEW)
        yield SelfReviewGiven(by=plan.subject, marks=marks, text=text)

    def close_self_review(self, by: UUID | None, reason: str) -> Iterator[Fact]:
        """Go on without marks of the subject."""
        plan = self._known()
        self._must_not_be_about(by, plan)
        if self.stage in (Stage.PLANNED, Stage.SELF_REVIEW):
            yield SelfReviewClosed(reason=reason)

    def review_as_manager(
        self, by: UUID | None, marks: tuple[Mark, ...], text: str, rules: Rules
    ) -> Iterator[Fact]:
        """The named manager's marks; may be said anew until sealed."""
        plan = self._known()
        if by is None or by != plan.manager:
            raise OnlyTheNamedManagerReviews
        marks_must_fit(marks, rules)
        given = ManagerReviewGiven(by=by, marks=marks, text=text)
        if given == self.last_manager_review:
            return
        self._must_not_be_sealed()
        self._must_be_in(Stage.MANAGER_REVIEW)
        yield given

    # Bonus, deduction, veto

    def give_bonus(
        self, entry: UUID, points: Decimal, author: UUID | None, reason: str, rules: Rules
    ) -> Iterator[Fact]:
        """Add points outside the 100, within the scheme's limit."""
        if entry not in self.extras.seen:
            named = self._author(author)
            self.extras.bonus_must_fit(points, rules.bonus_limit)
            yield BonusGiven(entry=entry, points=points, author=named, reason=reason)

    def take_deduction(
        self, entry: UUID, points: Decimal, author: UUID | None, reason: str, rules: Rules
    ) -> Iterator[Fact]:
        """Take off points outside the 100, within the scheme's limit."""
        if entry not in self.extras.seen:
            named = self._author(author)
            self.extras.deduction_must_fit(points, rules.deduction_limit)
            yield DeductionTaken(entry=entry, points=points, author=named, reason=reason)

    def raise_veto(self, entry: UUID, author: UUID | None, reason: str) -> Iterator[Fact]:
        """A serious breach: the lowest band."""
        if entry not in self.extras.seen:
            yield VetoRaised(entry=entry, author=self._author(author), reason=reason)

    def withdraw_entry(self, entry: UUID, author: UUID | None, reason: str) -> Iterator[Fact]:
        """Take back what one gave, took or raised, before sealing."""
        self._known()
        found = self.extras.standing.get(entry)
        if found is None:
            if entry in self.extras.seen:
                return
            raise errors.NoSuchEntry(field="entry_id")
        self._must_not_be_sealed()
        if author is None or author != found.author:
            raise errors.OnlyTheAuthorWithdraws
        yield EntryWithdrawn(entry=entry, author=author, reason=reason)

    # Sealing and signing

    def seal(
        self, by: UUID | None, result: Result, today: date, hand: UUID | None = None
    ) -> Iterator[Fact]:
        """Freeze the figures once the period is over and the manager has reviewed."""
        plan = self._known()
        if self.stage in (Stage.SEALED, Stage.SIGNED_OFF):
            return
        sealer = self._must_not_be_about(by, plan)
        if today <= plan.last:
            raise errors.PeriodStillRuns(last=plan.last)
        self._must_be_in(Stage.MANAGER_REVIEW)
        if self.last_manager_review is None:
            raise errors.ManagerReviewMissing
        if result.total is None:
            raise errors.ResultHasNoTotal(blocked_by=", ".join(result.blocked_by))
        yield ResultSealed(by=sealer, result=result, hand=hand)

    def note_changed_evidence(
        self, change: UUID, kpi: UUID, evidence: Source, total_would_be: Decimal | None
    ) -> Iterator[Fact]:
        """A KPI under the sealed result was corrected; live appraisals need no note."""
        if self.stage in (Stage.SEALED, Stage.SIGNED_OFF) and change not in self.seen:
            yield EvidenceChanged(
                change=change, kpi=kpi, evidence=evidence, total_would_be=total_would_be
            )

    def dismiss_change(self, change: UUID, by: UUID | None, reason: str) -> Iterator[Fact]:
        """Leave the sealed result as it is."""
        decider = self._must_not_be_about(by, self._known())
        if change in self.waiting:
            yield ChangeDismissed(change=change, by=decider, reason=reason)
        elif change not in self.seen:
            raise errors.NoSuchChange(field="change_id")

    def accept_change(self, change: UUID, by: UUID | None, reason: str) -> Iterator[Fact]:
        """Reopen the appraisal for its manager; impossible once signed off."""
        decider = self._must_not_be_about(by, self._known())
        if change not in self.waiting:
            if change in self.seen:
                return
            raise errors.NoSuchChange(field="change_id")
        if self.stage is Stage.SIGNED_OFF:
            raise errors.ResultIsSignedOff
        yield Reopened(change=change, by=decider, reason=reason)

    def sign_off(self, by: UUID | None, hand: UUID | None = None) -> Iterator[Fact]:
        """Approve the sealed result; neither the subject nor whoever sealed it, for whomever."""
        plan = self._known()
        if self.stage is Stage.SIGNED_OFF:
            return
        signer = self._must_not_be_about(by, plan)
        self._must_be_in(Stage.SEALED)
        if {signer, hand} & self.sealers:
            raise errors.SealerCannotSign
        yield SignedOff(by=signer)

    @property
    def judgement(self) -> Judgement:
        """What people have added to the figures so far."""
        return Judgement(
            self_marks=self.self_marks,
            manager_marks=self.manager_marks,
            bonus=self.extras.bonus,
            deduction=self.extras.deduction,
            veto=self.extras.veto,
        )

    def _known(self) -> Plan:
        if self.plan is None:
            raise errors.AppraisalIsUnknown
        return self.plan

    def _author(self, author: UUID | None) -> UUID:
        plan = self._known()
        self._must_not_be_sealed()
        return self._must_not_be_about(author, plan)

    def _must_not_be_about(self, by: UUID | None, plan: Plan) -> UUID:
        if by is None or by == plan.subject:
            raise SubjectsOwnAppraisal
        return by

    def _must_be_in(self, needed: Stage) -> None:
        if self.stage is not needed:
            raise errors.NotInThisStage(stage=self.stage.value, needed=needed.value)

    def _must_not_be_sealed(self) -> None:
        if self.stage in (Stage.SEALED, Stage.SIGNED_OFF):
            raise errors.ResultIsSealed

    # What is true afterwards

    def after(self, fact: Fact) -> "Appraisal":
        """The appraisal once this fact is known; assigns, never judges."""
        known = self
        match fact:
            case Planned(plan=plan):
                known = replace(self, stage=Stage.PLANNED, plan=plan)
            case Replanned(plan=plan):
                known = replace(self, plan=plan)
            case SelfReviewOpened():
                known = replace(self, stage=Stage.SELF_REVIEW)
            case SelfReviewGiven(marks=marks):
                known = replace(self, stage=Stage.MANAGER_REVIEW, self_marks=marks)
            case SelfReviewClosed():
                known = replace(self, stage=Stage.MANAGER_REVIEW)
            case ManagerReviewGiven(marks=marks):
                known = replace(self, manager_marks=marks, last_manager_review=fact)
            case BonusGiven() | DeductionTaken() | VetoRaised() | EntryWithdrawn():
                known = replace(self, extras=self.extras.after(fact))
            case _:
                known = self._after_sealing(fact)
        return known

    def _after_sealing(self, fact: Fact) -> "Appraisal":
        known = self
        match fact:
            case ResultSealed(by=by, result=result, hand=hand):
                sealers = frozenset({by, hand or by})
                known = replace(self, stage=Stage.SEALED, sealers=sealers, result=result)
            case EvidenceChanged(change=change):
                waiting = {**self.waiting, change: fact}
                known = replace(self, waiting=waiting, seen=self.seen | {change})
            case ChangeDismissed(change=gone):
                known = replace(self, waiting={k: v for k, v in self.waiting.items() if k != gone})
            case Reopened():
                stage = Stage.MANAGER_REVIEW
                known = replace(self, stage=stage, sealers=frozenset(), result=None, waiting={})
            case SignedOff():
                known = replace(self, stage=Stage.SIGNED_OFF)
        return known
