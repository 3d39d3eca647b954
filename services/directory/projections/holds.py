"""Rows about legal holds."""

from shared.contracts import organisation as say
from shared.eventing.feeds import Known
from shared.eventing.tables import Tables, Timed

HOLD = Timed("legal_hold", ("person_id", "hold_id"), ("reason", "placed_by"))


def holds(tables: Tables, known: Known) -> None:
    """Write which holds a record places or releases."""
    match known.data:
        case say.LegalHoldPlaced(hold_id=hold_id, reason=reason):
            by = known.on_behalf_of or known.actor
            key = (known.stream, hold_id)
            tables.change(HOLD, key, known.recorded_at, reason=reason, placed_by=by)
        case say.LegalHoldReleased(hold_id=hold_id):
            tables.end(HOLD, (known.stream, hold_id), known.recorded_at)
