"""What a chart draws, as plain data: the browser's script draws it, the table twin repeats it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.web.pages.formats import Formats, decimal
from services.web.pages.names import Names

Json = Mapping[str, Any]


@dataclass(frozen=True)
class TargetStep:
    """One target and how it came about; the first is the original and has no reason."""

    begins: str
    value: object
    recorded_at: str
    who: str
    approved_by: str
    reason: str
    category: str
    retroactive: bool
    original: bool


def steps(targets: Sequence[Json], names: Names) -> list[TargetStep]:
    """Every target in the order it took effect, with the people's names."""
    return [_step(said, names, first=number == 0) for number, said in enumerate(targets)]


def _step(said: Json, names: Names, *, first: bool) -> TargetStep:
    who = said.get("asked_by") or said.get("actor")
    approved = said.get("approved_by")
    return TargetStep(
        begins=str(said["from"]),
        value=said["value"],
        recorded_at=str(said.get("recorded_at") or ""),
        who=names.actor(who) if who else "",
        approved_by=names.actor(approved) if approved else "",
        reason=str(said.get("reason") or ""),
        category=str(said.get("category") or ""),
        retroactive=bool(said.get("retroactive")),
        original=first,
    )


def over_time(
    series: Json,
    targets: Sequence[TargetStep],
    window: tuple[str, str],
    formats: Formats,
    unit: object = None,
) -> dict[str, Any]:
    """The chart of actual, plan, original target and every revision between two days.

    Figures are JSON numbers because they are only drawn; the texts beside them are exact.
    """
    first, last = window
    return {
        "window": [first, last],
        "actual": [_point(p, formats, unit) for p in series.get("actual", ())],
        "plan": [[p["on"], _drawn(p["value"])] for p in series.get("plan", ())],
        "original": _line(targets[0].value, first, last) if targets else [],
        "targets": [_drawn_step(step, formats) for step in targets],
        "lines": [],
    }


def in_shares(series: Json, window: tuple[str, str], formats: Formats) -> dict[str, Any]:
    """The chart of what is not measured in figures: progress and plan in percent of the way."""
    known = [
        (p["on"], (p.get("progress") or {}).get("vs_current")) for p in series.get("actual", ())
    ]
    plan = [(p["on"], p["value"]) for p in series.get("plan", ())]
    return {
        "window": list(window),
        "actual": [
            {"on": on, "value": _hundredfold(p), "text": formats.percent(p), "day": formats.day(on)}
            for on, p in known
            if p is not None
        ],
        "plan": [[on, _hundredfold(share)] for on, share in plan],
        "original": [],
        "targets": [],
        "lines": [],
        "unit": "%",
    }


def _hundredfold(share: object) -> float | None:
    figure = decimal(share)
    return None if figure is None else float(figure * 100)


def _point(said: Json, formats: Formats, unit: object) -> dict[str, Any]:
    return {
        "on": said["on"],
        "value": _drawn(said["value"]),
        "text": formats.measured(said["value"], unit),
        "day": formats.full_day(said["on"]),
    }


def _drawn_step(step: TargetStep, formats: Formats) -> dict[str, Any]:
    return {
        "on": step.begins,
        "value": _drawn(step.value),
        "text": formats.number(step.value),
        "day": formats.full_day(step.begins),
        "who": step.who,
        "why": step.reason,
        "original": step.original,
    }


def _line(value: object, first: str, last: str) -> list[list[Any]]:
    return [[first, _drawn(value)], [last, _drawn(value)]]


def _drawn(value: object) -> float | None:
    figure = decimal(value)
    return None if figure is None else float(figure)


def sparkline(values: Sequence[object], lowest: float = 0, highest: float = 10) -> str:
    """An SVG path through the values in a box of 100 × 30; empty below two values."""
    known = [float(v) for v in map(decimal, values) if v is not None]
    if len(known) < 2:
        return ""
    across = 100 / (len(known) - 1)
    height = [28 - 26 * (value - lowest) / (highest - lowest) for value in known]
    points = (f"{index * across:.1f} {y:.1f}" for index, y in enumerate(height))
    return "M" + " L".join(points)


def kpi_over_time(said: Json, terms: Sequence[TargetStep], formats: Formats) -> dict[str, Any]:
    """The chart of one KPI in one period: the course, and the lines of its commitment."""
    period = said["period"]
    given = said.get("series") or {}
    reached = [p | {"value": p["cumulative"]} for p in given.get("actual", ())]
    series = {"actual": reached, "plan": given.get("plan", ())}
    window = (str(period["first"]), str(period["last"]))
    chart = over_time(series, terms, window, formats, said.get("unit"))
    lines = {name: said.get(name) for name in ("baseline", "threshold", "stretch")}
    chart["lines"] = [
        {"name": name, "value": _drawn(value), "text": formats.number(value)}
        for name, value in lines.items()
        if decimal(value) is not None
    ]
    return chart
