"""What happened to an appraisal or a scheme, in sentences, in order."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from shared.contracts import appraisals as said
from shared.http.hands import by_hand
from shared.http.reading import Reading

SENTENCES: dict[str, str] = {
    said.SchemeVersionDrafted.record_name: (
        "{actor} wrote down version {version} of the scheme {code}, to hold from {from_day}."
    ),
    said.SchemeVersionSigned.record_name: "{signer} signed version {version}.",
    said.SchemeVersionPutInForce.record_name: (
        "Two people have signed: version {version} is in force from {from_day}."
    ),
    said.AppraisalPlanned.record_name: (
        "{actor} planned the appraisal for {period}, {first} to {last}; {manager} reviews."
    ),
    said.AppraisalReplanned.record_name: "{actor} replaced the plan; {manager} reviews.",
    said.SelfReviewOpened.record_name: "{actor} asked {subject} for the self review.",
    said.SelfReviewGiven.record_name: "{by} reviewed themselves: {marks}.",
    said.SelfReviewClosed.record_name: "{actor} closed the self review without marks.",
    said.ManagerReviewGiven.record_name: "{by} reviewed as manager: {marks}.",
    said.BonusGiven.record_name: "{author} gave a bonus of {points} points.",
    said.DeductionTaken.record_name: "{author} took off {points} points.",
    said.VetoRaised.record_name: "{author} raised a veto: the lowest band.",
    said.EntryWithdrawn.record_name: "{author} took an entry back.",
    said.ResultSealed.record_name: "{by} sealed the result: {total} points, band {band}.",
    said.EvidenceChanged.record_name: (
        "A KPI under the sealed result was corrected (record {position} of the feed {feed})."
        " The total would be {total_would_be}; the sealed result stands."
    ),
    said.ChangeDismissed.record_name: "{by} left the sealed result as it is.",
    said.Reopened.record_name: "{by} accepted the correction and reopened the appraisal.",
    said.SignedOff.record_name: "{by} signed the result off.",
}
SECTIONS = ("ability", "values")
PEOPLE = ("signer", "by", "author", "manager", "subject")
STORY = """
SELECT recorded_at, position, version, name, actor, on_behalf_of, said FROM stories
WHERE stream = %(stream)s AND (%(moment)s = 'infinity' OR recorded_at <= %(moment)s::timestamptz)
ORDER BY version
"""


def story(reading: Reading, stream: UUID, subject: UUID | None = None) -> list[dict[str, Any]]:
    """The sentences of one stream; people stay as placeholders that clients fill with names."""
    return [_told(reading, row, subject) for row in reading.rows(STORY, {"stream": stream})]


def _told(reading: Reading, row: Mapping[str, Any], subject: UUID | None) -> dict[str, Any]:
    says = dict(row["said"])
    details = {**says, **says.get("plan", {}), **says.get("result", {}), **says.get("evidence", {})}
    people = {name: details.pop(name) for name in PEOPLE if details.get(name)}
    people["actor"] = row["on_behalf_of"] or row["actor"]
    if subject is not None:
        people["subject"] = str(subject)
    if "marks" in says:
        marks = (f"{_section(reading, mark['section'])} {mark['points']}" for mark in says["marks"])
        details["marks"] = ", ".join(marks)
    details.setdefault("total_would_be", "–")
    line = {
        "recorded_at": row["recorded_at"],
        "position": row["position"],
        "version": row["version"],
        "name": row["name"],
        "sentence": reading.say(SENTENCES[row["name"]], _without_people(details)),
        "people": people,
        "reason": says.get("reason"),
        "category": None,
        "effective_from": says.get("from_day"),
        "observed_on": None,
    }
    return by_hand(line, reading.language, row["actor"], row["on_behalf_of"])


def _section(reading: Reading, code: str) -> str:
    """The name of a section of our templates; a company's own sections go by their codes."""
    return reading.say(code, {}) if code in SECTIONS else code


def _without_people(details: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in details.items() if key not in (*PEOPLE, "actor")}
