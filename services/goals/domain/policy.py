"""The rules that warn and grade, in versions: every computed figure names the one it used."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from services.goals.domain.terms import Level, Word
from shared.kernel.facts import Fact

RollUpMode = Literal["equal", "manual", "by_target_size", "sum"]


class LevelLimit(Word):
    """How many objectives a holder of this level should have."""

    level: Level
    at_least: int
    at_most: int


class Band(Word):
    """A named grade band and the score from which it begins."""

    name: str
    from_score: Decimal


class PolicyWords(Word):
    """What a policy says; these are the words of version 0, which holds until one is adopted."""

    effective_from: date = date.min
    objective_limits: tuple[LevelLimit, ...] = (
        LevelLimit(level="company", at_least=2, at_most=3),
        LevelLimit(level="department", at_least=1, at_most=2),
        LevelLimit(level="person", at_least=1, at_most=2),
    )
    key_results_at_least: int = 2
    key_results_at_most: int = 5
    status_policy: Literal["gap", "ratio"] = "gap"
    roll_up_cap: Decimal = Decimal(1)
    roll_up_mode: RollUpMode = "manual"
    committed_bands: tuple[Band, ...] = ()
    aspirational_bands: tuple[Band, ...] = ()
    revisions_need_approval: bool = False


class PolicyAdopted(Fact, name="goals.Policy.Adopted"):
    """A new version of the rules holds from this day on."""

    version: int
    effective_from: date
    objective_limits: tuple[LevelLimit, ...]
    key_results_at_least: int
    key_results_at_most: int
    status_policy: Literal["gap", "ratio"]
    roll_up_cap: Decimal
    roll_up_mode: RollUpMode
    committed_bands: tuple[Band, ...]
    aspirational_bands: tuple[Band, ...]
    revisions_need_approval: bool


@dataclass(frozen=True)
class Policy:
    """The enterprise's rules for objectives; there is one, and it only ever gets new versions."""

    version: int = 0
    words: PolicyWords = field(default_factory=PolicyWords)

    def adopt(self, words: PolicyWords) -> Iterator[Fact]:
        """Let these words hold; the same words again record nothing."""
        if words != self.words:
            yield PolicyAdopted(version=self.version + 1, **dict(words))

    def after(self, fact: Fact) -> "Policy":
        """The policy once this fact is known; assigns, never judges."""
        if isinstance(fact, PolicyAdopted):
            words = PolicyWords(**{n: getattr(fact, n) for n in PolicyWords.model_fields})
            return replace(self, version=fact.version, words=words)
        return self
