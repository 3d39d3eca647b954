"""The web application over toy neighbours."""

import importlib.util
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.testclient import TestClient

from services.web.clients.appraisal import AppraisalClient
from services.web.clients.asking import Neighbour
from services.web.clients.directory import DirectoryClient
from services.web.clients.goals import GoalsClient
from services.web.clients.metrics import MetricsClient
from services.web.clients.organisation import OrganisationClient
from services.web.clients.security import SecurityClient
from services.web.pages.app import application
from services.web.pages.assets import Assets
from services.web.pages.rendering import Rendering
from services.web.pages.site import Site
from services.web.pages.span import KnownCycles
from shared.kernel.clock import FixedClock

HERE = Path(__file__).parent
NOW = datetime(2026, 9, 18, 4, 0, tzinfo=UTC)


def load_toy() -> Any:
    """The module of toy answers beside this file; tests are no packages."""
    spec = importlib.util.spec_from_file_location("toy_neighbours", HERE / "toy.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules.get("toy_neighbours") or importlib.util.module_from_spec(spec)
    if "toy_neighbours" not in sys.modules:
        sys.modules["toy_neighbours"] = module
        spec.loader.exec_module(module)
    return module


def toy_site(toy: Any, sessions: Any, **more: Any) -> Site:
    """A site whose neighbours are the toy's."""
    http = httpx2.AsyncClient(transport=httpx2.ASGITransport(toy.app), base_url="http://toy")

    def neighbour(name: str) -> Neighbour:
        return Neighbour(name, http, toy.token)

    goals = GoalsClient(neighbour("goals"))
    return Site(
        sessions=sessions,
        sign_ins=toy.sign_ins,
        passwords=toy.passwords,
        companies={},
        attempts=None,
        key="a secret of the test run",
        tokens=None,
        mint=None,
        audiences=("goals", "metrics"),
        rendering=Rendering(Assets(), "Asia/Shanghai"),
        clock=FixedClock(NOW),
        time_zone="Asia/Shanghai",
        directory=DirectoryClient(neighbour("directory")),
        organisation=OrganisationClient(neighbour("directory")),
        goals=goals,
        cycles=KnownCycles(goals),
        metrics=MetricsClient(neighbour("metrics")),
        appraisal=AppraisalClient(neighbour("appraisal")),
        security=SecurityClient([neighbour("goals"), neighbour("metrics")]),
        **{"development_login": True, **more},
    )


@pytest.fixture
def make_site() -> Any:
    """Makes a site over toy neighbours with other settings."""
    return toy_site


@pytest.fixture
def town() -> Any:
    """The module of toy answers."""
    return load_toy()


@pytest.fixture
def toy(town: Any) -> Any:
    """The toy neighbours of one test."""
    return town.Toy()


@pytest.fixture
def door(toy: Any, town: Any) -> Iterator[TestClient]:
    """A browser that is not signed in; it says, as browsers do, that its forms are our own."""
    app = application(toy_site(toy, town.RememberedSessions()))
    headers = {"Sec-Fetch-Site": "same-origin", "Accept-Language": "en"}
    with TestClient(app, base_url="http://cairn.test", headers=headers) as client:
        yield client


@pytest.fixture
def visitor(door: TestClient, town: Any) -> TestClient:
    """A browser in which Wang Lei is signed in."""
    answer = door.post("/sign-in", data={"person": town.WANG}, follow_redirects=False)
    assert answer.status_code == 303
    return door
