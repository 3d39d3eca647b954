"""Founding a unit; renaming, moving and staffing it."""

from asyncio import gather
from collections.abc import Mapping
from uuid import UUID, uuid4, uuid5

from fastapi import APIRouter
from starlette.responses import Response

from services.web.clients.asking import Answer
from services.web.pages.names import Names, by_id, is_id
from services.web.pages.organisation.picking import picks, still_seeks
from services.web.pages.organisation.sending import sent
from services.web.pages.organisation.unit_picking import unit_picks
from services.web.pages.organisation.words import UNIT_KINDS
from services.web.pages.typing_in import Filled, blank, filled
from services.web.pages.visits import Visit, Visiting

routes = APIRouter()
LEADING, PARENT = ("head_id", "champion_id"), ("parent_id",)
ROOT_OF_IDS = UUID("6b0f5f0a-6c0e-4b39-9a63-6f2c7d1c6f11")


@routes.get("/units/found")
async def found_page(visit: Visiting, below: str = "") -> Response:
    """The form of a new unit; below which one, when that is known already."""
    visit.must_be_now()
    form = blank(
        parent_id=below, kind="team", effective_from=visit.moment.today, key=uuid4(), **_no_names()
    )
    return await _form(visit, form, None)


@routes.post("/units/found")
async def found(visit: Visiting) -> Response:
    """Found it and show it, or the form again with what is wrong or who was found."""
    visit.must_be_now()
    form = await filled(visit.request)
    if still_seeks(form, LEADING + PARENT):
        return await _form(visit, form, None)
    form.must_say("code", "name_zh", "name_en", "effective_from")
    unit_id = uuid5(ROOT_OF_IDS, form.text("key"))
    entry = {
        "code": form.text("code"),
        "kind": form.text("kind"),
        "parent_id": form.given("parent_id"),
        "counts_as_department": bool(form.text("counts_as_department")),
    }
    done = await sent(visit, form, "register-units", {"units": [entry | _common(form, unit_id)]})
    if done is None:
        return await _form(visit, form, None, 422)
    return visit.go_on(f"/units/{unit_id}?done=saved", done.seen)


@routes.get("/units/{unit_id}/change")
async def change_page(visit: Visiting, unit_id: UUID) -> Response:
    """The form with what stands."""
    visit.must_be_now()
    unit = await visit.site.organisation.unit(visit.asking, unit_id)
    stands = {name: unit[name] for name in ("name_zh", "name_en", "parent_id", *LEADING)}
    form = blank(effective_from=visit.moment.today, key=uuid4(), **stands)
    return await _form(visit, form, unit)


@routes.post("/units/{unit_id}/change")
async def change(visit: Visiting, unit_id: UUID) -> Response:
    """Rename, move and staff it as described, or leave it unled; or show the form again."""
    visit.must_be_now()
    form = await filled(visit.request)
    unit = await visit.site.organisation.unit(visit.asking, unit_id)
    if still_seeks(form, LEADING + PARENT):
        return await _form(visit, form, unit)
    form.must_say("name_zh", "name_en", "effective_from")
    fixed = {name: unit[name] for name in ("code", "kind", "counts_as_department")}
    entry = fixed | {"parent_id": form.given("parent_id")} | _common(form, unit_id)
    done = await sent(visit, form, "register-units", {"units": [entry]})
    leads = vacant(form, unit) if done else []
    if leads:
        done = await sent(visit, form, "vacate-leads", {"leads": leads}, part="leads")
    if done is None:
        return await _form(visit, form, unit, 422)
    return visit.go_on(f"/units/{unit_id}?done=saved", done.seen)


def vacant(form: Filled, unit: Answer) -> list[Answer]:
    """What somebody leads now, and nobody from the day of the change on."""
    left = [who for who in LEADING if unit.get(who) and not is_id(form.text(who))]
    said = {"unit_id": str(unit["unit_id"]), "effective_from": form.text("effective_from")}
    return [said | {"part": who.removesuffix("_id")} for who in left]


def _no_names() -> Mapping[str, str]:
    return dict.fromkeys(("code", "name_zh", "name_en", *LEADING), "")


def _common(form: Filled, unit_id: UUID) -> Answer:
    return {
        "unit_id": str(unit_id),
        "name_zh": form.text("name_zh"),
        "name_en": form.text("name_en"),
        "effective_from": form.text("effective_from"),
        **{who: form.text(who) if is_id(form.text(who)) else None for who in LEADING},
    }


async def _form(visit: Visit, form: Filled, unit: Answer | None, status: int = 200) -> Response:
    own = str(unit["unit_id"]) if unit else ""
    names = Names(visit.asking.language, {}, by_id([unit] if unit else [], "unit_id"))
    leading, parents = await gather(
        picks(visit, form, LEADING, nobody=unit is not None),
        unit_picks(visit, form, PARENT, "top", outside=own),
    )
    return visit.show(
        "organisation/unit_form.html",
        status,
        section="organisation",
        here="units",
        form=form,
        unit=unit,
        named=names.unit(own),
        kinds=UNIT_KINDS,
        picks={**leading, **parents},
    )
