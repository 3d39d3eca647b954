"""The rows that figures are made of, as known at ``moment``."""

OBJECTIVES = """
SELECT o.*, lower(o.during) AS since
  FROM objectives.objectives o
 WHERE o.objective_id = ANY(%(ids)s) AND o.during @> %(moment)s::timestamptz
 ORDER BY o.objective_id
"""

KEY_RESULTS = """
SELECT k.*, lower(k.during) AS since
  FROM objectives.key_results k
 WHERE k.objective_id = ANY(%(ids)s) AND k.during @> %(moment)s::timestamptz
 ORDER BY k.objective_id, k.number
"""

STATEMENTS = """
SELECT s.* FROM objectives.statements s
 WHERE s.objective_id = ANY(%(ids)s) AND s.recorded_at <= %(moment)s::timestamptz
 ORDER BY s.position
"""

# The title only of what is open to all; who may see the others finds it on their own page.
PARENTS = """
SELECT a.objective_id, a.parent_objective_id,
       nullif(a.parent_key_result_id, '00000000-0000-0000-0000-000000000000')
           AS parent_key_result_id,
       a.mode,
       CASE WHEN p.stage IN ('published', 'closed', 'postponed', 'cancelled')
             AND coalesce(p.terms ->> 'visibility', 'public') = 'public'
            THEN p.terms ->> 'title' END AS title
  FROM objectives.alignments a
  LEFT JOIN objectives.objectives p
    ON p.objective_id = a.parent_objective_id AND p.during @> %(moment)s::timestamptz
 WHERE a.objective_id = ANY(%(ids)s) AND a.during @> %(moment)s::timestamptz
 ORDER BY a.objective_id, a.mode, a.parent_objective_id, a.parent_key_result_id
"""

CHILDREN = """
SELECT a.objective_id, a.parent_objective_id,
       nullif(a.parent_key_result_id, '00000000-0000-0000-0000-000000000000')
           AS parent_key_result_id,
       a.mode
  FROM objectives.alignments a
 WHERE a.parent_objective_id = ANY(%(ids)s) AND a.during @> %(moment)s::timestamptz
 ORDER BY a.parent_objective_id, a.mode, a.objective_id
"""

# From parents whose progress counts children, down through children that do so too.
BELOW = """
WITH RECURSIVE counting AS (
    SELECT o.objective_id FROM objectives.objectives o
     WHERE o.during @> %(moment)s::timestamptz AND o.terms ->> 'progress_source' <> 'key_results'
), below AS (
    SELECT a.objective_id, a.parent_objective_id
      FROM objectives.alignments a JOIN counting c ON c.objective_id = a.parent_objective_id
     WHERE a.parent_objective_id = ANY(%(ids)s)
       AND a.mode = 'contributes' AND a.during @> %(moment)s::timestamptz
    UNION
    SELECT a.objective_id, a.parent_objective_id
      FROM below b
      JOIN counting c ON c.objective_id = b.objective_id
      JOIN objectives.alignments a ON a.parent_objective_id = b.objective_id
     WHERE a.mode = 'contributes' AND a.during @> %(moment)s::timestamptz
)
SELECT objective_id, parent_objective_id FROM below ORDER BY parent_objective_id, objective_id
"""

CYCLES = """
SELECT c.* FROM objectives.cycles c
 WHERE c.during @> %(moment)s::timestamptz ORDER BY c.first, c.code
"""

POLICIES = """
SELECT p.* FROM objectives.policies p
 WHERE p.recorded_at <= %(moment)s::timestamptz ORDER BY p.position
"""

PERIODS = """
SELECT p.kind, p.first, p.last FROM organisation.periods p
 WHERE p.during @> %(moment)s::timestamptz ORDER BY p.first
"""

DAYS = """
SELECT d.day, d.kind FROM organisation.days d WHERE d.during @> %(moment)s::timestamptz
"""

ENTRIES = """
SELECT e.key_result_id, e.entry_id, e.rank, e.observed_on, e.value, e.milestones_done, e.level,
       e.confidence, e.reported_status, e.checked_in_by, e.first_recorded_at, e.corrected
  FROM measurements.entries e
 WHERE e.key_result_id = ANY(%(ids)s) AND e.during @> %(moment)s::timestamptz
 ORDER BY e.key_result_id, e.observed_on, e.rank
"""

DEFINITIONS = """
SELECT d.* FROM kpis.definitions d
 WHERE d.recorded_at <= %(moment)s::timestamptz
   AND d.kpi_id IN (
       SELECT unnest(%(ids)s::uuid[])
        UNION SELECT unnest(ARRAY[c.numerator_id, c.denominator_id])
                FROM kpis.definitions c WHERE c.kpi_id = ANY(%(ids)s))
 ORDER BY d.position
"""

FIGURES = """
SELECT f.kpi_id, f.subject_id, f.entry_id, f.rank, f.period, f.observed_on, f.value, f.source
  FROM kpis.figures f
 WHERE f.kpi_id = ANY(%(kpis)s) AND f.subject_id = ANY(%(subjects)s)
   AND f.during @> %(moment)s::timestamptz
 ORDER BY f.kpi_id, f.subject_id, f.observed_on, f.rank
"""

HAPPENINGS = """
SELECT h.* FROM objectives.happenings h
 WHERE h.stream = ANY(%(ids)s) AND h.recorded_at <= %(moment)s::timestamptz
 ORDER BY h.position
"""
