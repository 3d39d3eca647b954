"""What a KPI counts, how, and which later versions of its definition there were."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.metrics.domain.calendar import Frequency
from services.metrics.domain.errors import (
    ComponentsDoNotFit,
    DefinitionIsAnotherKpi,
    KpiIsDefinedOtherwise,
    KpiIsUnknown,
    SourceCarriesGoals,
)
from services.metrics.domain.subjects import Voice
from shared.kernel.facts import Fact

Direction = Literal["higher", "lower", "within"]
OverTime = Literal["sum", "mean", "last", "min", "max", "ratio_of_sums"]
OverUnits = Literal["sum", "mean", "min", "max", "ratio_of_sums", "none"]
Grain = Literal["replace", "add"]

CARRIERS_OF_GOALS = frozenset({"goals", "insights", "okr", "okrs", "objectives", "key_results"})
MEANING = ("unit", "direction", "over_time", "frequency", "grain", "numerator_id", "denominator_id")


class Definition(BaseModel):
    """A KPI in full: names, unit, direction, how it adds up over time and over units, its grain.

    ``sources`` are ranked, the highest first. A ``ratio_of_sums`` names its two components and has
    no figures of its own; in the unit ``%`` it reads 95, not 0.95.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    name_zh: str
    name_en: str
    unit: str
    direction: Direction
    over_time: OverTime
    over_units: OverUnits
    frequency: Frequency
    grain: Grain
    owner_id: UUID
    sources: tuple[str, ...] = ()
    numerator_id: UUID | None = None
    denominator_id: UUID | None = None


def carries_goals(source: str) -> bool:
    """Whether a source would carry objectives into the KPIs, and so into appraisals."""
    return source.strip().lower().replace("-", "_") in CARRIERS_OF_GOALS


# What can have happened


class Defined(Fact, name="metrics.Kpi.Defined"):
    """The KPI has its first definition."""

    definition: Definition


class Redefined(Fact, name="metrics.Kpi.Redefined"):
    """The KPI has a further definition, from a day on."""

    number: int
    definition: Definition
    effective_from: date
    reason: str


# What can be asked


@dataclass(frozen=True)
class Kpi:
    """A KPI: defined once under its code; later versions may rename it, change its owner, its
    sources or the way units add up, never what a figure means.
    """

    definition: Definition | None = None
    number: int = 0

    def define(self, definition: Definition, by: Voice) -> Iterator[Fact]:
        """Give the first definition; the same again records nothing, another one is refused."""
        by.must_keep_kpis()
        if definition == self.definition:
            return
        if self.definition is not None:
            raise KpiIsDefinedOtherwise(field="code", code=definition.code)
        self._must_be_sound(definition)
        yield Defined(definition=definition)

    def redefine(
        self, definition: Definition, effective_from: date, reason: str, by: Voice
    ) -> Iterator[Fact]:
        """Give a further version; saying what stands already records nothing."""
        by.must_keep_kpis()
        if definition == self.known():
            return
        self._must_mean_the_same(definition)
        self._must_be_sound(definition)
        yield Redefined(
            number=self.number + 1,
            definition=definition,
            effective_from=effective_from,
            reason=reason,
        )

    def known(self) -> Definition:
        """The definition; refused when there is none."""
        if self.definition is None:
            raise KpiIsUnknown
        return self.definition

    def _must_mean_the_same(self, definition: Definition) -> None:
        for word in MEANING:
            if getattr(definition, word) != getattr(self.known(), word):
                raise DefinitionIsAnotherKpi(field=word, code=definition.code)

    def _must_be_sound(self, definition: Definition) -> None:
        named = [c for c in (definition.numerator_id, definition.denominator_id) if c is not None]
        expected = 2 if definition.over_time == "ratio_of_sums" else 0
        if len(set(named)) != expected or len(named) != expected:
            raise ComponentsDoNotFit(field="numerator")
        if any(carries_goals(source) for source in definition.sources):
            raise SourceCarriesGoals(field="sources")

    # What is true afterwards

    def after(self, fact: Fact) -> "Kpi":
        """The KPI once this fact is known; assigns, never judges."""
        match fact:
            case Defined(definition=definition):
                return replace(self, definition=definition, number=1)
            case Redefined(definition=definition, number=number):
                return replace(self, definition=definition, number=number)
        return self
