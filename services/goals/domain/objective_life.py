"""What can have happened to an objective besides revisions: suggestion, draft, publication, end."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from services.goals.domain.revision import Category
from services.goals.domain.terms import AlignmentLink, KeyResultTerms, ObjectiveTerms, Word
from shared.kernel.facts import Fact


class Suggested(Fact, name="goals.Objective.Suggested"):
    """Somebody suggested it to a unit."""

    cycle_id: UUID
    unit_id: UUID
    title: str
    description: str
    suggested_by: UUID


class SuggestionAccepted(Fact, name="goals.Objective.SuggestionAccepted"):
    """The unit's lead took it up."""

    responsible_id: UUID


class SuggestionDeclined(Fact, name="goals.Objective.SuggestionDeclined"):
    """The unit's lead said no, with a reason."""

    reason: str


class Drafted(Fact, name="goals.Objective.Drafted"):
    """It was drafted."""

    terms: ObjectiveTerms


class Redrafted(Fact, name="goals.Objective.Redrafted"):
    """The draft says something else now."""

    terms: ObjectiveTerms


class KeyResultDrafted(Fact, name="goals.KeyResult.Drafted"):
    """A key result was drafted, or its draft says something else now."""

    terms: KeyResultTerms


class KeyResultDiscarded(Fact, name="goals.KeyResult.Discarded"):
    """A drafted key result was taken out again."""

    key_result_id: UUID


class ObjectivePublished(Fact, name="goals.Objective.Published"):
    """The original: all it says, with resolved weights; ``late`` after the drafting window."""

    published_on: date
    late: bool
    terms: ObjectiveTerms
    key_results: tuple[KeyResultTerms, ...]


class Aligned(Fact, name="goals.Objective.Aligned"):
    """It contributes to, or supports, another one or a key result of it."""

    link: AlignmentLink


class AlignmentEnded(Fact, name="goals.Objective.AlignmentEnded"):
    """It no longer contributes to, or supports, this one."""

    link: AlignmentLink


class KeyResultScore(Word):
    """A key result at closing: proposed scores 0..1, the score given, and the frozen value.

    Proposed scores are ``None`` where nothing was ever measured; the score is then 0.
    """

    key_result_id: UUID
    proposed_original: Decimal | None = None
    proposed_current: Decimal | None = None
    score: Decimal
    measured: bool
    value: Decimal | None = None
    fact_ids: tuple[str, ...] = ()
    override_reason: str | None = None


class ObjectiveClosed(Fact, name="goals.Objective.Closed"):
    """Scored and closed, with a note on reasoning and effort."""

    closed_on: date
    proposed_original: Decimal | None = None
    proposed_current: Decimal | None = None
    score: Decimal
    override_reason: str | None = None
    note: str = ""
    key_results: tuple[KeyResultScore, ...] = ()
    policy_version: int = 0


class Rescored(Fact, name="goals.Objective.Rescored"):
    """Another score was given while the cycle was still open."""

    score: Decimal
    reason: str


class PostMortemAsked(Fact, name="goals.Objective.PostMortemAsked"):
    """It was committed and missed its mark; its responsible is asked why."""

    responsible_id: UUID


class PostMortemWritten(Fact, name="goals.Objective.PostMortemWritten"):
    """Why it was missed, and what follows."""

    text: str


class ObjectivePostponed(Fact, name="goals.Objective.Postponed"):
    """Not now; it leaves the averages and stays in every report."""

    reason: str
    category: Category
    on: date
    after_mid_cycle_review: bool


class ObjectiveCancelled(Fact, name="goals.Objective.Cancelled"):
    """Given up; it leaves the averages and stays in every report."""

    reason: str
    category: Category
    on: date
    after_mid_cycle_review: bool


class CarriedOver(Fact, name="goals.Objective.CarriedOver"):
    """It goes on as a new original in another cycle."""

    into: UUID
    cycle_id: UUID
