"""Planning appraisals: whom, for which period, by which scheme, reviewed by whom."""

from collections.abc import Callable, Iterable
from uuid import UUID

from services.appraisal.application.commands import (
    OpenSelfReviews,
    PlanAppraisals,
    PlannedAppraisal,
)
from services.appraisal.application.premises import People
from services.appraisal.application.rights import asking
from services.appraisal.domain.appraisal import Appraisal
from services.appraisal.domain.errors import (
    AppraisalIsUnknown,
    NobodyToReview,
    PeriodNotInCalendar,
    PersonNotHere,
)
from services.appraisal.domain.facts import Plan, Segment
from services.appraisal.domain.plans import last_days
from services.appraisal.domain.rules import Rules
from services.appraisal.domain.scheme import Scheme
from shared.eventing.asking import Answer, Asked
from shared.eventing.journal import Journal, Work
from shared.kernel.facts import Fact
from shared.kernel.refusals import Refused


class Plans:
    """One method per command about plans."""

    def __init__(self, journal: Journal, people: People) -> None:
        self._journal, self._people = journal, people

    def plan_appraisals(self, asked: Asked, command: PlanAppraisals) -> Answer:
        """Every appraisal stands as planned afterwards; one that can't be refuses all."""
        asking(asked.actor)

        def decide(work: Work) -> None:
            work.load_many(Appraisal, [entry.appraisal_id for entry in command.items])
            position = self._people.position()
            for n, entry in enumerate(command.items):
                plan = _plan(entry)
                self._must_be_known(plan, f"items[{n}]")
                self._plan(work, entry, plan, f"items[{n}]")
            work.on_premise("organisation", position)

        return self._journal.decide(asked, decide)

    def open_self_reviews(self, asked: Asked, command: OpenSelfReviews) -> Answer:
        """The subjects of these appraisals are asked to review themselves."""
        person = asking(asked.actor)

        def decide(work: Work) -> None:
            work.load_many(Appraisal, command.items)
            for appraisal_id in command.items:
                plan_of(work, appraisal_id)
                work.change(Appraisal, appraisal_id, _opening(person))

        return self._journal.decide(asked, decide)

    def _plan(self, work: Work, entry: PlannedAppraisal, plan: Plan, field: str) -> None:
        try:
            rules = rules_of(work, plan)[-1]
            work.change(
                Appraisal,
                entry.appraisal_id,
                lambda appraisal: appraisal.make_plan(plan, rules, entry.reason),
                expected=entry.expected_version,
            )
        except Refused as refusal:
            refusal.field = f"{field}.{refusal.field}" if refusal.field else field
            raise

    def _must_be_known(self, plan: Plan, field: str) -> None:
        if self._people.period(plan.period) != (plan.first, plan.last):
            raise PeriodNotInCalendar(
                field=f"{field}.period", period=plan.period, first=plan.first, last=plan.last
            )
        known = self._people.are_known([plan.subject, plan.manager])
        for name, person in (("subject", plan.subject), ("manager", plan.manager)):
            if person not in known:
                raise PersonNotHere(field=f"{field}.{name}", person=person)
        if plan.manager == plan.subject:
            return
        if plan.manager not in self._people.managers_of(plan.subject, plan.last):
            raise NobodyToReview(
                field=f"{field}.manager", manager=plan.manager, subject=plan.subject
            )


def _opening(person: UUID) -> Callable[[Appraisal], Iterable[Fact]]:
    return lambda appraisal: appraisal.open_self_review(person)


def _plan(entry: PlannedAppraisal) -> Plan:
    firsts = tuple(segment.first for segment in entry.segments)
    segments = tuple(
        Segment(
            first=segment.first,
            last=last,
            unit=segment.unit,
            scheme=segment.scheme_id,
            scheme_version=segment.scheme_version,
            kpi_subject=segment.kpi_subject or entry.subject,
            left_out=segment.leave_out,
        )
        for segment, last in zip(entry.segments, last_days(firsts, entry.last), strict=True)
    )
    return Plan(
        subject=entry.subject,
        period=entry.period,
        first=entry.first,
        last=entry.last,
        manager=entry.manager,
        segments=segments,
    )


def plan_of(work: Work, appraisal_id: UUID) -> Plan:
    """The plan of an appraisal; refused when it was never planned."""
    plan = work.load(Appraisal, appraisal_id).plan
    if plan is None:
        raise AppraisalIsUnknown(field="appraisal_id")
    work.concern(appraisal_id, "its people")
    return plan


def rules_of(work: Work, plan: Plan) -> tuple[Rules, ...]:
    """The rules of each segment's scheme version; refused while one is not in force."""
    return tuple(
        work.load(Scheme, segment.scheme).rules_in_force(segment.scheme_version, segment.first)
        for segment in plan.segments
    )
