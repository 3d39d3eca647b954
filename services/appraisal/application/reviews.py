"""Reviews by the subject and the manager, and what named authors add."""

from collections.abc import Callable, Iterable
from uuid import UUID

from services.appraisal.application.commands import (
    CloseSelfReview,
    GiveBonus,
    GiveManagerReview,
    GiveSelfReview,
    RaiseVeto,
    SectionMark,
    TakeDeduction,
    WithdrawEntry,
)
from services.appraisal.application.plans import plan_of, rules_of
from services.appraisal.application.rights import asking
from services.appraisal.domain.appraisal import Appraisal
from services.appraisal.domain.appraising import governing
from services.appraisal.domain.rules import Rules
from services.appraisal.domain.totals import Mark
from shared.eventing.asking import Answer, Asked
from shared.eventing.journal import Journal, Work
from shared.kernel.facts import Fact

Request = Callable[[Appraisal, UUID, Rules], Iterable[Fact]]


class Reviews:
    """One method per command about reviews, bonus, deduction and veto."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def give_self_review(self, asked: Asked, command: GiveSelfReview) -> Answer:
        """The subject's marks; the aggregate refuses anyone else."""
        marks = _marks(command.marks)
        return self._ask(
            asked,
            command.appraisal_id,
            lambda a, by, rules: a.review_self(by, marks, command.text, rules),
        )

    def give_manager_review(self, asked: Asked, command: GiveManagerReview) -> Answer:
        """The named manager's marks; the aggregate refuses anyone else."""
        marks = _marks(command.marks)
        return self._ask(
            asked,
            command.appraisal_id,
            lambda a, by, rules: a.review_as_manager(by, marks, command.text, rules),
        )

    def close_self_review(self, asked: Asked, command: CloseSelfReview) -> Answer:
        """It goes on without marks of the subject."""
        return self._ask(
            asked, command.appraisal_id, lambda a, by, _: a.close_self_review(by, command.reason)
        )

    def give_bonus(self, asked: Asked, command: GiveBonus) -> Answer:
        """Points outside the 100 are added."""
        c = command
        return self._ask(
            asked,
            c.appraisal_id,
            lambda a, by, rules: a.give_bonus(c.entry_id, c.points, by, c.reason, rules),
        )

    def take_deduction(self, asked: Asked, command: TakeDeduction) -> Answer:
        """Points outside the 100 are taken off."""
        c = command
        return self._ask(
            asked,
            c.appraisal_id,
            lambda a, by, rules: a.take_deduction(c.entry_id, c.points, by, c.reason, rules),
        )

    def raise_veto(self, asked: Asked, command: RaiseVeto) -> Answer:
        """The lowest band is set."""
        c = command
        return self._ask(
            asked, c.appraisal_id, lambda a, by, _: a.raise_veto(c.entry_id, by, c.reason)
        )

    def withdraw_entry(self, asked: Asked, command: WithdrawEntry) -> Answer:
        """Its author takes an entry back."""
        c = command
        return self._ask(
            asked, c.appraisal_id, lambda a, by, _: a.withdraw_entry(c.entry_id, by, c.reason)
        )

    def _ask(self, asked: Asked, appraisal_id: UUID, request: Request) -> Answer:
        """Ask as the person who sends it."""
        person = asking(asked.actor)

        def decide(work: Work) -> None:
            plan = plan_of(work, appraisal_id)
            rules = governing(plan, rules_of(work, plan))
            work.change(Appraisal, appraisal_id, lambda a: request(a, person, rules))

        return self._journal.decide(asked, decide)


def _marks(marks: Iterable[SectionMark]) -> tuple[Mark, ...]:
    return tuple(Mark(section=mark.section, points=mark.points) for mark in marks)
