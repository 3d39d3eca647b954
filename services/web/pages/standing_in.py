"""For whom somebody acts in this session: what the pages know of it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.web.clients.asking import Acting, Answer, Asking
from services.web.pages.language import to_translate
from services.web.pages.names import Names, by_id
from services.web.pages.sessions import Session
from services.web.pages.site import Site

# what can be delegated, as the directory says it and as pages do
AREAS = {
    "all": to_translate("Everything"),
    "goals": to_translate("Objectives"),
    "metrics": to_translate("KPIs"),
    "appraisal": to_translate("Appraisal"),
    "directory": to_translate("Organisation"),
}


class ActingEnded(Exception):
    """The delegation that was chosen does not hold any more; nothing is done under it."""


@dataclass(frozen=True)
class StandsFor:
    """The giver as the directory knows them, and the delegation that holds today."""

    giver: Answer
    delegation: Answer

    @property
    def acting(self) -> Acting:
        """How questions say so."""
        return Acting(self.person, UUID(str(self.delegation["delegation_id"])))

    @property
    def person(self) -> UUID:
        """The giver's id."""
        return UUID(str(self.delegation["giver_id"]))

    def covers(self, area: str) -> bool:
        """Whether work of this kind is delegated."""
        return bool({"all", area} & set(self.delegation["scope"]))


def held(me: Answer) -> list[dict[str, Any]]:
    """The delegations under which somebody may act today."""
    found: list[dict[str, Any]] = me.get("stands_in_for") or []
    return found


def banner(language: str, me: Answer, for_whom: StandsFor | None) -> dict[str, Any]:
    """What every page says of it: whether one may act for others, and for whom one does."""
    if for_whom is None:
        return {"may_stand_in": bool(held(me)), "stands_for": None}
    return {
        "may_stand_in": True,
        "stands_for": for_whom,
        "giver": Names(language, by_id([for_whom.giver])).person(for_whom.person),
        "acting_areas": [AREAS.get(one, one) for one in for_whom.delegation["scope"]],
    }


async def stands_for(site: Site, own: Asking, session: Session, me: Answer) -> StandsFor | None:
    """For whom the session's person acts; refused as ActingEnded, once, when that has ended."""
    if session.delegation is None:
        return None
    chosen = str(session.delegation)
    found = next((one for one in held(me) if str(one["delegation_id"]) == chosen), None)
    if found is None:
        await site.sessions.act(session.session_id, None, None)
        raise ActingEnded
    return StandsFor(await site.directory.person(own, UUID(str(found["giver_id"]))), found)
