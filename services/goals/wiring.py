"""The only place where the parts of goals meet."""

from collections.abc import Sequence
from pathlib import Path

from fastapi import APIRouter

from services.goals.api import queries
from services.goals.api.commands import cycle_commands, ending_commands, objective_commands
from services.goals.api.elsewhere import OwnTables
from services.goals.application.cycles import Cycles
from services.goals.application.endings import Endings
from services.goals.application.goals import Goals
from services.goals.application.revisions import Revisions
from services.goals.application.rights import things
from services.goals.feed.intake import FAMILIES
from services.goals.feed.translation import TRANSLATION
from services.goals.projections.organisation_today import ORGANISATION
from services.goals.settings import GoalsSettings
from shared.access.policy.goals import POLICY
from shared.contracts.objectives import FEED
from shared.http.service import Plan, Service
from shared.http.settings import ServiceSettings


def _routers(service: Service) -> Sequence[APIRouter]:
    journal, clock, elsewhere = service.journal, service.clock, OwnTables(service.pool)
    return [
        cycle_commands(Cycles(journal, clock)),
        objective_commands(Goals(journal, clock, elsewhere), Revisions(journal, clock, elsewhere)),
        ending_commands(Endings(journal, clock, elsewhere)),
        queries.router,
    ]


PLAN = Plan(
    name="goals",
    summary="Objectives and key results, and every change of mind about them.",
    root=Path(__file__).parent,
    translation=TRANSLATION,
    families=FAMILIES,
    readers={FEED: frozenset({"metrics", "insights", "audit"})},
    routers=_routers,
    refused_identities=frozenset({"appraisal"}),
    policy=POLICY,
    organisation=ORGANISATION,
    things=things,
)


def make(settings: ServiceSettings | None = None) -> Service:
    """Goals, ready to be opened; settings come from the environment unless given."""
    return Service(PLAN, settings or GoalsSettings())
