"""What is true of an objective once some facts are known, and the questions asked of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal, Self
from uuid import UUID

from services.goals.domain import objective_life as life
from services.goals.domain.errors import (
    ObjectiveHasEnded,
    ObjectiveIsClosed,
    ObjectiveIsNotPublished,
    UnknownKeyResult,
    UnknownObjective,
)
from services.goals.domain.key_result import KeyResult, by_number, joined
from services.goals.domain.key_result_revisions import (
    KeyResultAdded,
    KeyResultDropped,
    KeyResultReplaced,
    KeyResultRevision,
)
from services.goals.domain.revision import Revision
from services.goals.domain.terms import AlignmentLink, KeyResultTerms, ObjectiveTerms
from services.goals.domain.timeline import Sayings, first_said
from shared.kernel.facts import Fact

Stage = Literal[
    "unknown", "suggested", "declined", "draft", "published", "closed", "postponed", "cancelled"
]


@dataclass(frozen=True)
class ObjectiveState:
    """An objective as the facts left it: its draft, its original, and what holds on which day."""

    stage: Stage = "unknown"
    suggestion: life.Suggested | None = None
    draft: ObjectiveTerms | None = None
    drafted: Mapping[UUID, KeyResultTerms] = field(default_factory=dict)
    published_on: date | None = None
    said: Sayings = field(default_factory=lambda: Sayings({}))
    key_results: Mapping[UUID, KeyResult] = field(default_factory=dict)
    alignments: tuple[AlignmentLink, ...] = ()
    seen: frozenset[UUID] = frozenset()
    closing: life.ObjectiveClosed | None = None
    score: Decimal | None = None
    post_mortem: Literal["none", "asked", "written"] = "none"
    continued_in: UUID | None = None

    # Questions

    def offers(self, key_result_id: UUID | None) -> bool:
        """Whether it can be aligned to: it exists and has this key result (``None``: itself)."""
        if self.stage in ("unknown", "declined"):
            return False
        known = {**self.drafted, **self.key_results}
        return key_result_id is None or key_result_id in known

    def living(self, key_result_id: UUID) -> KeyResult:
        """The key result with this id; refused when unknown or dropped."""
        key_result = self.key_results.get(key_result_id)
        if key_result is None:
            raise UnknownKeyResult(field="key_result_id")
        key_result.must_live()
        return key_result

    def in_force(self, day: date) -> list[KeyResult]:
        """The key results not dropped by this day, by number."""
        return [k for k in by_number(self.key_results) if k.lives_on(day)]

    def next_number(self) -> int:
        """The number of a key result that joins now."""
        return max((k.original.number for k in self.key_results.values()), default=0) + 1

    def weights_on(self, day: date) -> dict[UUID, int]:
        """What each key result in force on this day weighs, in basis points."""
        return {k.original.key_result_id: k.on(day, "weight") for k in self.in_force(day)}

    def terms(self) -> ObjectiveTerms:
        """What was drafted; refused when there is nothing yet."""
        if self.draft is None:
            raise UnknownObjective(field="objective_id")
        return self.draft

    # Guards

    def _must_run(self) -> date:
        if self.stage == "closed":
            raise ObjectiveIsClosed(field="objective_id")
        self._must_not_have_ended()
        if self.published_on is None:
            raise ObjectiveIsNotPublished(field="objective_id")
        return self.published_on

    def _must_not_have_ended(self) -> None:
        if self.stage == "unknown":
            raise UnknownObjective(field="objective_id")
        if self.stage in ("postponed", "cancelled"):
            raise ObjectiveHasEnded(field="objective_id")

    # What is true afterwards

    def after(self, fact: Fact) -> Self:
        """The objective once this fact is known; assigns, never judges."""
        if isinstance(fact, Revision):
            return self._revised(fact)
        return replace(self, **{**self._begun(fact), **self._ended(fact)})

    def _begun(self, fact: Fact) -> dict[str, Any]:
        match fact:
            case life.Suggested():
                return {"stage": "suggested", "suggestion": fact}
            case life.SuggestionDeclined():
                return {"stage": "declined"}
            case life.Drafted(terms=terms) | life.Redrafted(terms=terms):
                return {"stage": "draft", "draft": terms, "alignments": terms.alignments}
            case life.KeyResultDrafted(terms=terms):
                return {"drafted": {**self.drafted, terms.key_result_id: terms}}
            case life.KeyResultDiscarded(key_result_id=gone):
                return {"drafted": {k: t for k, t in self.drafted.items() if k != gone}}
            case _:
                return self._published(fact)

    def _published(self, fact: Fact) -> dict[str, Any]:
        match fact:
            case life.ObjectivePublished(published_on=day, terms=terms, key_results=originals):
                return {
                    "stage": "published",
                    "published_on": day,
                    "said": first_said(day, {name: getattr(terms, name) for name in _REVISABLE}),
                    "key_results": {t.key_result_id: joined(t, day) for t in originals},
                    "alignments": terms.alignments,
                }
            case life.Aligned(link=link):
                return {"alignments": (*self.alignments, link)}
            case life.AlignmentEnded(link=link):
                return {"alignments": tuple(a for a in self.alignments if a != link)}
        return {}

    def _ended(self, fact: Fact) -> dict[str, Any]:
        match fact:
            case life.ObjectiveClosed(score=score):
                return {"stage": "closed", "closing": fact, "score": score}
            case life.Rescored(score=score):
                return {"score": score}
            case life.PostMortemAsked():
                return {"post_mortem": "asked"}
            case life.PostMortemWritten():
                return {"post_mortem": "written"}
            case life.CarriedOver(into=into):
                return {"continued_in": into}
            case _:
                return {"stage": _ENDS[type(fact)]} if type(fact) in _ENDS else {}

    def _revised(self, fact: Revision) -> Self:
        changed: dict[UUID, KeyResult] = {}
        match fact:
            case KeyResultAdded(terms=terms):
                changed = {terms.key_result_id: joined(terms, fact.effective_from)}
            case KeyResultDropped(key_result_id=gone):
                changed = {gone: self.key_results[gone].dropped(fact.effective_from)}
            case KeyResultReplaced(key_result_id=gone, successor=terms):
                changed = {
                    gone: self.key_results[gone].dropped(fact.effective_from),
                    terms.key_result_id: joined(terms, fact.effective_from),
                }
            case KeyResultRevision(key_result_id=revised):
                changed = {revised: self.key_results[revised].revised(fact)}
        said = self.said if changed else self.said.said(fact.effective_from, fact.says())
        seen = self.seen | {fact.revision_id}
        return replace(self, said=said, key_results={**self.key_results, **changed}, seen=seen)


_REVISABLE = ("title", "description", "kind", "priority", "weight", "holder", "responsible_id")
_ENDS: Mapping[type[Fact], Stage] = {
    life.ObjectivePostponed: "postponed",
    life.ObjectiveCancelled: "cancelled",
}
