"""Every route of every service has its entry in the policy, and every entry its route."""

import pytest
from fastapi import FastAPI

from services.host.house import RECORDING
from shared.access.grounds import Anyone
from shared.access.rules import Action, Policy
from shared.kernel.refusals import NotAllowed
from tests.support.apps import routes_of, wired

SCIM_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")

# What stands outside the policy, and why.
EXCEPTIONS = {
    "GET /health/live": "a probe that carries no token; says only that the process lives",
    "GET /health/ready": "a probe that carries no token; tells positions, and nothing of content",
    "GET /metrics": "a probe that carries no token; counts and times, and nothing of content",
    "GET /openapi.json": "the published description of the routes, which is in the repository too",
    **{
        f"{method} /scim/v2{tail}": "identity providers have a bearer token of their own"
        for method in SCIM_METHODS
        for tail in ("", "/{path:path}")
    },
}


def _policy(name: str) -> Policy:
    policy = wired(name).plan.policy
    assert policy is not None, f"{name} has no policy"
    return policy


def _entered(policy: Policy) -> set[str]:
    return {path for action in policy.actions.values() for path in action.paths()}


def _without_entry(app: FastAPI, policy: Policy) -> set[str]:
    return routes_of(app) - _entered(policy) - set(EXCEPTIONS)


@pytest.mark.parametrize("name", RECORDING)
def test_every_route_has_an_entry_or_a_reason_to_have_none(name: str) -> None:
    assert _without_entry(wired(name).app, _policy(name)) == set()


@pytest.mark.parametrize("name", RECORDING)
def test_every_entry_has_a_route(name: str) -> None:
    assert _entered(_policy(name)) - routes_of(wired(name).app) == set()


@pytest.mark.parametrize("name", RECORDING)
def test_a_command_is_judged_by_the_entry_that_bears_its_name(name: str) -> None:
    policy, commands = _policy(name), "POST /commands/"
    astray = [
        route
        for route in routes_of(wired(name).app)
        if route.startswith(commands) and route.removeprefix(commands) not in policy.actions
    ]
    assert astray == []


@pytest.mark.parametrize("name", RECORDING)
def test_a_service_with_a_policy_knows_its_organisation(name: str) -> None:
    assert wired(name).plan.organisation is not None


def test_every_exception_is_a_route_of_some_service() -> None:
    routes = {route for name in RECORDING for route in routes_of(wired(name).app)}
    assert set(EXCEPTIONS) - routes == set()


def _nothing() -> None:
    """What a route of this test answers."""


def test_a_route_that_nobody_entered_is_found() -> None:
    """The rule can fail."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.add_api_route("/stones", _nothing, methods=["GET"])
    app.add_api_route("/commands/lay", _nothing, methods=["POST"])
    entered = Policy(Action("lay", {"anyone": Anyone()}, NotAllowed))
    assert _without_entry(app, entered) == {"GET /stones"}
