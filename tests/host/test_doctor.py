"""What is wrong is told with what to do."""

from typing import Any

from services.host.doctor import following

ENDS = {"directory": 127, "metrics": 4593}


def a_family(feed: str, position: int, parked: int = 0) -> dict[str, Any]:
    """One family of tables as ``/health/ready`` tells of it."""
    return {"feed": feed, "position": position, "parked": parked}


def test_tables_that_follow_are_well() -> None:
    sign = following("goals", [a_family("kpis", 4567), a_family("organisation", 127)], ENDS)
    assert (sign.state, sign.said) == ("well", "follows kpis at 4567, organisation at 127")


def test_parked_facts_are_wrong() -> None:
    sign = following("goals", [a_family("kpis", 4567, parked=2)], ENDS)
    assert sign.state == "wrong"
    assert sign.said.startswith("2 facts parked")


def test_tables_that_know_more_than_a_restored_owner_are_wrong() -> None:
    sign = following("goals", [a_family("measurements", 4595)], ENDS)
    assert sign.state == "wrong"
    assert "cairn rebuild" in sign.said
