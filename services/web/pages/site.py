"""What every page needs from the house: sessions, neighbours, templates, and the tenant's clock."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import Request
from fastapi.responses import HTMLResponse

from services.web.clients.appraisal import AppraisalClient
from services.web.clients.directory import DirectoryClient
from services.web.clients.goals import GoalsClient
from services.web.clients.metrics import MetricsClient
from services.web.clients.organisation import OrganisationClient
from services.web.clients.security import SecurityClient
from services.web.pages.company.attempts import Attempts
from services.web.pages.company.company_door import CompanyDoor
from services.web.pages.company.id_tokens import IdTokens
from services.web.pages.credentials.access_tokens import AccessTokens, Right
from services.web.pages.credentials.password_door import PasswordDoor
from services.web.pages.credentials.refusals import OwnRefusals
from services.web.pages.credentials.sign_ins import SignIns
from services.web.pages.moment import Moment
from services.web.pages.rendering import Rendering
from services.web.pages.sessions import Sessions
from services.web.pages.span import KnownCycles
from shared.kernel.clock import Clock


@dataclass(frozen=True)
class Site:
    """The parts that wiring puts together for the pages."""

    sessions: Sessions
    sign_ins: SignIns
    passwords: PasswordDoor
    companies: Mapping[str, CompanyDoor]
    attempts: Attempts
    key: str
    tokens: AccessTokens
    mint: Callable[[str, UUID, Right], str]
    audiences: Sequence[str]
    rendering: Rendering
    clock: Clock
    time_zone: str
    directory: DirectoryClient
    organisation: OrganisationClient
    goals: GoalsClient
    metrics: MetricsClient
    appraisal: AppraisalClient
    security: SecurityClient
    cycles: KnownCycles
    refusals: OwnRefusals | None = None
    id_tokens: IdTokens | None = None
    development_login: bool = False
    secure_cookies: bool = False
    public_url: str = ""

    def address(self, request: Request) -> str:
        """Where browsers find this site, without a closing slash: as set, else as they came."""
        return (self.public_url or f"{request.url.scheme}://{request.url.netloc}").rstrip("/")

    def page(
        self, request: Request, template: str, model: dict[str, Any], status: int = 200
    ) -> HTMLResponse:
        """A page for whoever asks, in their language; also for those who are not signed in."""
        language = request.state.language
        common = {
            "request": request,
            "path": request.url.path,
            "moment": Moment(self.clock.today()),
            "me": None,
            "section": "",
            "rehearsal": False,
            "partial": "hx-request" in request.headers,
        }
        return HTMLResponse(
            self.rendering.html(language, template, common | model), status_code=status
        )


def site_of(request: Request) -> Site:
    """The parts that this application was wired with."""
    site: Site = request.app.state.site
    return site
