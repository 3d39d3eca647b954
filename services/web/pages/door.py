"""The door: the ways in, signing out, choosing the language."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.responses import Response

from services.web.clients.asking import Answer
from services.web.clients.directory import works_here
from services.web.pages.language import COOKIE as LANGUAGE_COOKIE
from services.web.pages.language import LANGUAGES
from services.web.pages.letting_in import end_session, let_in, origin_of, put, turn_away
from services.web.pages.names import Names, by_id
from services.web.pages.sessions import COOKIE
from services.web.pages.site import Site, site_of
from services.web.pages.visits import own_address

routes = APIRouter()
A_YEAR = timedelta(days=365)
DEVELOPMENT = "development"


@routes.get("/sign-in")
async def sign_in_page(request: Request, next: str = "/") -> Response:  # noqa: A002
    """Every way in that this installation has."""
    return await door_page(request, next)


async def door_page(
    request: Request,
    on_to: str,
    refusal: str = "",
    name: str = "",
    status: int = 200,
) -> Response:
    """The door with what is said to whoever was not let in; their name is kept, nothing else."""
    site = site_of(request)
    people = await whom_one_may_be(request, site) if site.development_login else []
    names = Names(request.state.language, by_id(people))
    faces = [face(names, person) for person in in_order(people)]
    model = {
        "faces": faces,
        "next": own_address(on_to),
        "refusal": refusal,
        "name": name,
        "companies": [one.provider for one in site.companies.values()],
        "with_password": await site.passwords.is_open(),
    }
    return site.page(request, "sign_in.html", model, status)


@routes.post("/sign-in")
async def sign_in(
    request: Request,
    person: Annotated[UUID, Form()],
    next: Annotated[str, Form()] = "/",  # noqa: A002
) -> Response:
    """Begin a session of this person, who must be known to the directory."""
    site = site_of(request)
    if not site.development_login:
        raise HTTPException(404)
    if str(person) not in by_id(await whom_one_may_be(request, site)):
        await turn_away(request, DEVELOPMENT, "unknown")
        raise HTTPException(403)
    return await let_in(request, person, DEVELOPMENT, next)


@routes.get("/health/ways-in")
async def ways_in(request: Request) -> Response:
    """Which ways in are open, as the door shows them; for whoever runs the installation."""
    site = site_of(request)
    return JSONResponse(
        {
            "development": site.development_login,
            "passwords": await site.passwords.is_open(),
            "companies": [one.provider.called for one in site.companies.values()],
        }
    )


@routes.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """End the session at once, here and on the server."""
    site = site_of(request)
    cookie = request.cookies.get(COOKIE)
    said = await site.id_tokens.of(cookie) if cookie and site.id_tokens else ""
    session = await end_session(request, site)
    if session is not None:
        now, origin = site.clock.now(), origin_of(request)
        await site.sign_ins.note(now, session.way, "signed_out", origin, session.person)
    answer = await _company_too(request, site, session.way if session else "", said)
    answer.delete_cookie(COOKIE)
    return answer


async def _company_too(request: Request, site: Site, way: str, id_token: str) -> Response:
    """The door; or, for those who came through their company, the way to sign out there too."""
    door = next((one for one in site.companies.values() if one.provider.way == way), None)
    back = f"{site.address(request)}/sign-in"
    there = await door.way_to_sign_out(back, id_token) if door else None
    if door is None or there is None:
        return RedirectResponse("/sign-in", status_code=303)
    model = {"company": door.provider.called, "there": there}
    return site.page(request, "signed_out.html", model)


@routes.post("/language")
async def choose_language(
    request: Request, language: Annotated[str, Form()], back: Annotated[str, Form()] = "/"
) -> Response:
    """Remember the language for a year and go back to the page."""
    answer = RedirectResponse(own_address(back), status_code=303)
    if language in LANGUAGES:
        put(answer, LANGUAGE_COOKIE, language, A_YEAR, site_of(request))
    return answer


async def whom_one_may_be(request: Request, site: Site) -> list[Answer]:
    """Everybody who works here."""
    everyone = await site.directory.everyone(request.state.language)
    return [one for one in everyone if works_here(one, site.clock.today())]


def face(names: Names, person: dict[str, object]) -> dict[str, object]:
    """One person to sign in as: name and what they do here."""
    posts = person.get("posts") or []
    title = posts[0].get("title", "") if isinstance(posts, list) and posts else ""
    return {"who": names.person(person["person_id"]), "title": title}


def in_order(people: list[Answer]) -> list[Answer]:
    """Special roles first, then those who lead somebody, then the others by name."""
    leaders = {str(link["manager_id"]) for one in people for link in one.get("managers") or ()}

    def place(person: Answer) -> tuple[int, bool, str]:
        roles = {role["role"] for role in person.get("roles") or ()} - {"employee"}
        leads = str(person["person_id"]) in leaders
        return -len(roles), not leads, str(person.get("name_en", ""))

    return sorted(people, key=place)
