"""What every revision of a published objective must bring with it: reason, asker, approver, day."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from services.goals.domain.errors import (
    ApprovalMissing,
    ApproverTooNear,
    AskerCannotApprove,
    EffectiveBeforePublication,
    RetroactiveWithoutApproval,
)
from services.goals.domain.terms import Word
from shared.kernel.facts import Fact

Category = Literal["external_change", "learned", "resources", "error", "other"]


class Grounds(Word):
    """Why, for whom and from which business day something is revised."""

    revision_id: UUID
    reason: Annotated[str, Field(min_length=1)]
    category: Category
    asked_by: UUID
    approved_by: UUID | None = None
    effective_from: date


class Revision(Fact):
    """A change of mind after publication; ``retroactive`` when effective before it was recorded."""

    revision_id: UUID
    reason: str
    category: Category
    asked_by: UUID
    approved_by: UUID | None = None
    effective_from: date
    retroactive: bool = False

    def says(self) -> dict[str, Any]:
        """What holds from the effective day on: the fields beside the grounds."""
        own = type(self).model_fields.keys() - Revision.model_fields.keys() - {"key_result_id"}
        return {aspect: getattr(self, aspect) for aspect in own}


@dataclass(frozen=True)
class RevisionRules:
    """What policy asks of revisions: approval of every one, or only of retroactive ones.

    ``line`` is the asker's line of managers, the nearest first, when someone above the nearest
    must approve because the mid-cycle review is over; where it has only one, anybody else may.
    """

    all_need_approval: bool = False
    line: tuple[UUID, ...] = ()


def stamped(grounds: Grounds, today: date) -> dict[str, Any]:
    """The grounds as a fact carries them, with the retroactive ones marked."""
    return {**grounds.model_dump(), "retroactive": grounds.effective_from < today}


def must_stand(grounds: Grounds, published_on: date, today: date, rules: RevisionRules) -> None:
    """Refuse grounds that are too early, approved by the asker, or lack an approval they need."""
    if grounds.effective_from < published_on:
        raise EffectiveBeforePublication(
            field="effective_from", day=grounds.effective_from, published_on=published_on
        )
    if grounds.approved_by == grounds.asked_by:
        raise AskerCannotApprove(field="approved_by")
    if grounds.approved_by is None and grounds.effective_from < today:
        raise RetroactiveWithoutApproval(field="approved_by", day=grounds.effective_from)
    if grounds.approved_by is None and rules.all_need_approval:
        raise ApprovalMissing(field="approved_by")
    if len(rules.line) > 1 and grounds.approved_by not in rules.line[1:]:
        raise ApproverTooNear(field="approved_by", higher=rules.line[1])
