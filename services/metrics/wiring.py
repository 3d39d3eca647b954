"""The only place where the parts of metrics meet."""

from collections.abc import Sequence
from pathlib import Path

from fastapi import APIRouter

from services.metrics.api import board, check_ins
from services.metrics.api import kpis as kpi_queries
from services.metrics.api.commands import check_in_routes, kpi_routes
from services.metrics.application.check_ins import CheckIns
from services.metrics.application.commitments import Commitments
from services.metrics.application.kpis import Kpis
from services.metrics.application.ledgers import KpiLedgers
from services.metrics.application.rights import things
from services.metrics.feed.intake import FAMILIES
from services.metrics.feed.premises import FollowedPremises
from services.metrics.feed.translation import TRANSLATION
from services.metrics.projections.organisation_today import ORGANISATION
from services.metrics.settings import MetricsSettings
from shared.access.policy.metrics import POLICY
from shared.http.service import Plan, Service
from shared.http.settings import ServiceSettings


def _routers(service: Service) -> Sequence[APIRouter]:
    parts = service.journal, FollowedPremises(service.pool), service.clock
    return [
        check_in_routes(CheckIns(*parts)),
        kpi_routes(Kpis(*parts), Commitments(*parts), KpiLedgers(*parts)),
        check_ins.router,
        board.router,
        kpi_queries.router,
    ]


PLAN = Plan(
    name="metrics",
    summary="Check-ins on key results; KPIs, commitments and their figures.",
    root=Path(__file__).parent,
    translation=TRANSLATION,
    families=FAMILIES,
    readers={
        "measurements": frozenset({"goals", "insights", "audit"}),
        "kpis": frozenset({"goals", "appraisal", "insights", "audit"}),
    },
    routers=_routers,
    policy=POLICY,
    organisation=ORGANISATION,
    things=things,
)


def make(settings: ServiceSettings | None = None) -> Service:
    """Metrics, ready to be opened; settings come from the environment unless given."""
    # without settings, pydantic reads them from the environment
    return Service(PLAN, settings or MetricsSettings())
