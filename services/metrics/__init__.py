"""Metrics: the figures. Records measurements and check-ins of key results, KPI definitions,
commitments and KPI ledgers; publishes measurements and kpis; reads objectives and organisation.
"""
