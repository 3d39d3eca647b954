"""Stories in sentences: people and units get their names here, where the directory is at hand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from services.web.pages.names import Names

# Units and people: drawing and colour by a part of a fact's name.
OF_THE_ORGANISATION = {
    "unit.founded": ("flag", ""),
    "unit.closed": ("lock", ""),
    "employmentended": ("user-off", "revised"),
    "deactivated": ("ban", "revised"),
    "employed": ("user", ""),
    "role": ("key", ""),
    "delegation": ("arrows-exchange", ""),
    "handedover": ("arrows-exchange", ""),
    "post": ("briefcase", ""),
    "moved": ("sitemap", "revised"),
}


@dataclass(frozen=True)
class Line:
    """One thing that happened: when, in words, why; ``icon`` and ``tone`` hint at its kind."""

    recorded_at: str
    sentence: str
    reason: str
    name: str
    icon: str
    tone: str


def told(story: Iterable[Mapping[str, Any]], names: Names) -> list[Line]:
    """The lines of a story, the latest first."""
    return [_line(said, names) for said in reversed(list(story))]


def people_of(story: Iterable[Mapping[str, Any]]) -> set[str]:
    """The ids of everybody in a story."""
    return {str(who) for said in story for who in (said.get("people") or {}).values() if who}


def units_of(story: Iterable[Mapping[str, Any]]) -> set[str]:
    """The ids of all units in a story."""
    return {str(which) for said in story for which in (said.get("units") or {}).values()}


def _line(said: Mapping[str, Any], names: Names) -> Line:
    people = {role: names.actor(who) for role, who in (said.get("people") or {}).items()}
    units = {part: names.unit(which).name for part, which in (said.get("units") or {}).items()}
    icon, tone = _look(str(said.get("name", "")))
    sentence = _filled(str(said.get("sentence", "")), people | units)
    reason = str(said.get("reason") or "")
    return Line(
        recorded_at=str(said["recorded_at"]),
        sentence=sentence,
        reason="" if reason in sentence else reason,
        name=str(said.get("name", "")),
        icon=icon,
        tone=tone,
    )


def _filled(sentence: str, people: Mapping[str, str]) -> str:
    for role, name in people.items():
        sentence = sentence.replace("{" + role + "}", name)
    return sentence


def _look(name: str) -> tuple[str, str]:
    """Drawing and colour by the last word of a record's name."""
    word = name.lower()
    if "checked_in" in word or "checkedin" in word or "measured" in word:
        return "checkbox", "checked"
    if "corrected" in word or "withdrawn" in word:
        return "pencil", "revised"
    if look := next((look for part, look in OF_THE_ORGANISATION.items() if part in word), None):
        return look
    if any(part in word for part in ("revised", "dropped", "added", "replaced", "reworded")):
        return "git-commit", "revised"
    if "published" in word or "agreed" in word:
        return "flag", ""
    if "sealed" in word or "closed" in word:
        return "lock", ""
    return "info-circle", ""
