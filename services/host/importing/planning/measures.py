"""The measure of a key result, as goals names it."""

from services.host.importing.planning.command import Item
from services.host.importing.rows import Book, Row

FIGURES = ("baseline", "target", "stretch")
BOUNDS = {"low": "lower", "high": "upper"}


def measure(book: Book, row: Row) -> Item:
    """How the key result is measured, with milestones or levels from their sheet."""
    kind = row.text("type")
    match kind:
        case "metric":
            figures: Item = {key: row.figure(key) for key in FIGURES}
            return {"type": kind, **figures, "typed": _typed(row, {key: key for key in FIGURES})}
        case "threshold":
            return _threshold(row)
        case "milestone":
            steps = [
                {
                    "name": step.text("name"),
                    "weight": int(step.figure("weight") or 1),
                    "due": step.day("due"),
                }
                for step in _steps(book, row)
            ]
            return {"type": kind, "milestones": steps}
        case "rubric":
            levels = [
                {"name": step.text("name"), "value": step.figure("value")}
                for step in _steps(book, row)
            ]
            return {"type": kind, "levels": levels}
    return {"type": kind}


def plan_of(book: Book, row: Row) -> list[Item]:
    """The intermediate targets of the key result, in the order of their days."""
    points = [
        {"due": point.day("day"), "value": point.figure("value")}
        for point in book.rows("plan_points")
        if point.text("key_result") == row.text("code")
    ]
    return sorted(points, key=lambda point: str(point["due"]))


def _threshold(row: Row) -> Item:
    return {
        "type": "threshold",
        "operator": row.text("operator"),
        "lower": row.figure("low"),
        "upper": row.figure("high"),
        "judged": row.text("judged") or "instant",
        "period": row.text("judged_by") or None,
        "typed": _typed(row, BOUNDS),
    }


def _typed(row: Row, named: dict[str, str]) -> Item:
    """What people typed where it is more than the bare figure: ``500万``, ``1,200``."""
    return {
        name: row.typed[key]
        for key, name in named.items()
        if row.says(key) and not _is_bare(row.typed[key])
    }


def _is_bare(typed: str) -> bool:
    return typed.replace(".", "", 1).lstrip("-").isdigit() and typed.isascii()


def _steps(book: Book, row: Row) -> list[Row]:
    return [step for step in book.rows("steps") if step.text("key_result") == row.text("code")]
