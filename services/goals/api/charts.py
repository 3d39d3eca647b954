"""Everything the chart of a key result needs: actuals, plan, original target and every revision."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from services.goals.api.knowing import KeyResultEntry
from services.goals.api.telling import Told, plain
from services.goals.domain.due import grace_days
from services.goals.domain.expected import expected_value
from services.goals.domain.measure import Measure, Metric
from services.goals.domain.standing import Rules, expected_by, progress_by, said_by
from services.goals.domain.targets import Step
from services.goals.domain.terms import KeyResultTerms

Happenings = Mapping[Any, Mapping[str, Any]]

FIGURES = frozenset({"target", "baseline", "stretch", "lower", "upper"})
CHARTED = ("target", "baseline", "stretch", "lower", "upper", "deadline", "weight", "title", "kpi")


def chart(entry: KeyResultEntry, day: date, rules: Rules, happened: Happenings) -> Told:
    """The series of a key result up to a business day.

    ``targets`` are the original and every revision that held or will hold, with their days;
    ``cancelled_targets`` those that a later one overtook before they could hold.
    ``happened`` maps the id of each known revision to what was said about it.
    """
    terms, original = entry.agreement.terms_on(day), entry.agreement.original
    targets = _steps(entry, "target", happened)
    return {
        "actual": list(_actuals(entry, day, rules)),
        "plan": _plan(terms),
        "original_plan": _plan(original),
        "original_target": plain(_target(original.measure)),
        "original_baseline": plain(_baseline(original.measure)),
        "targets": [step for step in targets if not _was_overtaken(step)],
        "cancelled_targets": [step for step in targets if _was_overtaken(step)],
        "history": {
            aspect: told for aspect in CHARTED if len(told := _steps(entry, aspect, happened)) > 1
        },
        "confidence": [
            {"on": row["observed_on"], "value": row["confidence"]}
            for row in entry.evidence.entries
            if row["confidence"] is not None and row["observed_on"] <= day
        ],
    }


def _target(measure: Measure) -> Decimal | None:
    return measure.target if isinstance(measure, Metric) else None


def _baseline(measure: Measure) -> Decimal | None:
    return measure.baseline if isinstance(measure, Metric) else None


def _actuals(entry: KeyResultEntry, day: date, rules: Rules) -> Iterator[Told]:
    last = entry.known.last_counting_day(day)
    if entry.evidence.figures or entry.evidence.definition:
        yield from _aggregates(entry, last, rules)
        return
    for row in entry.evidence.entries:
        if row["observed_on"] <= day:
            yield {**_entry(row, rules), "progress": _progresses(entry, row["observed_on"], rules)}


def _aggregates(entry: KeyResultEntry, last: date, rules: Rules) -> Iterator[Told]:
    terms = entry.agreement.terms_on(last)
    for day in entry.evidence.counting.days():
        if terms.start <= day <= min(terms.deadline, last):
            value = said_by(entry.known, terms, day).value
            progress = _progresses(entry, day, rules)
            yield {"on": day, "value": plain(value), "progress": progress}


def _progresses(entry: KeyResultEntry, day: date, rules: Rules) -> Told:
    terms, original = entry.agreement.terms_on(day), entry.agreement.original
    return {
        "vs_current": plain(progress_by(entry.known, terms, day, rules)),
        "vs_original": plain(progress_by(entry.known, original, day, rules)),
        "expected": plain(expected_by(terms, day)),
    }


def _entry(row: Mapping[str, Any], rules: Rules) -> Told:
    waited = row["first_recorded_at"].date() - row["observed_on"]
    return {
        "on": row["observed_on"],
        "value": plain(row["value"]),
        "milestones_done": row["milestones_done"],
        "level": row["level"],
        "confidence": row["confidence"],
        "late": waited > timedelta(days=grace_days(rules.cadence)),
        "corrected": row["corrected"],
        "entry_id": row["entry_id"],
        "recorded_at": row["first_recorded_at"],
        "actor": row["checked_in_by"],
    }


def _plan(terms: KeyResultTerms) -> list[Told]:
    """The corners of the plan line in figures; of anything but a metric in shares of the way."""
    eve = terms.start - timedelta(days=1)
    inner = [point.due for point in terms.plan if terms.start <= point.due < terms.deadline]
    measure = terms.measure
    if measure.type == "milestone":
        inner = [step.due for step in measure.milestones]
    days: Sequence[date] = sorted({eve, *inner, terms.deadline})
    return [{"on": day, "value": plain(_planned(terms, day))} for day in days]


def _planned(terms: KeyResultTerms, day: date) -> Decimal:
    share = expected_by(terms, day)
    return expected_value(terms.measure, share) if isinstance(terms.measure, Metric) else share


def _steps(entry: KeyResultEntry, aspect: str, happened: Happenings) -> list[Told]:
    return [_step(step, aspect, happened) for step in entry.agreement.steps(aspect)]


def _was_overtaken(told: Told) -> bool:
    """Whether a revision never held; the original always stays on the chart."""
    return told["revision_id"] is not None and told["cancelled_by"] is not None


def _step(step: Step[Any], aspect: str, happened: Happenings) -> Told:
    statement = step.statement
    revision = happened.get(statement.revision, {})
    says = revision.get("says", {})
    grounds = ("asked_by", "approved_by", "reason", "category", "retroactive")
    return {
        "from": step.first or statement.effective_from,
        "to": step.last,
        "value": _shown(aspect, statement.says[aspect]),
        "effective_from": statement.effective_from,
        "recorded_at": statement.recorded_at,
        "revision_id": statement.revision,
        "cancelled_by": step.cancelled_by,
        "actor": revision.get("actor"),
        "on_behalf_of": revision.get("on_behalf_of"),
        **{name: says.get(name) for name in grounds},
    }


def _shown(aspect: str, value: Any) -> Any:
    if aspect in FIGURES and value is not None:
        return plain(Decimal(value))
    return value.model_dump(mode="json") if hasattr(value, "model_dump") else value
