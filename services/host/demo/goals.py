"""The rows about the cycle, objectives, key results and their revisions."""

from services.host.demo.figures import amount
from services.host.demo.telling import Told, in_language, key_results, objectives, plain, told
from services.host.importing.layout.words import Language
from services.host.importing.writing import Entry

CYCLE_KEYS = ("code", "kind", "first", "last", "drafting_first", "drafting_last", "cadence")
OBJECTIVE_KEYS = ("code", "level", "holder", "responsible", "kind", "class", "origin", "priority")
LINK_KEYS = ("contributes_to", "supports", "drafted_on", "published_on")
KEY_RESULT_KEYS = ("code", "objective", "responsible", "type", "kpi", "kpi_subject")
MEASURE_KEYS = ("baseline", "target", "stretch", "operator", "low", "high", "judged", "judged_by")
REVISION_KEYS = ("code", "key_result", "what", "value", "category", "asked_by", "approved_by")


def cycles() -> list[Entry]:
    """The one cycle."""
    cycle = told("company")["cycle"]
    return [plain(cycle, *CYCLE_KEYS, "mid_review", "planned_by", "planned_on")]


def objective_rows(language: Language) -> list[Entry]:
    """Three objectives of the department and nine of people."""
    return [
        {
            **plain(objective, *OBJECTIVE_KEYS, *LINK_KEYS),
            "cycle": told("company")["cycle"]["code"],
            "title": in_language(objective["title"], language),
            "description": in_language(objective["description"], language) or None,
            "premises": tuple(in_language(said, language) for said in objective["premises"]),
        }
        for objective in objectives()
    ]


def key_result_rows(language: Language) -> list[Entry]:
    """Key results of every measure, as they were published."""
    return [
        {
            **plain(key_result, *KEY_RESULT_KEYS, *MEASURE_KEYS, "weight"),
            "title": in_language(key_result["title"], language),
            "unit": in_language(key_result["unit"], language) or None,
        }
        for key_result in key_results()
    ]


def steps(language: Language) -> list[Entry]:
    """The milestones of milestone key results, and the levels of rubrics."""
    return [
        {
            "key_result": key_result["code"],
            "name": in_language(step["name"], language),
            **plain(step, "weight", "due", "value"),
        }
        for key_result in key_results()
        for step in key_result.get("steps", ())
    ]


def plan_points() -> list[Entry]:
    """Intermediate targets."""
    return [
        {"key_result": key_result["code"], "day": day, "value": amount(value)}
        for key_result in key_results()
        for day, value in key_result.get("plan", ())
    ]


def revisions(language: Language) -> list[Entry]:
    """The four changes of mind, in order."""
    return [_revision(entry, language) for entry in told("changes")["revision"]]


def _revision(entry: Told, language: Language) -> Entry:
    return {
        **plain(entry, *REVISION_KEYS, "effective_from", "recorded_on"),
        "reason": in_language(entry["reason"], language),
    }
