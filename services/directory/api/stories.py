"""What happened to a unit or a person, in order, in sentences out of the log."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter

from services.directory.api.sentences import WORDS, Told, told
from services.directory.domain.forgetting import LegalHoldPlaced, LegalHoldReleased
from shared.access.refusals_of_people import StoriesOfPeopleAreClosed
from shared.access.things import NOTHING, Thing
from shared.eventing.mapper import decode
from shared.http.hands import by_hand
from shared.http.reading import AsOf, Reading
from shared.kernel.facts import Envelope, Fact
from shared.kernel.refusals import NotFound

router = APIRouter(tags=["stories"])
HAPPENED = """
SELECT position, stream, version, recorded_at, name, state FROM log.facts
 WHERE stream = %(stream)s AND recorded_at <= %(moment)s::timestamptz ORDER BY position
"""
ABOUT_THE_LAW = (LegalHoldPlaced, LegalHoldReleased)


@router.get("/units/{unit_id}/story", name="unit-story")
def unit_story(reading: AsOf, unit_id: UUID) -> dict[str, Any]:
    """Everything that happened to a unit: where it lies, who leads it, when it is closed."""
    items = _told(reading, unit_id, "directory.Unit.", {})
    if not items:
        raise NotFound(field="unit_id", what="unit")
    return reading.told(items=items)


@router.get("/people/{person_id}/story", name="person-story")
def person_story(reading: AsOf, person_id: UUID) -> dict[str, Any]:
    """Everything that happened to a person: posts, managers, roles, delegations, coming and going;
    legal holds to those alone who may see them. What was personal of the forgotten is not told.
    """
    if not may_be_told(reading, person_id):
        raise StoriesOfPeopleAreClosed(field="person_id", action="see-stories-of-people")
    items = _told(reading, person_id, "directory.Person.", {"person": person_id})
    if not items:
        raise NotFound(field="person_id", what="person")
    return reading.told(items=items)


def may_be_told(reading: Reading, person_id: UUID) -> bool:
    """Whether the reader may hear what happened to this person."""
    return all(reading.may("see-stories-of-people", [Thing({"person": [person_id]})]))


def _told(reading: Reading, stream: UUID, kind: str, own: dict[str, UUID]) -> list[dict[str, Any]]:
    """The lines of one stream, which must be of this kind; ``own`` is whom all are about."""
    rows = reading.rows(HAPPENED, {"stream": stream})
    rows = [row for row in rows if row["name"].startswith(kind)]
    states = reading.reads.vault.open(
        [(row["stream"], row["version"], row["name"], bytes(row["state"])) for row in rows]
    )
    facts = [(row, *decode(row["name"], state)) for row, state in zip(rows, states, strict=True)]
    if any(isinstance(fact, ABOUT_THE_LAW) for _, fact, _ in facts):
        (may_see_holds,) = reading.may("see-legal-holds", [NOTHING])
        if not may_see_holds:
            facts = [one for one in facts if not isinstance(one[1], ABOUT_THE_LAW)]
    return [_line(reading, row, fact, envelope, own) for row, fact, envelope in facts]


def _line(
    reading: Reading, row: dict[str, Any], fact: Fact, envelope: Envelope, own: dict[str, UUID]
) -> dict[str, Any]:
    says, actor = told(fact), envelope.actor
    people = {"actor": actor.on_behalf_of or actor.id, **own, **says.people}
    if actor.on_behalf_of:
        people["through"] = actor.id
    line = {
        **{word: row[word] for word in ("recorded_at", "position", "version", "name")},
        "sentence": reading.say(says.template, says.details | _worded(reading, says)),
        "people": people,
        "units": says.units,
        "reason": getattr(fact, "reason", None) or None,
        "effective_from": says.effective_from,
    }
    return by_hand(line, reading.language, actor.id, actor.on_behalf_of)


def _worded(reading: Reading, says: Told) -> dict[str, str]:
    comma = "、" if reading.language == "zh-CN" else ", "
    return {
        part: comma.join(reading.say(WORDS[word], {}) for word in words)
        for part, words in says.words.items()
    }
