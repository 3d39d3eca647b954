"""What holds on the day and instant asked, in SQL: of several statements, the one recorded last."""

SAID = "{t}.recorded_at <= %(moment)s::timestamptz AND {t}.effective_from <= %(on)s"

POSTS_OF = f"""
SELECT DISTINCT ON (o.unit_id) o.unit_id, o.title, o.share, o.effective_from FROM post o
 WHERE o.person_id = {{person}} AND {SAID.format(t="o")}
 ORDER BY o.unit_id, o.position DESC
"""
MANAGERS_OF = f"""
SELECT DISTINCT ON (m.kind) m.kind, m.manager_id, m.effective_from FROM manager m
 WHERE m.person_id = {{person}} AND {SAID.format(t="m")}
 ORDER BY m.kind, m.position DESC
"""
ROLES_OF = """
SELECT r.role, nullif(r.scope, '') AS unit_id, r.effective_from, r.expires_on FROM role r
 WHERE r.person_id = {person} AND r.during @> %(moment)s::timestamptz
   AND r.effective_from <= %(on)s AND (r.expires_on IS NULL OR r.expires_on >= %(on)s)
"""
# A unit that begins later is shown below its parent already.
PARENT = """
SELECT u.parent_id FROM unit_parent u
 WHERE u.unit_id = {unit} AND u.recorded_at <= %(moment)s::timestamptz
 ORDER BY u.effective_from > %(on)s, u.position DESC LIMIT 1
"""
LEAD = f"""
SELECT l.person_id FROM unit_lead l
 WHERE l.unit_id = {{unit}} AND l.part = '{{part}}' AND {SAID.format(t="l")}
 ORDER BY l.position DESC LIMIT 1
"""
# Every unit with its parent; the tree may be walked down from here.
TREE = """
SELECT DISTINCT ON (t.unit_id) t.unit_id, t.parent_id FROM unit_parent t
 WHERE t.recorded_at <= %(moment)s::timestamptz
 ORDER BY t.unit_id, t.effective_from > %(on)s, t.position DESC
"""
# Who holds a post in which of the units asked for, and works here.
POSTED = f"""
SELECT h.person_id, h.unit_id FROM (
    SELECT DISTINCT ON (o.unit_id, o.person_id) o.unit_id, o.person_id, o.title FROM post o
     WHERE o.unit_id IN (SELECT b.unit_id FROM below b) AND {SAID.format(t="o")}
     ORDER BY o.unit_id, o.person_id, o.position DESC) h
  JOIN person w ON w.person_id = h.person_id AND w.during @> %(moment)s::timestamptz
   AND w.employed_from <= %(on)s AND (w.last_day IS NULL OR w.last_day >= %(on)s)
 WHERE h.title IS NOT NULL
"""
