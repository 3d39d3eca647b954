"""Appraisal: schemes and results. Publishes ``appraisals``; reads ``kpis`` and ``organisation`` only."""
