"""What a key result or an objective says on a day: its original, and every revision since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from services.goals.domain.key_result_revisions import parts
from services.goals.domain.measure import Measure
from services.goals.domain.targets import Statement, Step, in_force, steps
from services.goals.domain.terms import KeyResultTerms

Says = Mapping[str, Any]

_measure: TypeAdapter[Measure] = TypeAdapter(Measure)
_PLAIN = KeyResultTerms.model_fields.keys() - {"key_result_id", "number", "measure"}
_FORMS: Mapping[str, tuple[str, ...]] = {
    str(form.model_fields["type"].default): tuple(form.model_fields)
    for form in Measure.__origin__.__args__  # type: ignore[attr-defined]
}


@dataclass(frozen=True)
class Agreement:
    """The statements known about one thing, in the order of recording; the first is the original.

    A statement says something about one or several aspects; each aspect has its own history.
    """

    statements: tuple[Statement[Says], ...]

    @cached_property
    def _by_aspect(self) -> Mapping[str, tuple[Statement[Says], ...]]:
        named: dict[str, list[Statement[Says]]] = {}
        for statement in self.statements:
            for aspect in statement.says:
                named.setdefault(aspect, []).append(statement)
        return {aspect: tuple(known) for aspect, known in named.items()}

    def on(self, day: date, aspect: str) -> Any:
        """What holds on this day about an aspect; before its first day, the first; else ``None``.

        Source: docs/arithmetic.md, "Which target holds".
        """
        known = self._by_aspect.get(aspect, ())
        holding = in_force(known, day) or next(iter(known), None)
        return holding.says[aspect] if holding else None

    def steps(self, aspect: str) -> tuple[Step[Says], ...]:
        """Everything ever said about an aspect, with the days on which it holds."""
        return steps(self._by_aspect.get(aspect, ()))

    def days_of_change(self) -> tuple[date, ...]:
        """The days from which a revision holds, in order."""
        return tuple(sorted({s.effective_from for s in self.statements[1:]}))


@dataclass(frozen=True)
class KeyResultAgreement(Agreement):
    """What a key result says: the original as it was published, and what holds on each day."""

    original: KeyResultTerms

    def terms_on(self, day: date) -> KeyResultTerms:
        """Everything it says on this day, as one set of terms."""
        plain = {name: self.on(day, name) for name in _PLAIN}
        form = _FORMS[self.on(day, "type")]
        measure = _measure.validate_python({name: self.on(day, name) for name in form})
        whole = {**self.original.model_dump(), **plain, "measure": measure}
        return KeyResultTerms.model_validate(whole)


def agreed(
    original: KeyResultTerms, first: Statement[None], revisions: Iterable[Statement[Says]]
) -> KeyResultAgreement:
    """The agreement that begins with these terms and was revised since."""
    plain = {name: getattr(original, name) for name in _PLAIN}
    says = {**plain, **parts(original.measure)}
    start: Statement[Says] = Statement(
        says, first.effective_from, first.recorded_at, first.position
    )
    return KeyResultAgreement((start, *revisions), original)


def revision_of(step: Step[Says]) -> UUID | None:
    """The revision a step belongs to; ``None`` for the original."""
    return step.statement.revision
