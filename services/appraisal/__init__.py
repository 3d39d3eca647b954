"""Appraisal: schemes and results. Publishes ``appraisals``; reads ``kpis`` and ``organisation``.

Nothing else reaches it: what people dare in their objectives never enters a result.
"""
