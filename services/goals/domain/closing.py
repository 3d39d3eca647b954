"""How an objective is scored at its end: what the arithmetic proposes, and what people decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from services.goals.domain.errors import OverrideWithoutReason, UnknownKeyResult
from services.goals.domain.objective_life import KeyResultScore, ObjectiveClosed
from services.goals.domain.terms import Word
from shared.kernel.decimals import clamp, weighted_mean

ZERO, ONE = Decimal(0), Decimal(1)


class ProposedKeyResult(Word):
    """What the arithmetic proposes for a key result; raw progress, ``None`` without data."""

    key_result_id: UUID
    original: Decimal | None = None
    current: Decimal | None = None
    value: Decimal | None = None
    fact_ids: tuple[str, ...] = ()


class Proposal(Word):
    """What the arithmetic proposes for an objective, by the policy of this version."""

    original: Decimal | None = None
    current: Decimal | None = None
    key_results: tuple[ProposedKeyResult, ...] = ()
    policy_version: int = 0


class Grade(Word):
    """Another score for a key result than the proposed one, and why."""

    key_result_id: UUID
    score: Decimal
    reason: str


@dataclass(frozen=True)
class Verdict:
    """What people say at closing: the proposed score holds where none is given."""

    score: Decimal | None = None
    override_reason: str | None = None
    note: str = ""
    grades: Sequence[Grade] = ()

    def was_given_in(self, closed: ObjectiveClosed) -> bool:
        """Whether an objective was closed with exactly this verdict."""
        graded = {k.key_result_id: (k.score, k.override_reason) for k in closed.key_results}
        same_grades = all(graded.get(g.key_result_id) == (g.score, g.reason) for g in self.grades)
        same_score = self.score is None or self.score == closed.score
        return same_score and same_grades and self.note == closed.note


def closed(
    verdict: Verdict, proposal: Proposal, weights: Mapping[UUID, int], today: date
) -> ObjectiveClosed:
    """The closing that the verdict makes of the proposal.

    Scores lie in 0..1 and are not rounded; what was never measured scores 0. Where key results are
    graded by hand, the objective's score is their mean by ``weights`` unless it is given itself.
    """
    scores = tuple(_scored(proposed, verdict) for proposed in _proposed(proposal, weights))
    for grade in verdict.grades:
        if grade.key_result_id not in {score.key_result_id for score in scores}:
            raise UnknownKeyResult(field="key_results")
    usual = _usual_score(verdict, proposal, scores, weights)
    score = usual if verdict.score is None else verdict.score
    if score != usual and not verdict.override_reason:
        raise OverrideWithoutReason(field="override_reason", score=score, proposed=usual)
    return ObjectiveClosed(
        closed_on=today,
        proposed_original=_clamped(proposal.original),
        proposed_current=_clamped(proposal.current),
        score=score,
        override_reason=verdict.override_reason if score != usual else None,
        note=verdict.note,
        key_results=scores,
        policy_version=proposal.policy_version,
    )


def _proposed(proposal: Proposal, weights: Mapping[UUID, int]) -> list[ProposedKeyResult]:
    known = {p.key_result_id: p for p in proposal.key_results}
    return [known.get(k) or ProposedKeyResult(key_result_id=k) for k in weights]


def _scored(proposed: ProposedKeyResult, verdict: Verdict) -> KeyResultScore:
    grade = next((g for g in verdict.grades if g.key_result_id == proposed.key_result_id), None)
    usual = _clamped(proposed.current)
    return KeyResultScore(
        key_result_id=proposed.key_result_id,
        proposed_original=_clamped(proposed.original),
        proposed_current=usual,
        score=grade.score if grade else usual or ZERO,
        measured=proposed.current is not None,
        value=proposed.value,
        fact_ids=proposed.fact_ids,
        override_reason=grade.reason if grade else None,
    )


def _usual_score(
    verdict: Verdict,
    proposal: Proposal,
    scores: Sequence[KeyResultScore],
    weights: Mapping[UUID, int],
) -> Decimal:
    if verdict.grades:
        return weighted_mean((s.score, weights[s.key_result_id]) for s in scores) or ZERO
    return _clamped(proposal.current) or ZERO


def _clamped(progress: Decimal | None) -> Decimal | None:
    return None if progress is None else clamp(progress, ZERO, ONE)
