"""Tokens of identity providers, made, listed and revoked at the command line."""

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest
from typer.testing import CliRunner, Result

from services.host.cli import app
from services.host.installation import Installation
from services.host.running import standing
from tests.support.postgres import folder_for_postgres


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with folder_for_postgres() as parent:
        yield parent / "data"


def cairn(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["scim-token", *words, "--data", str(folder)])


def test_a_token_opens_until_it_is_revoked_and_is_shown_once(folder: Path) -> None:
    with standing(Installation(folder), web={}):
        made = json.loads(cairn(folder, "new", "Entra ID", "--days", "30", "--json").stdout)
        users = f"{made['address']}/Users"
        bearer = {"Authorization": f"Bearer {made['token']}"}
        with httpx2.Client(trust_env=False, timeout=30) as client:
            assert client.get(users, headers=bearer).status_code == 200
            assert cairn(folder, "revoke", made["token_id"]).exit_code == 0
            assert client.get(users, headers=bearer).status_code == 401
        listed = cairn(folder, "list", "--json").stdout
        assert made["token"] not in listed
        (token,) = json.loads(listed)
        assert (token["label"], token["last_used"] is None) == ("Entra ID", False)
        assert token["revoked_at"] is not None
        unknown = cairn(folder, "revoke", str(uuid4()))
        assert "There is no token" in str(unknown.exception)
        assert "Entra ID" in cairn(folder, "list").stdout
