"""How the objectives of a house stand: each once, children before the parents they count for."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from uuid import UUID

from services.goals.api.knowing import House, KeyResultEntry, ObjectiveEntry
from services.goals.domain.due import Cadence
from services.goals.domain.objective_standing import (
    Line,
    ObjectiveStanding,
    Together,
    line,
    objective_standing,
)
from services.goals.domain.policy import PolicyWords
from services.goals.domain.rollup import Part
from services.goals.domain.standing import Rules
from services.goals.domain.weights import resolved


@dataclass(frozen=True)
class Stands:
    """An objective's standing, and the standing of each of its key results that had joined."""

    standing: ObjectiveStanding
    lines: tuple[tuple[KeyResultEntry, Line], ...]


class Standings:
    """Works out how objectives stand on one business day; nothing is worked out twice."""

    def __init__(self, house: House, on: date) -> None:
        self.house, self.on = house, on
        self._done: dict[UUID, Stands] = {}

    @cached_property
    def policy(self) -> tuple[int, PolicyWords]:
        """The policy that holds on the day, with its version."""
        return self.house.policy(self.on)

    def of(self, objective: ObjectiveEntry) -> Stands:
        """How an objective stands."""
        if objective.id not in self._done:
            self._done[objective.id] = self._worked_out(objective)
        return self._done[objective.id]

    def rules(self, objective: ObjectiveEntry) -> Rules:
        """What its key results are judged by: the cadence of its unit or cycle, and the policy."""
        calendar = self.house.calendar
        return Rules(
            cadence=self._cadence(objective),
            works=calendar.works,
            periods=calendar.periods,
            policy=self.policy[1].status_policy,
        )

    def _worked_out(self, objective: ObjectiveEntry) -> Stands:
        rules = self.rules(objective)
        lines = tuple(
            (entry, line(entry.known, self.on, rules, entry.evidence.check_ins.confidence(self.on)))
            for entry in objective.key_results
        )
        _, words = self.policy
        source = objective.row["terms"].get("progress_source", "key_results")
        standing = objective_standing(
            [one for _, one in lines],
            self._children(objective),
            self.on,
            rules,
            Together(words.roll_up_mode, words.roll_up_cap, source),
        )
        return Stands(standing, lines)

    def _children(self, objective: ObjectiveEntry) -> tuple[Part, ...]:
        known = [self.house.objectives[c] for c in self.house.children.get(objective.id, ())]
        children = [child for child in known if child.is_live]
        weights = resolved([None for _ in children])
        return tuple(
            self._as_part(child, weight) for child, weight in zip(children, weights, strict=True)
        )

    def _as_part(self, child: ObjectiveEntry, weight: int) -> Part:
        rolled = self.of(child).standing.vs_current
        return Part(rolled.progress, weight, expected=rolled.expected or Decimal(0))

    def _cadence(self, objective: ObjectiveEntry) -> Cadence:
        cycle = self.house.cycles.get(objective.row["cycle_id"])
        if cycle is None:
            return "weekly"
        holder = str(objective.holder_on(self.on).id)
        cadence: Cadence = cycle["unit_cadences"].get(holder, cycle["cadence"])
        return cadence
