"""The clock of a log, and its mark of having been a rehearsal."""

from datetime import UTC, datetime

from services.host.house import House
from shared.eventing.rehearsal import Rehearsal
from shared.kernel.actors import service
from tests.support.house import speaking
from tests.support.postgres import Databases

THEN = datetime(2026, 7, 1, 1, tzinfo=UTC)
DAYS = {"days": [{"day": "2026-10-01", "kind": "day_off"}]}


def test_a_rehearsed_log_says_so_for_ever(databases: Databases) -> None:
    access = databases("directory")
    with House({"directory": access}) as house:
        clock = house.services["directory"].clock
        assert not clock.rehearsed()
        rehearsal = Rehearsal(access.owner)
        rehearsal.show(THEN)
        assert clock.now() == THEN
        with speaking(house, "directory", service("import")) as clerk:
            clerk.done("mark-days", DAYS)
            rehearsal.end()
            rehearsal.close()
            assert clock.now() > THEN
            assert clock.rehearsed()
            assert clerk.read("/calendar")["rehearsal"] is True


def test_an_ordinary_log_is_never_one(databases: Databases) -> None:
    with House({"directory": databases("directory")}) as house:
        with speaking(house, "directory", service("import")) as clerk:
            clerk.done("mark-days", DAYS)
            assert clerk.read("/calendar")["rehearsal"] is False
        assert not house.services["directory"].clock.rehearsed()
