"""The story of an objective, a key result, a KPI, a unit or a person: sentences in order, with
who, when and why.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from services.host.reach import Declined, Reach, everybody
from shared.http.sentences import ERASED_WORDS
from shared.kernel.erased import is_erased
from shared.kernel.ids import id_of

PATHS = {
    "objective": ("goals", "/objectives/{id}/story"),
    "key-result": ("goals", "/key-results/{id}/story"),
    "kpi": ("metrics", "/kpis/{id}/story"),
    "unit": ("directory", "/units/{id}/story"),
    "person": ("directory", "/people/{id}/story"),
}


@dataclass(frozen=True)
class Told:
    """One sentence of a story, with the instant it was recorded and where it stands in the log."""

    recorded_at: datetime
    sentence: str
    position: int
    version: int
    reason: str | None


def find(reach: Reach, kind: str, thing: str, language: str) -> str:
    """The id of what is meant by an id, a code of the import, a title, or part of one.

    Refused as Declined when nothing, or more than one thing, is meant.
    """
    with suppress(ValueError):
        return str(UUID(thing))
    wanted = thing.casefold()
    everything = dict(_everything(reach, kind, language))
    by_code = str(id_of(kind.replace("-", "_"), thing))
    if by_code in everything:
        return by_code
    found = {key: title for key, title in everything.items() if wanted in title.casefold()}
    found = {key: title for key, title in found.items() if wanted == title.casefold()} or found
    if len(found) != 1:
        lines = "\n".join(f"  {key}  {title}" for key, title in (found or everything).items())
        raise Declined(f"{len(found)} found for {thing!r}; name one of these by its id:\n{lines}")
    return next(iter(found))


def _everything(reach: Reach, kind: str, language: str) -> Iterator[tuple[str, str]]:
    if kind == "kpi":
        for kpi in reach.get("metrics", "/kpis", language)["items"]:
            yield kpi["id"], f"{kpi['code']} {kpi['name_zh']} {kpi['name_en']}"
        return
    if kind == "unit":
        for unit in reach.get("directory", "/units")["units"]:
            yield unit["unit_id"], f"{unit['code']} {unit['name_zh']} {unit['name_en']}"
        return
    if kind == "person":
        for person in everybody(reach):
            yield person["person_id"], f"{person['name']} {person['name_en']}"
        return
    for objective in reach.get("goals", "/objectives", language)["items"]:
        if kind == "objective":
            yield objective["id"], objective["title"]
        else:
            for key_result in objective["key_results"]:
                yield key_result["id"], key_result["title"]


def story(
    reach: Reach,
    kind: str,
    thing: str,
    language: str,
    as_of: str | None = None,
    subject: str | None = None,
) -> list[Told]:
    """Everything that happened to one thing, oldest first, told with people's names.

    ``subject`` narrows a KPI's story to one person's or unit's figures and commitments.
    """
    service, path = PATHS[kind]
    told = reach.get(service, path.format(id=thing), language, as_of=as_of, subject=subject)
    entries: Sequence[Mapping[str, Any]] = told["items"]
    names = _names(reach, entries, language)
    return [_sentence(entry, names) for entry in entries]


def local(instant: datetime, zone: ZoneInfo) -> str:
    """An instant on the tenant's clock, to the second."""
    return instant.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")


def _sentence(entry: Mapping[str, Any], names: Mapping[str, str]) -> Told:
    named = {**entry["people"], **entry.get("units", {})}
    people = {place: names.get(str(who), str(who)) for place, who in named.items()}
    return Told(
        recorded_at=datetime.fromisoformat(entry["recorded_at"]),
        sentence=entry["sentence"].format_map(_Named(people)),
        position=entry["position"],
        version=entry["version"],
        reason=entry.get("reason"),
    )


class _Named(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def _known(name: str, language: str) -> str:
    return ERASED_WORDS[language] if is_erased(name) else name


def _names(reach: Reach, entries: Sequence[Mapping[str, Any]], language: str) -> dict[str, str]:
    wanted = {str(who) for entry in entries for who in entry["people"].values()}
    field = "name" if language == "zh-CN" else "name_en"
    names: dict[str, str] = {}
    try:
        people = [one for one in everybody(reach) if one["person_id"] in wanted]
        names = {one["person_id"]: _known(one[field], language) for one in people}
        units = reach.get("directory", "/units")["units"]
    except Declined:
        return names
    field = "name_zh" if language == "zh-CN" else "name_en"
    return names | {unit["unit_id"]: unit[field] for unit in units}
