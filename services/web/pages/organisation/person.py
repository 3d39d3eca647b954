"""One person: posts, managers, what they lead, roles, delegations, whether they may act, and what
happened to them, for those to whom it is told.
"""

from asyncio import gather
from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from services.web.clients.asking import Answer
from services.web.pages.language import to_translate
from services.web.pages.names import is_id
from services.web.pages.organisation.naming import names_in
from services.web.pages.organisation.rights import AREA, rights_of
from services.web.pages.organisation.trees import Tree
from services.web.pages.organisation.words import MANAGER_KINDS, ROLES
from services.web.pages.standing_in import AREAS
from services.web.pages.status import Mark
from services.web.pages.stories import people_of, told
from services.web.pages.visits import Visit, Visiting

routes = APIRouter()
REPORTS_SHOWN = 50
WORKS_HERE = Mark("good", "circle-check", to_translate("Works here"))
NOT_YET = Mark("calm", "clock", to_translate("Not yet here"))
LEFT = Mark("calm", "user-off", to_translate("Has left"))
CANNOT_ACT = Mark("bad", "ban", to_translate("Cannot act"))
TOLD = {
    "saved": to_translate("The person stands as you described them."),
    "granted": to_translate("The role is granted."),
    "revoked": to_translate("The role is taken back."),
    "delegated": to_translate("The delegation is given."),
    "undelegated": to_translate("The delegation is ended."),
    "left": to_translate("It is done. What they held is with whoever you named."),
    "held": to_translate(
        "It is done. Nobody has taken over what they lead or manage: appoint others."
    ),
    "back": to_translate("They may act again."),
}


WORDS: dict[str, Any] = {
    "told": TOLD,
    "roles": ROLES,
    "areas": AREAS,
    "manager_kinds": MANAGER_KINDS,
}


@routes.get("/people/{person_id}")
async def person(visit: Visiting, person_id: UUID, done: str = "") -> Response:
    """The page of one person."""
    me, asking, organisation = str(person_id), visit.asking, visit.site.organisation
    said, led, reports, delegations = await gather(
        organisation.person(asking, me),
        organisation.units(asking, lead=me),
        organisation.people(asking, manager=me, limit=REPORTS_SHOWN),
        organisation.delegations(asking, me),
    )
    story = await organisation.story_of_person(asking, me) if said["story_is_told"] else []
    others = others_in(said, delegations) | {who for who in people_of(story) if is_id(who)}
    posted = [post["unit_id"] for post in said["posts"]]
    within = await organisation.units_of(asking, posted, above=True)
    names = await names_in(
        visit,
        [said, *reports["people"]],
        others,
        units=[*within, *led],
        unit_ids=(given["unit_id"] for given in delegations if given.get("unit_id")),
    )
    today = str(visit.moment.on or visit.moment.today)
    return visit.show(
        "organisation/person.html",
        section="organisation",
        here="people",
        done=done,
        person=said,
        named=names.person(me),
        mark=standing(said, today),
        heads=[unit for unit in led if str(unit.get("head_id")) == me],
        champions=[unit for unit in led if str(unit.get("champion_id")) == me],
        reports=[(one, kinds_of(one, me)) for one in reports["people"]],
        delegations=[d for d in delegations if not d["ended"] and str(d["last"]) >= today],
        more_reports=bool(reports.get("next")),
        story=told(story, names),
        fresh=uuid4(),
        names=names,
        **WORDS,
        **_offered(visit, person_id, branch_of(said, Tree(within))),
    )


def _offered(visit: Visit, person_id: UUID, branch: set[str]) -> dict[str, bool]:
    """What the visitor may change about the person."""
    rights, now = rights_of(visit.rights_in(AREA)), not visit.moment.is_past
    own, in_own_name = (visit.person, visit.whose), visit.stands_for is None
    return {
        "may_delegate": now and visit.person == person_id and in_own_name,
        "may_change": now and rights.keep_people(branch),
        "may_grant": now and rights.grant_roles(branch) and person_id not in own,
    }


def standing(person: Answer, today: str) -> Mark:
    """Whether the person works here and may act on that day."""
    if str(person.get("employed_from") or "") > today:
        return NOT_YET
    if person.get("last_day") and str(person["last_day"]) < today:
        return LEFT
    return WORKS_HERE if person.get("active", True) else CANNOT_ACT


def branch_of(person: Answer, tree: Tree) -> set[str]:
    """The units in which the person holds posts, and all above them."""
    return {above for post in person["posts"] for above in tree.branch(str(post["unit_id"]))}


def kinds_of(person: Answer, manager_id: str) -> list[str]:
    """In which ways somebody manages this person."""
    links = person["managers"]
    return [str(link["kind"]) for link in links if str(link["manager_id"]) == manager_id]


def others_in(person: Answer, delegations: Iterable[Answer]) -> set[str]:
    """The ids of everybody else that the page speaks of."""
    managers = {str(link["manager_id"]) for link in person["managers"]}
    return managers | {str(d[who]) for d in delegations for who in ("giver_id", "receiver_id")}
