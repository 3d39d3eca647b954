"""Name and password: coming in with them, and changing one's own."""

from datetime import timedelta
from math import ceil
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from services.web.clients.asking import Asking
from services.web.pages.credentials.passwords import weakness
from services.web.pages.door import door_page
from services.web.pages.language import to_translate
from services.web.pages.letting_in import let_in, origin_of, turn_away
from services.web.pages.site import site_of
from services.web.pages.typing_in import Filled, blank, filled
from services.web.pages.visits import Visit, Visiting

routes = APIRouter()
WAY = "password"
WRONG = to_translate("Name and password do not belong together. Check both and try again.")
WAIT = to_translate("Too many tries. Wait a while before you try again.")
INACTIVE = to_translate(
    "Your account here is not active. Ask your HR department or whoever runs Cairn."
)
NOT_THIS = to_translate("This is not your present password.")
NOT_THE_SAME = to_translate("The two do not match. Type the new password again.")


@routes.post("/sign-in/password")
async def sign_in(
    request: Request,
    name: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=1_000)] = "",
    next: Annotated[str, Form()] = "/",  # noqa: A002
) -> Response:
    """Begin a session of whoever name and password belong to."""
    site = site_of(request)
    now = site.clock.now()
    checked = await site.passwords.check(name, password, origin_of(request), now)
    if checked.person is None:
        if checked.outcome == "wrong_password":
            return await door_page(request, next, WRONG, name, 422)
        answer = await door_page(request, next, WAIT, name, 429)
        answer.headers["Retry-After"] = str(ceil(checked.wait / timedelta(seconds=1)))
        return answer
    asking = Asking(None, request.state.language)
    if await site.directory.active(asking, checked.person, site.clock.today()) is None:
        await turn_away(request, WAY, "inactive", checked.person, checked.tried)
        return await door_page(request, next, INACTIVE, name, 422)
    return await let_in(request, checked.person, WAY, next, checked.tried)


@routes.get("/password")
async def password_page(visit: Visiting, done: str = "") -> Response:
    """The form to change one's own password, for those who have one here."""
    return await _form(visit, blank(), done=bool(done))


@routes.post("/password")
async def change_password(visit: Visiting) -> Response:
    """Change one's own password; every other session of one's own ends."""
    site, form = visit.site, await filled(visit.request)
    account = await site.passwords.account_of(visit.person)
    if account is None:
        return await _form(visit, form)
    form.must_say("present", "new", "again")
    weak = weakness(form.typed.get("new", ""), account.name)
    if weak and not form.errors:
        form.errors["new"] = weak
    if form.typed.get("new") != form.typed.get("again"):
        form.errors.setdefault("again", NOT_THE_SAME)
    origin, now = origin_of(visit.request), site.clock.now()
    if not form.errors:
        present = form.typed.get("present", "")
        checked = await site.passwords.check(account.name, present, origin, now)
        if checked.outcome != "right":
            form.errors["present"] = NOT_THIS if checked.outcome == "wrong_password" else WAIT
    if form.errors:
        return await _form(visit, form, status=422)
    await site.passwords.set_password(account, form.typed["new"], origin, now)
    await site.sessions.end_all(visit.person, but=visit.session.session_id)
    return RedirectResponse("/password?done=yes", status_code=303)


async def _form(visit: Visit, form: Filled, *, done: bool = False, status: int = 200) -> Response:
    account = await visit.site.passwords.account_of(visit.person)
    return visit.show(
        "password.html", status, section="account", form=form, account=account, done=done
    )
