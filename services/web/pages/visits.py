"""One request of somebody who is signed in."""

from asyncio import gather
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.responses import Response

from services.web.clients.asking import Answer, Asking
from services.web.pages.credentials.sign_ins import Origin
from services.web.pages.formats import Formats
from services.web.pages.moment import Moment, moment_of
from services.web.pages.names import Names, by_id, is_id
from services.web.pages.sessions import COOKIE, Session
from services.web.pages.site import Site, site_of
from services.web.pages.standing_in import StandsFor, banner, stands_for

SEEN_COOKIE = "cairn_seen"
SEEN_LASTS = timedelta(minutes=1)


class SignInFirst(Exception):
    """The page needs somebody; the browser is sent to the door and comes back afterwards."""


class CannotEditThePast(Exception):
    """A form was sent while looking at a past moment."""


@dataclass(frozen=True)
class Visit:
    """Who visits, which moment they look at, and the ways to ask, name, show and go on.

    ``person`` is who is signed in; ``stands_for`` the one for whom they act, if they do.
    """

    request: Request
    site: Site
    person: UUID
    moment: Moment
    asking: Asking
    me: Answer
    session: Session
    slider: tuple[date, date]
    stands_for: StandsFor | None = None

    @property
    def whose(self) -> UUID:
        """Whose work is shown as one's own: that of the one for whom the visitor acts."""
        return self.stands_for.person if self.stands_for else self.person

    def rights_in(self, area: str) -> Answer:
        """Whose roles count in this area, as the directory knows them."""
        acts = self.stands_for
        return acts.giver if acts and acts.covers(area) else self.me

    async def names(self, people: Iterable[object] = ()) -> Names:
        """The names of these people and of all units."""
        wanted = {str(p) for p in people if is_id(p)} | {str(self.person)}
        found, units = await gather(
            self.site.directory.people(self.asking, sorted(wanted)),
            self.site.directory.units(self.asking),
        )
        return Names(self.asking.language, by_id(found), by_id(units, "unit_id"))

    @property
    def formats(self) -> Formats:
        """How numbers and days are written for this visitor."""
        return self.site.rendering.formats(self.asking.language)

    @property
    def own_unit(self) -> str:
        """The unit of the visitor's first post; empty without one."""
        posts = (self.stands_for.giver if self.stands_for else self.me).get("posts") or []
        return str(posts[0]["unit_id"]) if posts else ""

    def show(self, template: str, status: int = 200, **model: Any) -> HTMLResponse:
        """The page with what all pages carry."""
        posts = self.me.get("posts") or [{}]
        me = {str(self.person): self.me}
        common = {
            "moment": self.moment,
            "me": self.me,
            "me_named": Names(self.asking.language, me).person(self.person),
            "me_title": posts[0].get("title", ""),
            "slider": self.slider,
            "now_query": self._query_of_now(),
        }
        common |= banner(self.asking.language, self.me, self.stands_for)
        return self.site.page(self.request, template, common | model, status)

    def _query_of_now(self) -> str:
        """The query of this very page without the moment."""
        kept = [(k, v) for k, v in self.request.query_params.multi_items() if k != "as_of"]
        return "?" + urlencode(kept) if kept else ""

    def go_on(self, path: str, seen: str = "") -> Response:
        """On to a page after a form was taken in; it waits until what was done has arrived."""
        answer = RedirectResponse(path, status_code=303)
        if seen:
            answer.set_cookie(
                SEEN_COOKIE,
                seen,
                max_age=int(SEEN_LASTS.total_seconds()),
                httponly=True,
                samesite="lax",
                secure=self.site.secure_cookies,
            )
        return answer

    def must_be_now(self) -> None:
        """Refuses a change while the page shows a past moment."""
        if self.moment.is_past:
            raise CannotEditThePast


async def visiting(request: Request) -> Visit:
    """The visit, or the way to the door for those who are not signed in."""
    site = site_of(request)
    token = request.cookies.get(COOKIE, "")
    session = await site.sessions.found(token, site.clock.now()) if token else None
    if session is None:
        raise SignInFirst
    person = session.person
    moment = moment_of(request.query_params.get("as_of"), site.clock.now(), site.time_zone)
    own = Asking(
        person=person,
        language=request.state.language,
        as_of=moment.as_of,
        on=moment.on,
        seen=request.cookies.get(SEEN_COOKIE, ""),
    )
    me = await _still_here(site, own, session)
    for_whom = await stands_for(site, own, session, me)
    slider = await site.cycles.span(own, moment.today)
    asking = replace(own, acting=for_whom.acting if for_whom else None)
    return Visit(request, site, person, moment, asking, me, session, slider, for_whom)


async def _still_here(site: Site, asking: Asking, session: Session) -> Answer:
    """The person as the directory knows them; whoever may not act any more loses all sessions."""
    me = await site.directory.active(asking, session.person, site.clock.today())
    if me is not None:
        return me
    await site.sessions.end_all(session.person)
    origin = Origin(device=session.device)
    now = site.clock.now()
    await site.sign_ins.note(now, session.way, "ended_inactive", origin, session.person)
    raise SignInFirst


Visiting = Annotated[Visit, Depends(visiting)]


def own_address(address: str) -> str:
    """An address of this site, or home: nobody is sent to another site."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/"
    foreign = parts.scheme or parts.netloc or not address.startswith("/")
    return "/" if foreign or address.startswith(("//", "/\\")) else address
