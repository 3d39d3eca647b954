"""Who did it for whom: what stories say of whatever was done under a delegation."""

from typing import Any
from uuid import UUID

from shared.http.sentences import SHARED_LOCALES, Sentences

BY_HAND = "{sentence} ({hand} did this for {giver}.)"
SENTENCES = Sentences([SHARED_LOCALES], "stories")


def by_hand(
    line: dict[str, Any], language: str, actor: str | None, on_behalf_of: str | None
) -> dict[str, Any]:
    """The line of a story, which says whose hand it was where a person acted for another.

    What a service brings for somebody is theirs all the same: of that nothing is said.
    """
    if on_behalf_of is None or not _is_person(actor) or actor == on_behalf_of:
        return line
    people = {**line["people"], "hand": actor, "giver": on_behalf_of}
    sentence = SENTENCES.say(BY_HAND, language, {"sentence": line["sentence"]})
    return {**line, "sentence": sentence, "people": people}


def _is_person(actor: str | None) -> bool:
    try:
        return UUID(actor or "") is not None
    except ValueError:
        return False
