"""Administrators who sign in with a password: made, renewed and locked out at the command line."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from typer.testing import CliRunner, Result

from services.host.cli import app
from services.host.installation import Installation
from services.host.reach import reached
from services.host.running import standing
from services.host.ways_in import ways_in
from tests.support.doors import browsing
from tests.support.postgres import folder_for_postgres

GOOD = "stone by the old river"


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """The folder of an installation that nobody has started yet."""
    with folder_for_postgres() as parent:
        yield parent / "data"


def cairn(folder: Path, *words: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, ["admin", *words, "--data", str(folder)], input=typed)


@contextmanager
def at_the_door(folder: Path) -> Iterator[httpx2.Client]:
    with standing(Installation(folder), web={}) as (house, _), browsing(house) as browser:
        yield browser


def enters(browser: httpx2.Client, password: str) -> bool:
    form = {"name": "wang.lei", "password": password}
    return browser.post("/sign-in/password", data=form).status_code == 303


def test_an_empty_installation_says_how_to_let_somebody_in(folder: Path) -> None:
    with reached(Installation(folder)) as reach:
        ways = ways_in(reach)
    assert not ways.is_sound
    assert "cairn admin new" in ways.said


def test_an_empty_installation_gets_its_first_administrator(folder: Path) -> None:
    weak = cairn(folder, "new", "wang.lei", "--name", "王磊", typed="password1234\n")
    assert "first that anybody tries" in str(weak.exception)
    made = cairn(folder, "new", "wang.lei", "--name", "王磊", typed=f"{GOOD}\n")
    assert made.exit_code == 0, made.output
    assert GOOD not in made.output
    again = cairn(folder, "new", "wang.lei", "--name", "王磊", typed=f"{GOOD}\n")
    assert "has an account already" in str(again.exception)
    with at_the_door(folder) as browser:
        assert enters(browser, GOOD)
        assert browser.get("/sessions").status_code == 200
        ways = {"development": False, "passwords": True, "companies": []}
        assert browser.get("/health/ways-in").json() == ways


def test_while_cairn_runs_another_password_or_none_ends_what_was_open(folder: Path) -> None:
    with at_the_door(folder) as browser:
        assert enters(browser, GOOD)
        assert cairn(folder, "passwd", "wang.lei", typed=f"{GOOD} again\n").exit_code == 0
        assert browser.get("/sessions").status_code == 303
        assert not enters(browser, GOOD)
        assert enters(browser, f"{GOOD} again")
        assert cairn(folder, "disable", "wang.lei").exit_code == 0
        assert browser.get("/sessions").status_code == 303
        assert not enters(browser, f"{GOOD} again")
        assert "disabled" in cairn(folder, "list").output
        assert browser.get("/health/ways-in").json()["passwords"] is False
        _what_is_not_known_is_refused_with_what_to_do(folder)


def _what_is_not_known_is_refused_with_what_to_do(folder: Path) -> None:
    assert "admin list" in str(cairn(folder, "passwd", "nobody", typed=f"{GOOD}\n").exception)
    assert "admin list" in str(cairn(folder, "disable", "nobody").exception)
    assert cairn(folder, "new", "li.na", typed=f"{GOOD}\n").exit_code == 2
    stranger = ("--person", "00000000-0000-0000-0000-000000000001")
    assert cairn(folder, "new", "li.na", *stranger, typed=f"{GOOD}\n").exit_code != 0


@pytest.mark.parametrize("verb", ["new", "passwd", "disable", "list"])
def test_every_verb_explains_itself_with_an_example(verb: str) -> None:
    told = CliRunner().invoke(app, ["admin", verb, "--help"])
    assert f"Example: cairn admin {verb}" in told.output
