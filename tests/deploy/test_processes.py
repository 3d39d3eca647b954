"""The compose file's commands, run as plain processes, make a house that works."""

import json
from collections.abc import Iterator
from urllib.request import urlopen

import httpx2
import pytest

from services.host.provisioning import SERVICES
from tests.support.children import until
from tests.support.composed import Composed, running_processes

RECORDING = [name for name in SERVICES if name != "web"]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Composed]:
    with running_processes(tmp_path_factory.mktemp("house"), SERVICES) as house:
        yield house


@pytest.mark.parametrize("service", RECORDING)
def test_a_service_is_ready(house: Composed, service: str) -> None:
    with urlopen(f"{house.url(service)}/health/ready", timeout=10) as answer:
        assert json.load(answer)["status"] == "ready"


def test_the_pages_are_served(house: Composed) -> None:
    with urlopen(house.url("web"), timeout=10) as answer:
        assert answer.headers["Content-Type"].startswith("text/html")


def test_the_console_lets_people_programs_and_identity_providers_in(house: Composed) -> None:
    password = "stone by the old river"
    made = house.console("admin", "new", "wang.lei", "--name", "王磊", typed=f"{password}\n")
    assert made.returncode == 0, made.stderr
    assert "wang.lei" in house.console("admin", "list").stdout
    headers = {"Sec-Fetch-Site": "same-origin"}
    with httpx2.Client(base_url=house.url("web"), headers=headers, trust_env=False) as browser:
        form = {"name": "wang.lei", "password": password}
        assert browser.post("/sign-in/password", data=form).status_code == 303
        assert browser.get("/sessions").status_code == 200
        _a_program_comes_in(house, browser)
        assert house.console("admin", "disable", "wang.lei").returncode == 0
        assert browser.get("/sessions").status_code == 303
    _an_identity_provider_comes_in(house)
    assert not (house.folder / "cairn-data").exists()


def _a_program_comes_in(house: Composed, outside: httpx2.Client) -> None:
    said = house.console("token", "new", "warehouse", "--of", "wang.lei", "--scope", "metrics:read")
    assert said.returncode == 0, said.stderr
    asked = {"Authorization": f"Bearer {said.stdout.strip()}"}
    answer = outside.post("/api/token", json={"audience": "metrics"}, headers=asked)
    assert answer.status_code == 200, answer.text
    (listed,) = json.loads(house.console("token", "list", "--json").stdout)
    assert house.console("token", "revoke", listed["token"]).returncode == 0
    answer = outside.post("/api/token", json={"audience": "metrics"}, headers=asked)
    assert answer.status_code == 401


def _an_identity_provider_comes_in(house: Composed) -> None:
    made = json.loads(house.console("scim-token", "new", "Entra ID", "--json").stdout)
    bearer = {"Authorization": f"Bearer {made['token']}"}
    users = f"{made['address']}/Users"
    with httpx2.Client(headers=bearer, trust_env=False) as provider:
        assert provider.get(users).status_code == 200
        assert house.console("scim-token", "revoke", made["token_id"]).returncode == 0
        assert provider.get(users).status_code == 401
    assert "Entra ID" in house.console("scim-token", "list").stdout


def test_every_process_goes_on_working(house: Composed) -> None:
    ended = {name: child.tail() for name, child in house.children.items() if not child.is_running}
    assert ended == {}


def test_every_process_stops_when_it_is_asked_to(house: Composed) -> None:
    for child in house.children.values():
        child.process.terminate()
    for name, child in house.children.items():
        until(lambda child=child: not child.is_running, 60, f"the end of {name}")
    codes = {name: child.process.returncode for name, child in house.children.items()}
    assert {name: code for name, code in codes.items() if code not in (0, -15)} == {}
