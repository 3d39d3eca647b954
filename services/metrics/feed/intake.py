"""What metrics follows: its own two feeds and those of goals and the directory."""

from collections.abc import Sequence

from services.metrics.projections import kpis, measurements, objectives, organisation
from shared.eventing.families import Family

FAMILIES: Sequence[Family] = (
    organisation.FAMILY,
    objectives.FAMILY,
    measurements.FAMILY,
    kpis.FAMILY,
)
