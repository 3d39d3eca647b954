"""The command line in web's container: it lets people, programs and identity providers in."""

import json
from collections.abc import Iterator

import httpx2
import pytest

from tests.support.composed import Composed, running_processes


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Composed]:
    with running_processes(tmp_path_factory.mktemp("console"), ["directory", "web"]) as house:
        yield house


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
