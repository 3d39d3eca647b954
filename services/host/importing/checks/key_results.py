"""Checks of key results: what each measure needs, milestones and levels, plans, weights."""

from collections.abc import Iterator
from decimal import Decimal

from services.host.importing.checks.days import fine_enough, in_order
from services.host.importing.checks.objectives import window_of
from services.host.importing.faults import Fault
from services.host.importing.layout.book import sheet
from services.host.importing.rows import Book, Row

FULL = Decimal(100)
# Weights are kept as basis points.
PERCENT_PLACES = 2
NEEDED = {
    "metric": ("baseline", "target"),
    "threshold": ("operator",),
    "at_least": ("low",),
    "at_most": ("high",),
    "between": ("low", "high"),
    "period_ratio": ("judged_by",),
}
USED = {
    "metric": ("baseline", "target", "stretch", "kpi", "kpi_subject"),
    "threshold": ("operator", "low", "high", "judged", "judged_by"),
}
MEASURES = (*USED["metric"], *USED["threshold"])
STEPPED = {"milestone": "due", "rubric": "value"}


def check(book: Book) -> Iterator[Fault]:
    """Every key result can be measured, and its weights leave something for everyone."""
    for row in book.rows("key_results"):
        yield from _measure(row)
        yield from _window(book, row)
        yield from _measured_by_kpi(book, row)
    yield from _steps(book)
    yield from _plans(book)
    yield from _weights(book)


def _measure(row: Row) -> Iterator[Fault]:
    kind = row.text("type")
    for why in ("type", "operator", "judged"):
        for key in NEEDED.get(row.text(why), ()) if row.says(why) else ():
            if not row.says(key):
                yield row.fault(key, "needed_for", why=row.word(why))
    for key in MEASURES:
        if kind and row.says(key) and key not in USED.get(kind, ()):
            yield row.fault(key, "not_used_for", why=row.word("type"))
    yield from _figures(row)


def _figures(row: Row) -> Iterator[Fault]:
    baseline, target, stretch = (row.figure(key) for key in ("baseline", "target", "stretch"))
    low, high = row.figure("low"), row.figure("high")
    if baseline is not None and baseline == target:
        yield row.fault("target", "target_equals_baseline")
    if (
        baseline is not None
        and target is not None
        and stretch is not None
        and (stretch - target) * (target - baseline) < 0
    ):
        yield row.fault("stretch", "stretch_short")
    if low is not None and high is not None and low > high:
        yield row.fault("low", "bounds_crossed")


def _window(book: Book, row: Row) -> Iterator[Fault]:
    yield from in_order(row, "start", "deadline")
    objective = book.by_code("objectives").get(row.text("objective"))
    window = window_of(book, objective) if objective else None
    for key in ("start", "deadline"):
        day = row.day(key)
        if window and day and not window[0] <= day <= window[1]:
            yield row.fault(key, "outside_cycle", first=window[0], last=window[1])


def _measured_by_kpi(book: Book, row: Row) -> Iterator[Fault]:
    if not row.says("kpi"):
        return
    if not row.says("kpi_subject"):
        yield row.fault("kpi_subject", "needed_for", why=row.text("kpi"))
    kpi = book.by_code("kpis").get(row.text("kpi"))
    if kpi and kpi.text("over_time") == "sum" and row.figure("baseline") not in {None, Decimal(0)}:
        yield row.fault("baseline", "sum_begins_at_zero")


def _steps(book: Book) -> Iterator[Fault]:
    rows = book.by_code("key_results")
    stepped = {row.text("key_result") for row in book.rows("steps")}
    for code, row in rows.items():
        if row.text("type") in STEPPED and code not in stepped:
            yield row.fault("type", "no_steps", sheet=sheet("steps").title)
    for row in book.rows("steps"):
        owner = rows.get(row.text("key_result"))
        if owner is not None and owner.says("type"):
            yield from _step(row, owner)


def _step(row: Row, owner: Row) -> Iterator[Fault]:
    kind, why = owner.text("type"), owner.word("type")
    if kind not in STEPPED:
        yield row.fault("key_result", "steps_not_wanted", why=why)
        return
    if not row.says(STEPPED[kind]):
        yield row.fault(STEPPED[kind], "needed_for", why=why)
    value, weight = row.figure("value"), row.figure("weight")
    if value is not None and not 0 <= value <= 1:
        yield row.fault("value", "out_of_range", low=0, high=1)
    if weight is not None and (weight < 0 or weight != weight.to_integral_value()):
        yield row.fault("weight", "not_whole")


def _plans(book: Book) -> Iterator[Fault]:
    rows, objectives = book.by_code("key_results"), book.by_code("objectives")
    for point in book.rows("plan_points"):
        row = rows.get(point.text("key_result"))
        if row is None:
            continue
        if row.text("type") != "metric" and row.says("type"):
            yield point.fault("key_result", "not_used_for", why=row.word("type"))
        objective = objectives.get(row.text("objective"))
        window = window_of(book, objective) if objective else None
        day = point.day("day")
        if window and day:
            first, last = row.day("start") or window[0], row.day("deadline") or window[1]
            if not first <= day <= last:
                yield point.fault("day", "plan_off_window", first=first, last=last)


def _weights(book: Book) -> Iterator[Fault]:
    given: dict[str, Decimal] = {}
    for row in book.rows("key_results"):
        yield from fine_enough(row, "weight", PERCENT_PLACES)
        weight = row.figure("weight")
        if weight is not None and not 0 <= weight <= FULL:
            yield row.fault("weight", "out_of_range", low=0, high=100)
        objective = row.text("objective")
        given[objective] = given.get(objective, Decimal(0)) + (weight or Decimal(0))
    for row in book.rows("key_results"):
        total = given[row.text("objective")]
        if not row.says("weight") and total >= FULL:
            yield row.fault("weight", "weights_full", objective=row.text("objective"), total=total)
