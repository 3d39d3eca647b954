"""What the appraisal service hears: its own facts, KPIs, and people. Nothing about objectives."""

from services.appraisal.projections import appraisals, kpis, organisation

FAMILIES = (appraisals.FAMILY, kpis.FAMILY, organisation.FAMILY)

NEIGHBOURS = tuple(family.feed for family in (kpis.FAMILY, organisation.FAMILY))
