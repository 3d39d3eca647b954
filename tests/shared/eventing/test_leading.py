"""Who leads: one process at a time, and the next one when it lets go."""

from shared.eventing.leading import Leadership
from tests.support.children import until
from tests.support.postgres import Databases


def test_one_process_leads_at_a_time(databases: Databases) -> None:
    conninfo = databases("goals").runtime
    first, second = Leadership(conninfo, 4711), Leadership(conninfo, 4711)
    assert first.gained()
    assert first.gained()
    assert not second.gained()
    first.release()
    until(second.gained, what="the second leader")
    second.release()
