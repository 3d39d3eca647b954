"""What goals follows: its own feed, and those of its neighbours, each into tables of its own."""

from collections.abc import Sequence

from services.goals.projections import kpis, measurements, objectives, organisation
from shared.eventing.families import Family

FAMILIES: Sequence[Family] = (
    objectives.FAMILY,
    measurements.FAMILY,
    kpis.FAMILY,
    organisation.FAMILY,
)
