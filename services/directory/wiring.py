"""The only place where the directory's parts meet."""

from collections.abc import Sequence
from pathlib import Path

from fastapi import APIRouter

from services.directory.api import accounts as account_doors
from services.directory.api import queries
from services.directory.api.commands import people_commands, unit_commands
from services.directory.api.forgetting import forgetting_routes
from services.directory.api.holdings import OwnTables
from services.directory.api.scim.routes import roles_of_groups
from services.directory.api.scim.routes import routes as scim_doors
from services.directory.application.calendars import Calendars
from services.directory.application.forgetting import Forgetting
from services.directory.application.leaving import Leaving
from services.directory.application.people import People
from services.directory.application.rights import things
from services.directory.application.trust import Trust
from services.directory.application.units import Units
from services.directory.feed.translation import TRANSLATION
from services.directory.projections import accounts, organisation
from services.directory.projections.organisation_today import ORGANISATION
from services.directory.settings import DirectorySettings, ScimSettings
from shared.access.policy.directory import POLICY
from shared.eventing.leading import Step
from shared.http.service import Plan, Service
from shared.http.settings import ServiceSettings


def _routers(service: Service) -> Sequence[APIRouter]:
    journal, clock = service.journal, service.clock
    holdings = OwnTables(service.pool, service.followed, service.reader)
    leaving = Leaving(journal, holdings, clock)
    forgetting = forgetting_routes(Forgetting(journal, clock))
    scim = ScimSettings()
    provisioning = scim_doors(service, scim.roles, scim.url)
    return [
        people_commands(People(journal), leaving, Trust(journal)),
        unit_commands(Units(journal, holdings), Calendars(journal)),
        queries.router,
        forgetting,
        *account_doors.routes(service),
        *provisioning,
    ]


def _steps(service: Service) -> Sequence[Step]:
    return [roles_of_groups(service, ScimSettings().roles)]


PLAN = Plan(
    name="directory",
    summary="People, units and the calendar.",
    root=Path(__file__).parent,
    translation=TRANSLATION,
    families=(organisation.FAMILY, accounts.FAMILY),
    readers={
        "organisation": frozenset({"goals", "metrics", "appraisal", "insights", "audit"}),
        "accounts": frozenset({"audit"}),
    },
    routers=_routers,
    policy=POLICY,
    organisation=ORGANISATION,
    things=things,
    steps=_steps,
)


def make(settings: ServiceSettings | None = None) -> Service:
    """The directory, ready to be opened; settings come from the environment unless given."""
    # without settings, pydantic reads them from the environment
    return Service(PLAN, settings or DirectorySettings())
