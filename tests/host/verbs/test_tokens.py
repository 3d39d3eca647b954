"""Access tokens at the command line, beside the Cairn that runs."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from typer.testing import CliRunner, Result

from services.host.cli import app
from services.host.house import House
from services.host.installation import Installation
from services.host.running import standing
from tests.support.doors import WANG, employ
from tests.support.postgres import folder_for_postgres


@pytest.fixture(scope="module")
def house() -> Iterator[tuple[House, Path]]:
    with folder_for_postgres() as parent:
        folder = parent / "data"
        with standing(Installation(folder), web={}) as (made, _):
            employ(made, WANG, "王磊", "Wang Lei")
            yield made, folder


def cairn(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["token", *words, "--data", str(folder)])


def opens(house: House, secret: str) -> int:
    return httpx2.post(
        f"{house.address}/api/token",
        json={"audience": "goals"},
        headers={"Authorization": f"Bearer {secret}"},
        trust_env=False,
    ).status_code


def test_a_token_is_made_listed_and_taken_back(house: tuple[House, Path]) -> None:
    made, folder = house
    told = cairn(folder, "new", "warehouse", "--of", str(WANG), "--scope", "goals:read")
    assert told.exit_code == 0, told.exception
    secret = told.stdout.strip()
    assert opens(made, secret) == 200
    (known,) = json.loads(cairn(folder, "list", "--json").stdout)
    assert (known["name"], known["opens"], known["state"]) == ("warehouse", "goals:read", "good")
    assert known["used"]
    assert secret not in str(known)
    assert cairn(folder, "revoke", known["token"]).exit_code == 0
    assert opens(made, secret) == 401
    assert "no such token" in str(cairn(folder, "revoke", known["token"]).exception)
    (known,) = json.loads(cairn(folder, "list", "--of", str(WANG), "--json").stdout)
    assert known["state"] == "revoked"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--of", str(WANG), "--scope", "web:read"), "A scope is one of"),
        (("--of", "nobody", "--scope", "goals:read"), "neither the id of a person"),
    ],
    ids=["scope", "person"],
)
def test_what_is_not_known_is_refused(
    house: tuple[House, Path], words: tuple[str, ...], said: str
) -> None:
    assert said in str(cairn(house[1], "new", "warehouse", *words).exception)


@pytest.mark.parametrize("verb", ["new", "list", "revoke"])
def test_every_verb_explains_itself_with_an_example(verb: str) -> None:
    told = CliRunner().invoke(app, ["token", verb, "--help"])
    assert f"Example: cairn token {verb}" in told.output
