"""What metrics knows of a key result when someone speaks about it."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from services.metrics.domain.errors import (
    KeyResultFollowsKpi,
    KeyResultIsClosed,
    LevelExpected,
    MilestonesExpected,
    NumberExpected,
    YesOrNoExpected,
)
from services.metrics.domain.standing import Standing
from shared.access.refusals_of_figures import NotAskedToCheckIn
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
        own = by.on_behalf_of is None and by.id in heard
        deputy = by.delegation is not None and by.on_behalf_of in heard
        if not (by.kind == "service" or own or deputy):
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
            self._must_name_milestones(standing)
        elif self.form == "rubric":
            self._must_name_a_level(standing)
        else:
            self._must_be_a_number(standing)

    def _must_have_no_figure(self, standing: Standing) -> None:
        if (standing.value, standing.milestones_done, standing.level) != (None, None, None):
            raise KeyResultFollowsKpi(field="value")

    def _must_name_milestones(self, standing: Standing) -> None:
        known = set(standing.milestones_done or ()) <= set(self.options)
        if not known or standing.value is not None or standing.level is not None:
            raise MilestonesExpected(field="milestones_done", names=", ".join(self.options))

    def _must_name_a_level(self, standing: Standing) -> None:
        known = standing.level is None or standing.level in self.options
        if not known or standing.value is not None or standing.milestones_done is not None:
            raise LevelExpected(field="level", names=", ".join(self.options))

    def _must_be_a_number(self, standing: Standing) -> None:
        if standing.milestones_done is not None or standing.level is not None:
            raise NumberExpected(field="value")
        if self.form == "boolean" and standing.value not in (None, 0, 1):
            raise YesOrNoExpected(field="value")
