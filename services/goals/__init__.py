"""Goals: cycles, objectives and key results, and every change of mind about them.

Records every fact of their life in its own log; publishes the feed ``objectives``; reads the feeds
``measurements``, ``kpis`` and ``organisation``.
"""
