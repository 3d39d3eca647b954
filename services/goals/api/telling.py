"""Objectives and key results as clients read them: decimals as strings, ids, no names of people."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from services.goals.api.knowing import KeyResultEntry, ObjectiveEntry
from services.goals.api.standings import Standings, Stands
from services.goals.domain.measure import Metric, Milestones, Rubric, Threshold
from services.goals.domain.objective_standing import Line
from services.goals.domain.progress import is_degenerate
from services.goals.domain.rollup import RollUp
from services.goals.domain.score import Band, band, shown
from services.goals.domain.standing import Standing
from services.goals.domain.status import confidence_band
from services.goals.domain.terms import KeyResultTerms

Told = dict[str, Any]


def plain(value: Decimal | None) -> str | None:
    """A decimal without exponent or trailing zeros; ``None`` stays."""
    if value is None:
        return None
    text = format(value.normalize(), "f")
    return "0" if text in ("-0", "") else text


def objective(entry: ObjectiveEntry, standings: Standings) -> Told:
    """One objective with its figures and its key results, as it stands on the day."""
    stands, day = standings.of(entry), standings.on
    return {
        **_itself(entry, day),
        **_figures(stands, standings.policy[0]),
        **_ending(entry, standings),
        "key_results": [key_result(one, line) for one, line in stands.lines],
        "alignments": [dict(parent) for parent in _parents(entry)],
    }


def _itself(entry: ObjectiveEntry, day: date) -> Told:
    row, terms = entry.row, entry.row["terms"]
    said = {aspect: entry.on(day, aspect) for aspect in ("title", "description", "kind")}
    kept = ("level", "objective_class", "origin", "premises", "progress_source", "visibility")
    return {
        "id": entry.id,
        "version": row["version"],
        "cycle_id": row["cycle_id"],
        "stage": row["stage"],
        **said,
        "original_title": terms.get("title"),
        "priority": entry.on(day, "priority"),
        "weight": entry.on(day, "weight"),
        "holder": entry.on(day, "holder"),
        "responsible_id": entry.on(day, "responsible_id"),
        **{name: terms.get(name) for name in kept},
        "continued_from": terms.get("continued_from"),
        "published_on": row["published_on"],
        "late": row["late"],
        **_revised(entry.revised_at),
    }


def _revised(at: tuple[Any, ...]) -> Told:
    return {"revisions": len(at), "last_revised_at": max(at, default=None)}


def _figures(stands: Stands, policy_version: int) -> Told:
    standing = stands.standing
    return {
        "progress": {
            "vs_current": plain(standing.vs_current.progress),
            "vs_original": plain(standing.vs_original.progress),
            "expected": plain(standing.vs_current.expected),
            "expected_original": plain(standing.vs_original.expected),
            "coverage": plain(standing.vs_current.coverage),
            "reason": standing.vs_current.reason,
            "formula": _formula(standing.vs_current),
            "policy_version": policy_version,
        },
        "status": standing.status,
        "overdue": standing.overdue,
        "stale": standing.stale,
        **_confidence(standing.confidence),
    }


def _formula(rolled: RollUp) -> str | None:
    return None if rolled.progress is None else "Σ w·clamp(p, 0, cap) / Σ w"


def _confidence(value: Decimal | None) -> Told:
    return {
        "confidence": plain(value),
        "confidence_band": None if value is None else confidence_band(value),
    }


def _ending(entry: ObjectiveEntry, standings: Standings) -> Told:
    row = entry.row
    closing: Mapping[str, Any] = row["closing"] or {}
    given = closing.get("score")
    score = None if given is None else Decimal(given)
    return {
        "score": given,
        "score_original": closing.get("proposed_original"),
        "score_proposed": closing.get("proposed_current"),
        "score_shown": None if score is None else plain(shown(score)),
        "band": None if score is None else _band(entry, score, standings),
        "closing": row["closing"],
        "ended_on": row["ended_on"],
        "ended_reason": row["ended_reason"],
        "ended_category": row["ended_category"],
        "carried_into": row["carried_into"],
    }


def _band(entry: ObjectiveEntry, score: Decimal, standings: Standings) -> Told:
    words = standings.policy[1]
    kind = entry.on(standings.on, "kind")
    given = words.committed_bands if kind == "committed" else words.aspirational_bands
    ladder = [Band(one.name, one.from_score, "neutral") for one in given]
    reached = band(score, kind, ladder)
    return {"name": reached.name, "colour": reached.colour}


def _parents(entry: ObjectiveEntry) -> list[Told]:
    return [
        {
            "objective_id": parent["parent_objective_id"],
            "key_result_id": parent["parent_key_result_id"],
            "mode": parent["mode"],
            "title": parent["title"],
        }
        for parent in entry.parents
    ]


def key_result(entry: KeyResultEntry, line: Line) -> Told:
    """One key result with its figures, as it stands on the day."""
    standing = line.standing
    return {
        **_agreed(entry, standing.terms),
        "dropped": not line.lives,
        "dropped_from": entry.known.dropped_from,
        "successor_id": entry.successor_id,
        "added_later": entry.known.added_later,
        "joined_on": entry.joined_on,
        **_measured(entry, line),
        "observed_on": standing.observed_on,
        "progress": _progress(standing),
        "status": standing.status,
        "reported_status": _reported(entry),
        "due_on": standing.attention.due,
        "overdue": line.lives and standing.attention.overdue,
        "stale": line.lives and standing.attention.stale,
        **_confidence(None if line.confidence is None else Decimal(line.confidence)),
        "kpi": _kpi(entry, line),
        **_revised(entry.revised_at),
    }


def _agreed(entry: KeyResultEntry, terms: KeyResultTerms) -> Told:
    original = entry.agreement.original
    return {
        "id": entry.id,
        "objective_id": entry.objective_id,
        "number": entry.number,
        "title": terms.title,
        "original_title": original.title,
        "responsible_id": terms.responsible_id,
        "weight": terms.weight,
        "original_weight": original.weight,
        "start": terms.start,
        "deadline": terms.deadline,
        "unit": terms.unit,
        "relative_aim": plain(terms.relative_aim),
    }


def _progress(standing: Standing) -> Told:
    progress = standing.progress
    return {
        "vs_current": plain(progress.current),
        "vs_original": plain(progress.original),
        "baseline_effect": plain(progress.baseline_effect),
        "target_effect": plain(progress.target_effect),
        "expected": plain(standing.expected),
        "expected_original": plain(standing.expected_original),
    }


def _measured(entry: KeyResultEntry, line: Line) -> Told:
    measure, original = line.standing.terms.measure, entry.agreement.original.measure
    said = line.standing.said
    told: Told = {"type": measure.type, "actual": plain(said.value), "degenerate_range": False}
    if isinstance(measure, Metric):
        first = original if isinstance(original, Metric) else measure
        told |= {
            "baseline": plain(measure.baseline),
            "target": plain(measure.target),
            "stretch": plain(measure.stretch),
            "original_baseline": plain(first.baseline),
            "original_target": plain(first.target),
            "degenerate_range": is_degenerate(measure),
        }
    elif isinstance(measure, Threshold):
        told |= measure.model_dump(mode="json", include={"operator", "lower", "upper", "judged"})
    elif isinstance(measure, Milestones):
        done = said.milestones_done or frozenset()
        told["milestones"] = [
            {**step.model_dump(mode="json"), "done": step.name in done}
            for step in measure.milestones
        ]
    elif isinstance(measure, Rubric):
        told |= {"level": said.level, "levels": measure.model_dump(mode="json")["levels"]}
    return told


def _reported(entry: KeyResultEntry) -> str | None:
    reported = (row["reported_status"] for row in reversed(entry.evidence.entries))
    return next((status for status in reported if status), None)


def _kpi(entry: KeyResultEntry, line: Line) -> Told | None:
    binding, definition = line.standing.terms.kpi, entry.evidence.definition
    if binding is None:
        return None
    known = ("code", "name_zh", "name_en", "unit", "direction", "over_time", "frequency")
    return {
        **binding.model_dump(),
        **{name: definition[name] if definition else None for name in known},
    }
