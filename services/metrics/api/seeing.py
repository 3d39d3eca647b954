"""Whether the ledger of a key result may be read: whoever may see its objective may."""

from uuid import UUID

from shared.access.things import Thing
from shared.http.reading import Reading
from shared.kernel.refusals import NotFound

# Who stands how to it is asked of now, whatever instant is looked at.
STANDS = """
SELECT o.visibility, o.holder_id,
       array_agg(DISTINCT other.responsible_id) || o.responsible_id AS involved
  FROM key_result r
  JOIN objective o ON o.objective_id = r.objective_id AND upper_inf(o.during)
  JOIN key_result other ON other.objective_id = r.objective_id AND upper_inf(other.during)
 WHERE r.key_result_id = %(key_result)s AND upper_inf(r.during)
 GROUP BY o.visibility, o.holder_id, o.responsible_id
"""


def must_see(reading: Reading, key_result_id: UUID) -> None:
    """Refused as not found for those who may not see the objective; one that was never published
    has no ledger, and nothing to hide.
    """
    row = reading.row(STANDS, {"key_result": key_result_id})
    if row is None:
        return
    openness = "open" if row["visibility"] == "public" else "closed"
    thing = Thing(
        {"holder": [row["holder_id"]], "involved": row["involved"]}, {"openness": openness}
    )
    if not all(reading.may("see-check-ins", [thing])):
        raise NotFound(field="key_result_id", what="key result")
