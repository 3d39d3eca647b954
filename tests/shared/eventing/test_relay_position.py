"""One relay leads, and only the leader moves the position."""

from threading import Event, Thread

import psycopg
import pytest

from shared.eventing.relay_position import NoLongerLeading, leading
from tests.support.postgres import Databases


@pytest.fixture
def metrics(databases: Databases) -> str:
    return databases("metrics").runtime


def test_a_feed_that_was_never_relayed_stands_at_zero(metrics: str) -> None:
    with leading(metrics, "metrics") as positions:
        assert positions is not None
        assert positions.of("kpis") == 0


def test_the_position_is_there_for_the_next_leader(metrics: str) -> None:
    with leading(metrics, "metrics") as positions:
        assert positions is not None
        positions.move("kpis", 0, 12)
        positions.move("kpis", 12, 30)
        positions.move("measurements", 0, 7)
    with leading(metrics, "metrics") as positions:
        assert positions is not None
        assert (positions.of("kpis"), positions.of("measurements")) == (30, 7)


def test_a_position_that_someone_else_moved_is_not_moved_again(metrics: str) -> None:
    with leading(metrics, "metrics") as positions:
        assert positions is not None
        positions.move("kpis", 0, 12)
        with pytest.raises(NoLongerLeading):
            positions.move("kpis", 0, 500)
        assert positions.of("kpis") == 12


def test_while_one_leads_another_stands_by_and_takes_over_when_it_is_gone(metrics: str) -> None:
    leads, leave = Event(), Event()

    def lead() -> None:
        with leading(metrics, "metrics"):
            leads.set()
            leave.wait(10)

    first = Thread(target=lead)
    first.start()
    assert leads.wait(10)
    with leading(metrics, "metrics") as positions:
        assert positions is None
    leave.set()
    first.join(10)
    with leading(metrics, "metrics") as positions:
        assert positions is not None


def test_services_lead_beside_each_other(metrics: str) -> None:
    with leading(metrics, "metrics") as first, leading(metrics, "goals") as second:
        assert first is not None
        assert second is not None


def test_who_lost_the_connection_can_move_nothing(metrics: str, postgres: str) -> None:
    def move_after_the_connection_broke() -> None:
        with leading(metrics, "metrics") as positions:
            assert positions is not None
            cut(postgres, "cairn-relay-metrics")
            positions.move("kpis", 0, 12)

    with pytest.raises(psycopg.OperationalError):
        move_after_the_connection_broke()


def cut(postgres: str, application: str) -> None:
    """End the connections of this application on the server's side."""
    with psycopg.connect(postgres, autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s",
            (application,),
        )
