"""What metrics knows of a key result when someone speaks about it."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from services.metrics.domain.errors import (
    FigureDoesNotFit,
    KeyResultFollowsKpi,
    KeyResultIsClosed,
    NotAskedToCheckIn,
)
from services.metrics.domain.standing import Standing
from shared.kernel.actors import Actor

Form = Literal["metric", "threshold", "milestone", "boolean", "rubric", "baseline"]


@dataclass(frozen=True)
class Accountable:
    """A published key result: who answers for it, who else may speak, and how it is measured.

    ``speakers`` are the responsible's managers and the champions of their units; a deputy acts on
    the responsible's behalf under a named delegation. ``options`` are the names of the milestones
    or of the rubric's levels.
    """

    id: UUID
    responsible: UUID
    speakers: frozenset[UUID] = frozenset()
    form: Form = "metric"
    options: tuple[str, ...] = ()
    follows_kpi: bool = False
    open: bool = True

    def must_hear(self, by: Actor) -> None:
        """Responsible, deputy, manager and champion may speak; services bring what they said."""
        heard = {str(self.responsible), *map(str, self.speakers)}
        deputy = by.delegation is not None and by.on_behalf_of in heard
        if not (by.kind == "service" or by.id in heard or deputy):
            raise NotAskedToCheckIn

    def must_be_open(self) -> None:
        """Closed, dropped and cancelled key results take no further entries."""
        if not self.open:
            raise KeyResultIsClosed

    def must_be_measured_so(self, standing: Standing) -> None:
        """The figure is said in the form in which the key result is measured."""
        if self.follows_kpi:
            self._must_have_no_figure(standing)
        elif self.form == "milestone":
            self._must_name(standing.milestones_done, "milestones_done", standing.level)
            self._must_have_no_value(standing, "name the milestones that are done")
        elif self.form == "rubric":
            named = None if standing.level is None else (standing.level,)
            self._must_name(named, "level", standing.milestones_done)
            self._must_have_no_value(standing, "name the level that is reached")
        else:
            self._must_be_a_number(standing)

    def _must_have_no_figure(self, standing: Standing) -> None:
        if (standing.value, standing.milestones_done, standing.level) != (None, None, None):
            raise KeyResultFollowsKpi(field="value")

    def _must_name(self, named: tuple[str, ...] | None, field: str, other: object) -> None:
        unknown = [name for name in named or () if name not in self.options]
        if unknown or other is not None:
            raise FigureDoesNotFit(field=field, form=self.form, expected=", ".join(self.options))

    def _must_have_no_value(self, standing: Standing, expected: str) -> None:
        if standing.value is not None:
            raise FigureDoesNotFit(field="value", form=self.form, expected=expected)

    def _must_be_a_number(self, standing: Standing) -> None:
        if standing.milestones_done is not None or standing.level is not None:
            raise FigureDoesNotFit(field="value", form=self.form, expected="a number")
        if self.form == "boolean" and standing.value not in (None, 0, 1):
            raise FigureDoesNotFit(field="value", form=self.form, expected="1 or 0")
