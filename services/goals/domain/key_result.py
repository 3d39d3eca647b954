"""A key result after publication: what was agreed at first, and what holds on which day now."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from services.goals.domain.errors import KeyResultWasDropped, NotThisMeasure
from services.goals.domain.key_result_revisions import KeyResultRevision, parts
from services.goals.domain.measure import Measure, Metric
from services.goals.domain.terms import KeyResultTerms
from services.goals.domain.timeline import Sayings, first_said

_measure: TypeAdapter[Measure] = TypeAdapter(Measure)


@dataclass(frozen=True)
class KeyResult:
    """One way to know that the objective is reached.

    It joins with the publication or later, each time with an original of its own; revisions change
    what holds from a day on, never the original; once dropped it keeps what it had.
    """

    original: KeyResultTerms
    said: Sayings
    dropped_from: date | None = None

    def on(self, day: date, aspect: str) -> Any:
        """What holds on this day about ``target``, ``plan``, ``weight``, ``deadline`` and so on."""
        return self.said.on(day, aspect)

    def measure_on(self, day: date) -> Measure:
        """How it is measured on this day."""
        form = _FORMS[self.on(day, "type")]
        return _measure.validate_python({name: self.on(day, name) for name in form})

    def terms_on(self, day: date) -> KeyResultTerms:
        """Everything it says on this day, as one set of terms."""
        plain = {name: self.on(day, name) for name in _PLAIN}
        return self.original.model_copy(update={**plain, "measure": self.measure_on(day)})

    def lives_on(self, day: date) -> bool:
        """Whether it has not been dropped by this day."""
        return self.dropped_from is None or day < self.dropped_from

    def must_live(self) -> None:
        """Refuse to revise what was dropped."""
        if self.dropped_from is not None:
            raise KeyResultWasDropped(field="key_result_id")

    def must_be(self, *types: str, day: date, aspect: str) -> None:
        """Refuse to revise what this type of measure does not have."""
        measured_as = self.on(day, "type")
        if measured_as not in types:
            raise NotThisMeasure(field=aspect, type=measured_as, aspect=aspect)

    def metric_on(self, day: date, aspect: str) -> Metric:
        """The metric that holds on this day; refused when it is measured otherwise."""
        self.must_be("metric", day=day, aspect=aspect)
        measure = self.measure_on(day)
        assert isinstance(measure, Metric)
        return measure

    def revised(self, fact: KeyResultRevision) -> "KeyResult":
        """The key result once this revision is known."""
        return replace(self, said=self.said.said(fact.effective_from, fact.says()))

    def dropped(self, since: date) -> "KeyResult":
        """The key result once it is given up from this day on."""
        return replace(self, dropped_from=since)


def joined(terms: KeyResultTerms, since: date) -> KeyResult:
    """The key result whose original these terms are."""
    plain = {name: getattr(terms, name) for name in _PLAIN}
    return KeyResult(terms, first_said(since, {**plain, **parts(terms.measure)}))


def by_number(key_results: Mapping[UUID, KeyResult]) -> list[KeyResult]:
    """Key results in the order of their numbers."""
    return sorted(key_results.values(), key=lambda k: k.original.number)


_PLAIN = KeyResultTerms.model_fields.keys() - {"key_result_id", "number", "measure"}
_FORMS = {
    str(form.model_fields["type"].default): tuple(form.model_fields)
    for form in Measure.__origin__.__args__  # type: ignore[attr-defined]
}
