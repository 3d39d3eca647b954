"""What is wrong is told with what to do."""

from datetime import UTC, datetime, timedelta
from typing import Any

from services.host.doctor import following, of_keys
from services.host.rotation import KeyState

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


NOW = datetime(2026, 9, 18, tzinfo=UTC)


def a_key(days: int, **more: Any) -> KeyState:
    """The keys of goals, drawn so many days ago."""
    since = NOW - timedelta(days=days)
    return KeyState("goals", "goals-1", since, 0, **{"master_drawn_at": since, **more})


def test_keys_are_told_with_their_number_and_age() -> None:
    sign = of_keys([a_key(3, peoples=7), a_key(399, peoples=2)], NOW)
    assert sign.state == "well"
    assert sign.said == "2 signing keys, 9 keys of people; the oldest is 399 days old"


def test_old_keys_and_rotations_that_were_cut_off_are_noted_with_what_to_do() -> None:
    for key in (a_key(401), a_key(3, former_masters=1), a_key(3, strange=1)):
        sign = of_keys([key], NOW)
        assert sign.state == "note"
        assert "cairn keys rotate" in sign.said
    assert of_keys([a_key(3, master_drawn_at=NOW - timedelta(days=401))], NOW).state == "note"
