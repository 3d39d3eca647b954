"""What a named author adds to the figures: bonus, deduction, veto."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from uuid import UUID

from services.appraisal.domain import errors
from services.appraisal.domain.facts import BonusGiven, DeductionTaken, EntryWithdrawn, VetoRaised
from services.appraisal.domain.rules import HUNDRED, Rules
from services.appraisal.domain.totals import Mark
from shared.kernel.facts import Fact

Extra = BonusGiven | DeductionTaken | VetoRaised


@dataclass(frozen=True)
class Extras:
    """The entries that stand, and every entry id ever used."""

    standing: dict[UUID, Extra] = field(default_factory=dict)
    seen: frozenset[UUID] = frozenset()

    @property
    def bonus(self) -> Decimal:
        """Points added, together."""
        points = (e.points for e in self.standing.values() if isinstance(e, BonusGiven))
        return sum(points, Decimal(0))

    @property
    def deduction(self) -> Decimal:
        """Points taken off, together."""
        points = (e.points for e in self.standing.values() if isinstance(e, DeductionTaken))
        return sum(points, Decimal(0))

    @property
    def veto(self) -> bool:
        """Whether a serious breach stands."""
        return any(isinstance(entry, VetoRaised) for entry in self.standing.values())

    def bonus_must_fit(self, points: Decimal, limit: Decimal) -> None:
        """Refused: no points, or more than the scheme's limit together."""
        _must_be_positive(points)
        if self.bonus + points > limit:
            raise errors.BonusBeyondLimit(field="points", limit=limit, total=self.bonus + points)

    def deduction_must_fit(self, points: Decimal, limit: Decimal) -> None:
        """Refused: no points, or more than the scheme's limit together."""
        _must_be_positive(points)
        total = self.deduction + points
        if total > limit:
            raise errors.DeductionBeyondLimit(field="points", limit=limit, total=total)

    def after(self, fact: Fact) -> "Extras":
        """The entries once this fact is known; assigns, never judges."""
        match fact:
            case BonusGiven() | DeductionTaken() | VetoRaised():
                standing = {**self.standing, fact.entry: fact}
                return replace(self, standing=standing, seen=self.seen | {fact.entry})
            case EntryWithdrawn(entry=gone):
                return replace(self, standing={k: v for k, v in self.standing.items() if k != gone})
        return self


def _must_be_positive(points: Decimal) -> None:
    if points <= 0:
        raise errors.PointsNotPositive(field="points")


def marks_must_fit(marks: tuple[Mark, ...], rules: Rules) -> None:
    """Refused unless there is one mark of 0..100 for each judged section of the scheme."""
    needed = [section.code for section in rules.judged]
    if sorted(mark.section for mark in marks) != sorted(needed):
        raise errors.MarksIncomplete(field="marks", sections=", ".join(needed))
    for number, mark in enumerate(marks):
        if not 0 <= mark.points <= HUNDRED:
            raise errors.MarkOutOfRange(field=f"marks[{number}].points", section=mark.section)
