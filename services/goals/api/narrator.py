"""Puts happenings into sentences, remembering what held before each of them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from services.goals.api.sentences import AIMS, GOALS, OF_CHECK_INS, TEMPLATES, WORDS
from services.goals.api.telling import plain
from shared.http.hands import by_hand
from shared.http.reading import Reading

Told = dict[str, Any]
Says = Mapping[str, Any]

# The aspect whose value before and after a happening speaks of.
REVISED = {
    "key_result.target_revised.v1": "target",
    "key_result.stretch_revised.v1": "stretch",
    "key_result.baseline_corrected.v1": "baseline",
    "key_result.weight_revised.v1": "weight",
    "key_result.start_revised.v1": "start",
    "key_result.deadline_revised.v1": "deadline",
    "key_result.reworded.v1": "title",
    "key_result.responsible_revised.v1": "responsible_id",
    "objective.reworded.v1": "title",
    "objective.kind_revised.v1": "kind",
    "objective.priority_revised.v1": "priority",
    "objective.weight_revised.v1": "weight",
    "objective.responsible_revised.v1": "responsible_id",
}
KEPT = ("reason", "category", "effective_from", "retroactive", "revision_id")
VERBATIM = frozenset({"reason", "text", "title", "code", "note", "description"})
PUBLISHED = GOALS + "objective.published.v1"


class Narrator:
    """Tells happenings in order; ask for each once, from the first on."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._objective: dict[str, Any] = {}
        self._key_results: dict[str, dict[str, Any]] = {}

    def tell(self, row: Mapping[str, Any], about: UUID | None = None) -> Told:
        """One happening as an entry of the story; a publication may be told of one key result."""
        says, name = row["says"], row["name"]
        before = self._before(says)
        self._remember(says)
        told_of = self._told_of(row, about)
        if name == PUBLISHED and about is not None:
            name = GOALS + "key_result.published.v1"
        details = self._details(name, says, before, told_of)
        sentence = self._say(TEMPLATES[name], details)
        if says.get("approved_by"):
            sentence = self._say(WORDS["approved"], {"sentence": sentence})
        line = {
            "recorded_at": row["recorded_at"],
            "position": row["position"],
            "version": row["version"],
            "name": row["name"],
            "key_result_id": told_of,
            "sentence": sentence,
            "people": self._people(row, before),
            **{kept: says.get(kept) for kept in KEPT},
            "observed_on": None,
        }
        return by_hand(line, self._reading.language, row["actor"], row["on_behalf_of"])

    def tell_check_in(self, row: Mapping[str, Any], kind: str, at: datetime) -> Told:
        """A check-in, its correction or its withdrawal as an entry of the story."""
        details = {"observed_on": row["observed_on"], "figure": self._figure(row)}
        line = {
            "recorded_at": at,
            "position": row["rank"],
            "version": None,
            "name": f"cairn.metrics.key_result.{kind}",
            "key_result_id": row["key_result_id"],
            "sentence": self._say(OF_CHECK_INS[kind], details),
            "people": {"actor": row["checked_in_by"], "responsible": str(row["responsible_id"])},
            **dict.fromkeys(KEPT),
            "observed_on": row["observed_on"],
        }
        hand = row["entered_by"] if kind == "checked_in" else None
        return by_hand(line, self._reading.language, hand, row["checked_in_by"])

    def _say(self, template: str, details: Mapping[str, Any]) -> str:
        return self._reading.say(template, details)

    def _told_of(self, row: Mapping[str, Any], about: UUID | None) -> UUID | None:
        says = row["says"]
        published = {terms["key_result_id"] for terms in says.get("key_results") or ()}
        successor = (says.get("successor") or {}).get("key_result_id")
        if about is not None and str(about) in {*published, successor}:
            return about
        key_result: UUID | None = row["key_result_id"]
        return key_result

    def _before(self, says: Says) -> dict[str, Any]:
        key = says.get("key_result_id")
        return dict(self._key_results.get(key, {}) if key else self._objective)

    def _remember(self, says: Says) -> None:
        terms = says.get("terms") or {}
        for joined in (terms, says.get("successor") or {}, *_published(says)):
            if "key_result_id" in joined:
                known = {**joined, **joined["measure"]}
                self._key_results[joined["key_result_id"]] = known
        key = says.get("key_result_id")
        if key:
            whole = {**says, **(says.get("measure") or {})}
            self._key_results[key] = {**self._key_results.get(key, {}), **whole}
        else:
            self._objective |= {**says, **({} if "key_result_id" in terms else terms)}

    def _details(self, name: str, says: Says, before: Says, told_of: UUID | None) -> dict[str, Any]:
        known = self._key_results.get(str(told_of), {}) if told_of else self._objective
        aspect = REVISED.get(name.removeprefix(GOALS), "")
        named = before if says.get("key_result_id") else known
        shown = _SHOWN.get(aspect, _figure)
        return {
            **{name: _said(name, value) for name, value in says.items() if _is_plain(value)},
            "title": known.get("title", ""),
            "key_result": named.get("title", ""),
            "count": len(says.get("key_results") or ()),
            "deadline": known.get("deadline", ""),
            "before": self._word(shown(before.get(aspect))),
            "after": self._word(shown(says.get(aspect))),
            "bounds": self._aim(known) if known.get("type") == "threshold" else "",
            "aim": self._aim(known) if "type" in known else "",
            "successor": (says.get("successor") or {}).get("title", ""),
            "mode": self._word((says.get("link") or {}).get("mode", "")),
            "cadence": self._word(str(says.get("cadence", ""))),
        } | _left_open()

    def _aim(self, known: Says) -> str:
        kind = known["operator"] if known["type"] == "threshold" else known["type"]
        items = known.get("milestones") or known.get("levels") or ()
        figures = {k: _figure(v) for k, v in known.items() if _is_plain(v)}
        return self._say(AIMS[kind], {**figures, "count": len(items)}).strip()

    def _figure(self, row: Mapping[str, Any]) -> str:
        done = row["milestones_done"]
        parts = [
            (row["value"] is not None, "figure", {"value": _figure(row["value"])}),
            (bool(done), "milestones", {"milestones": ", ".join(done or ())}),
            (done == [], "no_milestones", {}),
            (row["level"] is not None, "level", {"level": row["level"]}),
            (row["confidence"] is not None, "confidence", {"confidence": row["confidence"]}),
        ]
        said = [self._say(WORDS[word], details) for is_said, word, details in parts if is_said]
        return ", ".join(said) or self._word("nothing")

    def _word(self, word: str) -> str:
        return self._say(WORDS[word], {}) if word in WORDS else word

    def _people(self, row: Mapping[str, Any], before: Says) -> dict[str, str]:
        says = row["says"]
        holder = says.get("holder") or {}
        named = {
            "actor": row["on_behalf_of"] or row["actor"],
            "via": row["actor"] if row["on_behalf_of"] else None,
            "asked_by": says.get("asked_by"),
            "approver": says.get("approved_by"),
            "responsible": says.get("responsible_id"),
            "previous": before.get("responsible_id") if says.get("responsible_id") else None,
            "holder": holder.get("id"),
        }
        return {role: who for role, who in named.items() if who}


def _published(says: Says) -> tuple[Says, ...]:
    return tuple(says.get("key_results") or ()) if "published_on" in says else ()


def _left_open() -> dict[str, str]:
    people = ("actor", "responsible", "previous", "approver", "holder")
    return {who: "{" + who + "}" for who in people}


def _said(name: str, value: object) -> str:
    return _verbatim(value) if name in VERBATIM else _figure(value)


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, str | int | Decimal)


def _figure(value: object) -> str:
    if value is None or value == "":
        return "nothing" if value is None else ""
    try:
        figure = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    text = plain(figure) or ""
    return f"{Decimal(text):,}" if figure.is_finite() else str(value)


def _share(value: object) -> str:
    if value is None:
        return "equal share"
    return f"{plain(Decimal(str(value)) / 100)} %"


def _verbatim(value: object) -> str:
    return "" if value is None else str(value)


_SHOWN: Mapping[str, Callable[[object], str]] = {
    "weight": _share,
    "title": _verbatim,
    "start": _verbatim,
    "deadline": _verbatim,
    "kind": _verbatim,
    "responsible_id": _verbatim,
}
