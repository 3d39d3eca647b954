"""One person: posts, managers, what they lead, roles, delegations, and whether they may act."""

from asyncio import gather
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.web.clients.asking import Answer
from services.web.pages.language import to_translate
from services.web.pages.names import Names, by_id
from services.web.pages.organisation.rights import rights_of
from services.web.pages.organisation.trees import Tree
from services.web.pages.organisation.units import tree_of
from services.web.pages.organisation.words import MANAGER_KINDS, ROLES
from services.web.pages.status import Mark
from services.web.pages.visits import Visit, Visiting

routes = APIRouter()
WORKS_HERE = Mark("good", "circle-check", to_translate("Works here"))
NOT_YET = Mark("calm", "clock", to_translate("Not yet here"))
LEFT = Mark("calm", "user-off", to_translate("Has left"))
CANNOT_ACT = Mark("bad", "ban", to_translate("Cannot act"))


@routes.get("/people/{person_id}")
async def person(visit: Visiting, person_id: UUID, done: str = "") -> Response:
    """The page of one person."""
    said, tree = await gather(
        visit.site.organisation.person(visit.asking, person_id), tree_of(visit)
    )
    names = await names_in(visit, tree, said)
    me, rights = str(person_id), rights_of(visit.me)
    now = not visit.moment.is_past
    return visit.show(
        "organisation/person.html",
        section="organisation",
        here="people",
        done=done,
        person=said,
        named=names.person(me),
        mark=standing(said, str(visit.moment.on or visit.moment.today)),
        heads=[u for u in tree.units.values() if str(u.get("head_id")) == me],
        champions=[u for u in tree.units.values() if str(u.get("champion_id")) == me],
        names=names,
        roles=ROLES,
        manager_kinds=MANAGER_KINDS,
        myself=visit.person == person_id,
        may_change=now and rights.keep(branch_of(said, tree)),
        may_grant=now and rights.grant,
    )


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


async def names_in(visit: Visit, tree: Tree, person: Answer) -> Names:
    """The names of all units, of the person, and of those who manage them."""
    others = sorted(str(link["manager_id"]) for link in person["managers"])
    found = await visit.site.directory.people(visit.asking, others) if others else []
    return Names(visit.asking.language, by_id([*found, person]), tree.units)
