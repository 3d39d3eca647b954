"""What a policy is made of."""

import pytest

from shared.access.grounds import Anyone
from shared.access.rules import Action, Policy
from shared.kernel.refusals import NotAllowed


def _action(name: str, *routes: str) -> Action:
    return Action(name, {"anyone": Anyone()}, NotAllowed, routes=routes)


def test_a_command_s_route_is_its_name() -> None:
    policy = Policy(_action("plan-cycles"))
    assert policy.of_route("POST", "/commands/plan-cycles") is policy["plan-cycles"]


def test_a_read_names_its_routes() -> None:
    policy = Policy(_action("see-people", "GET /people", "GET /people/{person_id}"))
    assert policy.of_route("GET", "/people/{person_id}") is policy["see-people"]


def test_a_route_that_nobody_entered_has_no_entry() -> None:
    assert Policy(_action("plan-cycles")).of_route("GET", "/cycles") is None


def test_an_action_is_entered_once() -> None:
    with pytest.raises(ValueError, match="action"):
        Policy(_action("plan-cycles", "GET /a"), _action("plan-cycles", "GET /b"))


def test_a_route_is_entered_once() -> None:
    with pytest.raises(ValueError, match="route"):
        Policy(_action("see", "GET /people"), _action("look", "GET /people"))
