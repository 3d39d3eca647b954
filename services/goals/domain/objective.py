"""What somebody intends to reach in a cycle, with its key results, and every change of mind.

What can have happened to it: ``objective_life``, ``objective_revisions``,
``key_result_revisions``. What is true afterwards: ``objective_state``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from services.goals.domain import objective_life as life
from services.goals.domain.alignment import Alignable, must_align
from services.goals.domain.changes import Change
from services.goals.domain.closing import Proposal, Verdict, closed
from services.goals.domain.cycle import Cycle
from services.goals.domain.errors import (
    KeyResultIsKnown,
    NoPostMortemAsked,
    NumberTakenTwice,
    ObjectiveIsKnown,
    ObjectiveIsNotClosed,
    ObjectiveIsNotSuggested,
    ObjectiveIsPublished,
    ObjectiveStillRuns,
    WeightsLeaveNothing,
)
from services.goals.domain.key_result_revisions import (
    KeyResultAdded,
    KeyResultDropped,
    KeyResultReplaced,
    KeyResultRevision,
)
from services.goals.domain.objective_state import ObjectiveState
from services.goals.domain.revising import Circumstances, Request, proposed
from services.goals.domain.revision import Category, Grounds, Revision, must_stand
from services.goals.domain.sense import KnownKpis, must_make_sense, naming
from services.goals.domain.terms import AlignmentLink, KeyResultTerms, ObjectiveTerms
from services.goals.domain.weights import leave_nothing_to_share, resolved
from shared.kernel.facts import Fact


@dataclass(frozen=True)
class Objective(ObjectiveState):
    """One intention, held by one holder, for one cycle.

    Suggested or drafted, then published, which fixes the original for ever; from then on it is
    revised, with reasons, until it is closed with a score, postponed or cancelled. It may be
    carried over into another cycle. Saying again what already holds records nothing.
    """

    # Suggestions and drafts

    def suggest(self, suggestion: life.Suggested, cycle: Cycle) -> Iterator[Fact]:
        """Suggest it to a unit."""
        if self.stage == "unknown":
            cycle.must_not_be_closed()
            yield suggestion
        elif suggestion != self.suggestion:
            raise ObjectiveIsKnown(field="objective_id")

    def accept(self, terms: ObjectiveTerms, cycle: Cycle) -> Iterator[Fact]:
        """Take the suggestion up as a draft."""
        self._must_be_suggested()
        cycle.must_take_drafts()
        yield life.SuggestionAccepted(responsible_id=terms.responsible_id)
        yield life.Drafted(terms=terms)

    def decline(self, reason: str) -> Iterator[Fact]:
        """Say no to the suggestion."""
        self._must_be_suggested()
        yield life.SuggestionDeclined(reason=reason)

    def draft_as(
        self,
        terms: ObjectiveTerms,
        key_results: Sequence[KeyResultTerms],
        cycle: Cycle,
        kpis: KnownKpis,
    ) -> Iterator[Fact]:
        """Let the draft stand as described; refused once it is published and says otherwise."""
        wanted = self._with_chain(terms)
        changes = [*self._redrafted(wanted), *self._key_results_redrafted(key_results)]
        if not changes:
            return
        if self.stage not in ("unknown", "draft"):
            raise ObjectiveIsPublished if self.draft else ObjectiveIsKnown
        cycle.must_take_drafts()
        _must_be_told_apart(key_results)
        for number, key_result in enumerate(key_results):
            with naming(f"key_results[{number}]"):
                must_make_sense(key_result, kpis)
        yield from changes

    def _redrafted(self, terms: ObjectiveTerms) -> Iterator[Fact]:
        if self.draft is None:
            yield life.Drafted(terms=terms)
        elif terms != self.draft:
            yield life.Redrafted(terms=terms)

    def _key_results_redrafted(self, key_results: Sequence[KeyResultTerms]) -> Iterator[Fact]:
        for terms in key_results:
            if self.drafted.get(terms.key_result_id) != terms:
                yield life.KeyResultDrafted(terms=terms)
        for gone in self.drafted.keys() - {terms.key_result_id for terms in key_results}:
            yield life.KeyResultDiscarded(key_result_id=gone)

    def _with_chain(self, terms: ObjectiveTerms) -> ObjectiveTerms:
        if self.draft is None or terms.continued_from:
            return terms
        kept = {name: getattr(self.draft, name) for name in ("continued_from", "first_original")}
        return terms.model_copy(update=kept)

    # Publication and revisions

    def publish(self, on: date, cycle: Cycle, kpis: KnownKpis) -> Iterator[Fact]:
        """Fix the original: all it says, with every weight resolved."""
        if self.published_on is not None:
            return
        self._must_not_have_ended()
        cycle.must_take_drafts()
        terms = self.terms()
        drafted = sorted(self.drafted.values(), key=lambda t: t.number)
        for key_result in drafted:
            must_make_sense(key_result, kpis)
        weights = [key_result.weight for key_result in drafted]
        if leave_nothing_to_share(weights):
            raise WeightsLeaveNothing(field="key_results")
        originals = zip(drafted, resolved(weights), strict=True)
        yield life.ObjectivePublished(
            published_on=on,
            late=on > cycle.drafting_last,
            terms=terms,
            key_results=tuple(k.model_copy(update={"weight": w}) for k, w in originals),
        )

    def revise(self, grounds: Grounds, change: Change, known: Circumstances) -> Iterator[Fact]:
        """Change what holds from a day on; the same revision, or the present value, is nothing."""
        if grounds.revision_id in self.seen:
            return
        published_on = self._must_run()
        known.cycle.must_not_be_closed()
        must_stand(grounds, published_on, known.today, known.rules)
        if self._has_dropped(change, grounds.effective_from):
            return
        fact = proposed(change, Request(self, grounds, known))
        if not self._says_already(fact):
            self._must_make_sense_after(fact, known.kpis)
            yield fact

    def _has_dropped(self, change: Change, since: date) -> bool:
        gone = self.key_results.get(getattr(change, "key_result_id", None) or UUID(int=0))
        is_drop = change.what == "key_result_dropped"
        return is_drop and gone is not None and gone.dropped_from == since

    def _says_already(self, fact: Revision) -> bool:
        match fact:
            case KeyResultAdded(terms=terms) | KeyResultReplaced(successor=terms):
                if terms.key_result_id in self.key_results:
                    raise KeyResultIsKnown(field="key_result_id")
                return False
            case KeyResultDropped():
                return False
            case KeyResultRevision(key_result_id=key_result_id):
                said = self.key_results[key_result_id].said
            case _:
                said = self.said
        return said.holds(fact.effective_from, fact.says())

    def _must_make_sense_after(self, fact: Revision, kpis: KnownKpis) -> None:
        match fact:
            case KeyResultAdded(terms=terms) | KeyResultReplaced(successor=terms):
                must_make_sense(terms, kpis)
            case KeyResultRevision(key_result_id=key_result_id):
                revised = self.after(fact).key_results[key_result_id]
                for day in revised.said.days_from(fact.effective_from):
                    must_make_sense(revised.terms_on(day), kpis)

    # Alignment

    def align(
        self, me: UUID, link: AlignmentLink, others: Mapping[UUID, Alignable], cycle: Cycle
    ) -> Iterator[Fact]:
        """Let it contribute to or support another one, or a key result of it."""
        self._must_be_under_way(cycle)
        if link not in self.alignments:
            must_align(me, link, others)
            yield self._aligned_as((*self.alignments, link), life.Aligned(link=link))

    def end_alignment(self, link: AlignmentLink, cycle: Cycle) -> Iterator[Fact]:
        """Take an alignment back."""
        self._must_be_under_way(cycle)
        if link in self.alignments:
            left = tuple(known for known in self.alignments if known != link)
            yield self._aligned_as(left, life.AlignmentEnded(link=link))

    def _aligned_as(self, links: tuple[AlignmentLink, ...], told: Fact) -> Fact:
        if self.published_on is not None:
            return told
        return life.Redrafted(terms=self.terms().model_copy(update={"alignments": links}))

    # The end

    def close(
        self, verdict: Verdict, proposal: Proposal, cycle: Cycle, today: date
    ) -> Iterator[Fact]:
        """Score and close it; a committed one that missed its mark is asked for a post-mortem."""
        if self.closing is not None and verdict.was_given_in(self.closing):
            return
        self._must_run()
        cycle.must_be_in_grading()
        closing = closed(verdict, proposal, self.weights_on(today), today)
        yield closing
        yield from self._post_mortem_asked(closing.score, today)

    def rescore(self, score: Decimal, reason: str, cycle: Cycle, today: date) -> Iterator[Fact]:
        """Give it another score while the cycle is open."""
        if self.stage != "closed":
            raise ObjectiveIsNotClosed(field="objective_id")
        cycle.must_be_in_grading()
        if score != self.score:
            yield life.Rescored(score=score, reason=reason)
            yield from self._post_mortem_asked(score, today)

    def _post_mortem_asked(self, score: Decimal, today: date) -> Iterator[Fact]:
        missed = self.said.on(today, "kind") == "committed" and score < 1
        if missed and self.post_mortem == "none":
            yield life.PostMortemAsked(responsible_id=self.said.on(today, "responsible_id"))

    def write_post_mortem(self, text: str) -> Iterator[Fact]:
        """Say why a committed objective was missed; writing it again replaces the text."""
        if self.post_mortem == "none":
            raise NoPostMortemAsked(field="objective_id")
        yield life.PostMortemWritten(text=text)

    def postpone(
        self, reason: str, category: Category, cycle: Cycle, today: date
    ) -> Iterator[Fact]:
        """Put it off."""
        if self.stage != "postponed":
            self._must_be_under_way(cycle)
            late = cycle.is_past_mid_review(today)
            yield life.ObjectivePostponed(
                reason=reason, category=category, on=today, after_mid_cycle_review=late
            )

    def cancel(self, reason: str, category: Category, cycle: Cycle, today: date) -> Iterator[Fact]:
        """Give it up."""
        if self.stage != "cancelled":
            self._must_be_under_way(cycle)
            late = cycle.is_past_mid_review(today)
            yield life.ObjectiveCancelled(
                reason=reason, category=category, on=today, after_mid_cycle_review=late
            )

    def carry_over(self, into: UUID, cycle_id: UUID) -> Iterator[Fact]:
        """Let it go on as a new original in another cycle; it must have ended in this one."""
        if self.stage not in ("closed", "postponed", "cancelled"):
            raise ObjectiveStillRuns(field="objective_id")
        if self.continued_in != into:
            yield life.CarriedOver(into=into, cycle_id=cycle_id)

    # Guards

    def _must_be_suggested(self) -> None:
        if self.stage != "suggested":
            raise ObjectiveIsNotSuggested(field="objective_id")

    def _must_be_under_way(self, cycle: Cycle) -> None:
        if self.stage != "draft":
            self._must_run()
        cycle.must_not_be_closed()


def _must_be_told_apart(key_results: Iterable[KeyResultTerms]) -> None:
    listed = [(terms.key_result_id, terms.number) for terms in key_results]
    ids, numbers = {i for i, _ in listed}, {n for _, n in listed}
    if len(ids) < len(listed) or len(numbers) < len(listed):
        raise NumberTakenTwice(field="key_results")
