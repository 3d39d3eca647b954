"""The only place where the appraisal service's parts meet."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter

from services.appraisal.api import queries
from services.appraisal.api.commands import command_routes
from services.appraisal.api.evidence import SqlKpis
from services.appraisal.api.people import SqlPeople
from services.appraisal.api.separation import separation_routes
from services.appraisal.application.plans import Plans
from services.appraisal.application.results import Results
from services.appraisal.application.reviews import Reviews
from services.appraisal.application.rights import things
from services.appraisal.application.schemes import Schemes
from services.appraisal.feed.intake import FAMILIES
from services.appraisal.feed.reactions import Reactions
from services.appraisal.feed.translation import TRANSLATION
from services.appraisal.projections.organisation_today import ORGANISATION
from services.appraisal.settings import AppraisalSettings
from shared.access.policy.appraisal import POLICY
from shared.eventing.leading import Following
from shared.http.service import Plan, Service
from shared.http.settings import ServiceSettings


@dataclass(frozen=True)
class Application:
    """Everything that can be asked, on one journal."""

    schemes: Schemes
    plans: Plans
    reviews: Reviews
    results: Results


def _application(service: Service) -> Application:
    people, clock, journal = SqlPeople(service.pool), service.clock, service.journal
    return Application(
        schemes=Schemes(journal),
        plans=Plans(journal, people),
        reviews=Reviews(journal),
        results=Results(journal, SqlKpis(service.pool), clock, service.zone),
    )


def _routers(service: Service) -> Sequence[APIRouter]:
    app = _application(service)
    return [
        command_routes(app.schemes, app.plans, app.reviews, app.results),
        queries.router,
        separation_routes([family.feed for family in FAMILIES]),
    ]


PLAN = Plan(
    name="appraisal",
    summary="Schemes and appraisals; reads KPIs and people, and nothing else.",
    root=Path(__file__).parent,
    translation=TRANSLATION,
    families=FAMILIES,
    readers={"appraisals": frozenset({"insights", "audit"})},
    routers=_routers,
    policy=POLICY,
    organisation=ORGANISATION,
    things=things,
)


class Appraisal(Service):
    """The appraisal service; where it follows, it also reacts to corrections."""

    reactions: Reactions | None = None

    def follow(self) -> Following:
        """Follow all feeds, and note what was corrected after sealing."""
        following = super().follow()
        self.reactions = self.make_reactions()
        self.reactions.start()
        return following

    def make_reactions(self) -> Reactions:
        """What turns corrections into notes on sealed results."""
        return Reactions(self.pool, _application(self).results, self.listener)

    def close(self) -> None:
        """Finish what is under way and let everything go."""
        if self.reactions is not None:
            self.reactions.stop()
        super().close()


def make(settings: ServiceSettings | None = None) -> Appraisal:
    """The service, ready to be opened; settings come from the environment unless given."""
    # without settings, pydantic reads them from the environment
    return Appraisal(PLAN, settings or AppraisalSettings())
