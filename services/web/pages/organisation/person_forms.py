"""Registering a person; changing names, posts and managers."""

from asyncio import gather
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid4, uuid5

from fastapi import APIRouter
from starlette.responses import Response

from services.web.clients.asking import Answer
from services.web.pages.language import to_translate
from services.web.pages.names import Names, by_id, is_id
from services.web.pages.organisation.picking import picks, still_seeks
from services.web.pages.organisation.sending import sent
from services.web.pages.organisation.unit_picking import unit_picks
from services.web.pages.organisation.words import MANAGER_KINDS
from services.web.pages.typing_in import PLEASE_FILL_IN, Filled, blank, figure_of, filled
from services.web.pages.visits import Visit, Visiting

routes = APIRouter()
MANAGERS = tuple(f"manager_{kind}" for kind in MANAGER_KINDS)
ROWS = 6
UNITS = tuple(f"unit_id_{row}" for row in range(ROWS))
FULL_TIME = 10_000
LANGUAGES = {"zh-CN": to_translate("Chinese"), "en": to_translate("English")}
NOT_A_SHARE = to_translate("Please enter a share of full time from 1 to 100, for example 50.")
ROOT_OF_IDS = UUID("0d1c8f5e-2f6d-4a55-8a0c-3b1d9a7e4c20")


@routes.get("/people/register")
async def register_page(visit: Visiting, unit: str = "") -> Response:
    """The form of somebody who begins to work here."""
    visit.must_be_now()
    form = blank(
        name="", name_en="", locale=visit.asking.language, unit_id_0=unit, share_0="100",
        effective_from=visit.moment.today, key=uuid4(),
    )  # fmt: skip
    return await _form(visit, form, None)


@routes.post("/people/register")
async def register(visit: Visiting) -> Response:
    """Register them and show them, or the form again."""
    visit.must_be_now()
    form = await filled(visit.request)
    if still_seeks(form, MANAGERS + UNITS):
        return await _form(visit, form, None)
    person_id = uuid5(ROOT_OF_IDS, form.text("key"))
    return await _taken_in(visit, form, person_id, None)


@routes.get("/people/{person_id}/change")
async def change_page(visit: Visiting, person_id: UUID) -> Response:
    """The form with what stands."""
    visit.must_be_now()
    person = await visit.site.organisation.person(visit.asking, person_id)
    stands = {name: person.get(name) for name in ("name", "name_en", "locale")}
    for row, post in enumerate(person["posts"][:ROWS]):
        stands |= {f"unit_id_{row}": post["unit_id"], f"title_{row}": post["title"]}
        stands[f"share_{row}"] = format((Decimal(post["share"]) / 100).normalize(), "f")
    stands |= {f"manager_{link['kind']}": link["manager_id"] for link in person["managers"]}
    form = blank(effective_from=visit.moment.today, key=uuid4(), **stands)
    return await _form(visit, form, person)


@routes.post("/people/{person_id}/change")
async def change(visit: Visiting, person_id: UUID) -> Response:
    """Have them stand as described, or show the form again."""
    visit.must_be_now()
    form = await filled(visit.request)
    person = await visit.site.organisation.person(visit.asking, person_id)
    if still_seeks(form, MANAGERS + UNITS):
        return await _form(visit, form, person)
    return await _taken_in(visit, form, person_id, person)


async def _taken_in(visit: Visit, form: Filled, person_id: UUID, person: Answer | None) -> Response:
    form.must_say("name", "name_en", "effective_from")
    posts, rows = posts_of(form)
    entry = {
        "person_id": str(person_id),
        **{name: form.text(name) for name in ("name", "name_en", "locale", "effective_from")},
        "posts": posts,
        "managers": managers_of(form),
        "roles": None,  # they have a form of their own
    }
    if person and person.get("time_zone"):
        entry["time_zone"] = person["time_zone"]
    body = {"people": [entry]}
    done = await sent(visit, form, "register-people", body, {"posts": rows})
    links = ended(form, person_id, person) if done else []
    if links:
        done = await sent(visit, form, "end-managers", {"links": links}, part="managers")
    if done is None:
        return await _form(visit, form, person, 422)
    return visit.go_on(f"/people/{person_id}?done=saved", done.seen)


def posts_of(form: Filled) -> tuple[list[Answer], list[int]]:
    """The posts that were typed, and from which rows; notes what is wrong at the fields."""
    posts, rows = [], []
    for row in range(ROWS):
        unit_id, title = form.text(f"unit_id_{row}"), form.text(f"title_{row}")
        if not unit_id and not title:
            continue
        if not unit_id or not title:
            form.errors[f"title_{row}" if unit_id else f"unit_id_{row}"] = PLEASE_FILL_IN
        share = figure_of(form.text(f"share_{row}") or "100")
        if share is None or not 1 <= share <= 100:
            form.errors[f"share_{row}"] = NOT_A_SHARE
            share = Decimal(100)
        posts.append({"unit_id": unit_id, "title": title, "share": int(share * 100)})
        rows.append(row)
    return posts, rows


def managers_of(form: Filled) -> list[Answer]:
    """The managers that were chosen, by kind."""
    chosen = {kind: form.text(f"manager_{kind}") for kind in MANAGER_KINDS}
    return [{"kind": kind, "manager_id": who} for kind, who in chosen.items() if is_id(who)]


def ended(form: Filled, person_id: UUID, person: Answer | None) -> list[Answer]:
    """The links to managers that hold no longer: each until the day before the change."""
    last = date.fromisoformat(form.text("effective_from")) - timedelta(days=1)
    kinds = [link["kind"] for link in (person or {}).get("managers", ())]
    chosen = {link["kind"] for link in managers_of(form)}
    link = {"person_id": str(person_id), "last_day": last.isoformat()}
    return [link | {"kind": kind} for kind in kinds if kind not in chosen]


async def _form(visit: Visit, form: Filled, person: Answer | None, status: int = 200) -> Response:
    rows = range(min(max(_typed(form), default=-1) + 2, ROWS))
    managers, posts = await gather(
        picks(visit, form, MANAGERS, nobody=True),
        unit_picks(visit, form, UNITS[: len(rows)], "post"),
    )
    names = Names(visit.asking.language, by_id([person] if person else []))
    return visit.show(
        "organisation/person_form.html",
        status,
        section="organisation",
        here="people",
        form=form,
        person=person,
        named=names.person(person["person_id"] if person else ""),
        rows=rows,
        languages_of=LANGUAGES,
        manager_kinds=MANAGER_KINDS,
        picks={**managers, **posts},
    )


def _typed(form: Filled) -> list[int]:
    """The rows in which something was chosen, typed or sought."""
    names = ("unit_id_{}", "unit_id_{}_sought", "title_{}")
    return [row for row in range(ROWS) if any(form.text(name.format(row)) for name in names)]
