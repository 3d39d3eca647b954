"""The rows of thirteen weeks of check-ins, and the correction of one."""

from datetime import date
from typing import Any

from services.host.demo.figures import amount
from services.host.demo.telling import Told, in_language, key_results, told
from services.host.importing.layout.words import Language
from services.host.importing.writing import Entry

SERIES = ("values", "done", "reached")
QUESTIONS = {"progress": "progress", "obstacles": "obstacles", "support": "support_needed"}


def check_ins(language: Language) -> list[Entry]:
    """Every check-in in the order in which they were given."""
    days: list[date] = told("company")["check_ins"]["days"]
    return [
        row
        for number, day in enumerate(days, start=1)
        for key_result in key_results()
        for row in _on(key_result, number, day, language)
    ]


def _on(key_result: Told, number: int, day: date, language: Language) -> list[Entry]:
    series = next((key_result[name] for name in SERIES if name in key_result), ())
    if number > len(series):
        return []
    note = key_result.get("notes", {}).get(str(number), {})
    row: dict[str, Any] = {
        "code": code_of(key_result, number),
        "key_result": key_result["code"],
        "observed_on": day,
        "confidence": key_result["confidence"][number - 1],
        "by": key_result["responsible"],
        **_standing(key_result, number, language),
    }
    for told_as, column in QUESTIONS.items():
        row[column] = in_language(note[told_as], language) or None if told_as in note else None
    return [row]


def code_of(key_result: Told, number: int) -> str:
    """The code of one check-in: the key result's and the number of the week."""
    return f"C-{key_result['code']}-{number:02}"


def _standing(key_result: Told, number: int, language: Language) -> dict[str, Any]:
    names = [in_language(step["name"], language) for step in key_result.get("steps", ())]
    if "done" in key_result:
        return {"milestones_done": tuple(names[: key_result["done"][number - 1]])}
    if "reached" in key_result:
        level = key_result["reached"][number - 1]
        return {"level": names[level] if level >= 0 else None}
    value = key_result.get("mistyped", {}).get(str(number), key_result["values"][number - 1])
    return {"value": None if value == "" else amount(value)}


def corrections(language: Language) -> list[Entry]:
    """The check-ins that were mistyped, put right."""
    fix = told("business")["mistyped_check_in"]
    return [
        {
            "code": f"K-{code_of(key_result, int(number))}",
            "corrects": code_of(key_result, int(number)),
            "value": amount(key_result["values"][int(number) - 1]),
            "reason": in_language(fix["reason"], language),
            "by": fix["by"],
            "recorded_on": fix["corrected_on"],
        }
        for key_result in key_results()
        for number in key_result.get("mistyped", {})
    ]
