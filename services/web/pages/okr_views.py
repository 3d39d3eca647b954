"""Objectives and key results as pages show them, out of what goals answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from services.web.pages.formats import NOTHING, Formats, decimal
from services.web.pages.language import catalogue, to_translate
from services.web.pages.names import Named, Names
from services.web.pages.status import STATUSES, Mark, status

Json = Mapping[str, Any]
KINDS = {
    "committed": to_translate("Committed"),
    "aspirational": to_translate("Aspirational"),
}
STEPS = to_translate("%(done)s of %(all)s steps done")
REACHED = to_translate("Reached")
NOT_YET = to_translate("Not yet")
NO_LONGER_RUNNING = ("draft", "closed", "postponed", "cancelled")


@dataclass(frozen=True)
class Progress:
    """Progress three ways, as ratios: against the current and the original target, and expected."""

    current: Decimal | None
    original: Decimal | None
    expected: Decimal | None


@dataclass(frozen=True)
class KeyResultView:
    """One key result in a list or at the head of its page."""

    id: str
    objective_id: str
    objective_title: str
    title: str
    type: str
    responsible: Named
    mark: Mark
    fill: str
    progress: Progress
    standing: str
    weight: int | None
    confidence: object
    due_on: object
    overdue: bool
    stale: bool
    dropped: bool
    added_later: bool
    revised: bool
    by_kpi: bool


@dataclass(frozen=True)
class ObjectiveView:
    """One objective in a list or at the head of its page."""

    id: str
    version: int
    title: str
    description: str
    kind: str
    stage: str
    holder: Named
    responsible: Named
    mark: Mark
    fill: str
    progress: Progress
    confidence: object
    score: Decimal | None
    revisions: int
    revised: bool
    stale: bool
    overdue: bool
    key_results: tuple[KeyResultView, ...]


class Showing:
    """Makes views in one language, with names at hand."""

    def __init__(self, names: Names, formats: Formats) -> None:
        self.names, self.formats = names, formats

    def objective(self, said: Json) -> ObjectiveView:
        """An objective with its key results; one that no longer runs shows its stage."""
        stage = str(said.get("stage", "published"))
        mark = STATUSES[stage] if stage in NO_LONGER_RUNNING else status(said.get("status"))
        progress = progress_of(said.get("progress") or {})
        rows = tuple(self.key_result(kr, said) for kr in said.get("key_results", ()))
        return ObjectiveView(
            id=str(said["id"]),
            version=int(said.get("version", 0)),
            title=str(said["title"]),
            description=str(said.get("description", "")),
            kind=KINDS.get(str(said.get("kind")), str(said.get("kind", ""))),
            stage=stage,
            holder=self.names.holder(said["holder"]),
            responsible=self.names.person(said.get("responsible_id")),
            mark=mark,
            fill=fill(mark),
            progress=progress,
            confidence=said.get("confidence"),
            score=decimal(said.get("score")),
            revisions=int(said.get("revisions") or 0),
            revised=progress.current != progress.original,
            stale=any(row.stale for row in rows),
            overdue=any(row.overdue for row in rows),
            key_results=rows,
        )

    def key_result(self, said: Json, objective: Json | None = None) -> KeyResultView:
        """A key result; ``objective`` where it is not named in the answer itself."""
        owner = objective or {}
        dropped = bool(said.get("dropped"))
        mark = STATUSES["dropped"] if dropped else status(said.get("status"))
        return KeyResultView(
            id=str(said["id"]),
            objective_id=str(said.get("objective_id") or owner.get("id", "")),
            objective_title=str(said.get("objective_title") or owner.get("title", "")),
            title=str(said["title"]),
            type=str(said.get("type", "metric")),
            responsible=self.names.person(said.get("responsible_id")),
            mark=mark,
            fill=fill(mark),
            progress=progress_of(said.get("progress") or {}),
            standing=self.standing(said),
            weight=said.get("weight"),
            confidence=said.get("confidence"),
            due_on=said.get("due_on"),
            overdue=bool(said.get("overdue")),
            stale=bool(said.get("stale")),
            dropped=dropped,
            added_later=bool(said.get("added_later")),
            revised=differs(said.get("target"), said.get("original_target")),
            by_kpi=bool(said.get("kpi")),
        )

    def standing(self, said: Json) -> str:
        """Where a key result stands, in its own measure: ``962 / 1,100 customers``."""
        actual, unit = said.get("actual"), said.get("unit")
        match said.get("type"):
            case "metric":
                return self._of_target(actual, said.get("target"), unit)
            case "threshold":
                return f"{self.formats.measured(actual, unit)} ({self._bounds(said)})"
            case "milestone":
                steps = said.get("milestones") or ()
                return self._word(STEPS) % {"done": sum(map(_done, steps)), "all": len(steps)}
            case "rubric":
                return str(said.get("level") or NOTHING)
            case "boolean":
                return self._word(REACHED if decimal(actual) else NOT_YET)
        return self.formats.measured(actual, unit)

    def _of_target(self, actual: object, target: object, unit: object) -> str:
        reached = self.formats.short(actual, unit) or NOTHING
        return f"{reached} / {self.formats.measured(target, unit)}"

    def _bounds(self, said: Json) -> str:
        low, high = said.get("lower"), said.get("upper")
        unit = said.get("unit")
        if low is None or high is None:
            sign, bound = ("≥", low) if high is None else ("≤", high)
            return f"{sign} {self.formats.measured(bound, unit)}"
        return f"{self.formats.number(low)} – {self.formats.measured(high, unit)}"

    def _word(self, text: str) -> str:
        return str(catalogue(self.names.language).gettext(text))


def _done(step: Json) -> bool:
    return bool(step.get("done"))


def progress_of(said: Json) -> Progress:
    """The three ratios of an answer."""
    return Progress(
        decimal(said.get("vs_current")),
        decimal(said.get("vs_original")),
        decimal(said.get("expected")),
    )


def differs(current: object, original: object) -> bool:
    """Whether the current figure is another than the original one."""
    return decimal(original) is not None and decimal(current) != decimal(original)


def fill(mark: Mark) -> str:
    """The colour of a progress bar: only what needs attention departs from the calm one."""
    return mark.tone if mark.tone in ("warn", "bad", "calm") else ""


def people_in(*answers: Json) -> set[str]:
    """The ids of all people that these objectives and key results speak of."""
    found: set[str] = set()
    for said in answers:
        holder = said.get("holder") or {}
        found |= {str(holder["id"])} if holder.get("kind") == "person" else set()
        found |= {str(said["responsible_id"])} if said.get("responsible_id") else set()
        found |= people_in(*said.get("key_results", ()))
    return found
