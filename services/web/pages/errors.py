"""Pages for when something is not there, not allowed, not well, or does not answer."""

import logging
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response

from services.web.clients.asking import RefusedByService, Unreachable
from services.web.pages.language import to_translate
from services.web.pages.sessions import COOKIE
from services.web.pages.site import site_of
from services.web.pages.standing_in import ActingEnded
from services.web.pages.visits import CannotEditThePast, SignInFirst
from shared.http.guarding import HostUnknown
from shared.http.sentences import SHARED_LOCALES, Sentences
from shared.kernel.refusals import Refused

log = logging.getLogger(__name__)

NOT_FOUND = (
    "mood-puzzled",
    to_translate("There is nothing here"),
    to_translate("The address may be mistyped, or what stood here is not yours to see."),
)
NOT_ALLOWED = (
    "lock",
    to_translate("You may not see this"),
    to_translate("Ask someone who holds the right, or go back to what is yours."),
)
NOT_UNDERSTOOD = (
    "mood-puzzled",
    to_translate("This address cannot be understood"),
    to_translate("Correct what follows the question mark, or begin again from the menu."),
)
BROKEN = (
    "alert-circle",
    to_translate("Something went wrong on our side"),
    to_translate("Nothing that you entered was lost on the way to the log. Please try again."),
)
SILENT = (
    "plug-connected-x",
    to_translate("A part of Cairn does not answer"),
    to_translate("Your data is safe. Wait a moment and load the page again."),
)
NOT_TAKEN = (
    "lock",
    to_translate("This was not taken in"),
    to_translate("Go back, and try again in a while or with less."),
)
PAST = (
    "history",
    to_translate("The past cannot be changed"),
    to_translate("You are looking at an earlier moment. Go back to now and repeat the change."),
)
SIGN_IN_AGAIN = 401
SENTENCES = Sentences([SHARED_LOCALES], "refusals")


def install(app: FastAPI) -> None:
    """Give the application its pages for troubles."""
    app.add_exception_handler(SignInFirst, _to_the_door)
    app.add_exception_handler(CannotEditThePast, _past)
    app.add_exception_handler(ActingEnded, _in_own_name)
    app.add_exception_handler(Unreachable, _silent)
    app.add_exception_handler(RefusedByService, _refused)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _not_understood)


def apology(
    request: Request, status: int, words: tuple[str, str, str], sentence: str = ""
) -> Response:
    """A page that says what is wrong and where to go from here."""
    icon, title, advice = words
    model = {"icon_name": icon, "title": title, "advice": advice, "sentence": sentence}
    return site_of(request).page(request, "error.html", model, status)


async def _to_the_door(request: Request, _: Exception) -> Response:
    back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    way = "/sign-in" + ("?" + urlencode({"next": back}) if back != "/" else "")
    if "hx-request" in request.headers:
        return Response(status_code=204, headers={"HX-Redirect": way})
    answer = RedirectResponse(way, status_code=303)
    answer.delete_cookie(COOKIE)
    return answer


async def _in_own_name(request: Request, _: Exception) -> Response:
    way = "/acting?ended=true"
    if "hx-request" in request.headers:
        return Response(status_code=204, headers={"HX-Redirect": way})
    return RedirectResponse(way, status_code=303)


async def _past(request: Request, _: Exception) -> Response:
    return apology(request, 409, PAST)


async def _silent(request: Request, silence: Exception) -> Response:
    log.warning("a neighbour does not answer", exc_info=silence)
    return apology(request, 503, SILENT)


async def _refused(request: Request, refusal: Exception) -> Response:
    if not isinstance(refusal, RefusedByService):
        raise refusal
    if refusal.status == SIGN_IN_AGAIN:
        return await _to_the_door(request, refusal)
    known = {400: NOT_UNDERSTOOD, 403: NOT_ALLOWED, 404: NOT_FOUND, 422: NOT_UNDERSTOOD}
    words = known.get(refusal.status, BROKEN)
    return apology(request, refusal.status, words, refusal.sentence)


async def _http(request: Request, problem: Exception) -> Response:
    status = problem.status_code if isinstance(problem, HTTPException) else 500
    words = {403: NOT_ALLOWED, 404: NOT_FOUND, 405: NOT_FOUND}.get(status, BROKEN)
    return apology(request, status, words)


async def _not_understood(request: Request, _: Exception) -> Response:
    """An address whose parts are no ids or days leads nowhere."""
    return apology(request, 404, NOT_FOUND)


def refusal(request: Request, why: Refused) -> Response:
    """A page for what is refused before any page hears of it, and for a page that failed."""
    language = request.state.language
    said = SENTENCES.say(why.template(), language, why.details)
    if isinstance(why, HostUnknown):  # a page would show links under this very name
        return PlainTextResponse(said, why.status)
    answer = apology(request, why.status, BROKEN if why.status >= 500 else NOT_TAKEN, said)
    if "retry_after" in why.details:
        answer.headers["Retry-After"] = str(why.details["retry_after"])
    return answer
