"""What each verb of the cairn command says of itself, and how it refuses."""

import pytest
from typer.testing import CliRunner

from services.host.cli import app

VERBS = ("up", "demo", "import", "replay", "verify", "rebuild", "separation", "doctor")


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself_with_an_example(verb: str) -> None:
    told = CliRunner().invoke(app, [verb, "--help"])
    assert told.exit_code == 0
    assert f"Example: cairn {verb}" in told.output


def test_all_verbs_are_listed() -> None:
    told = CliRunner().invoke(app, ["--help"]).output
    assert all(f" {verb} " in told for verb in VERBS)


@pytest.mark.parametrize(
    "words", [["replay", "salary", "x"], ["rebuild", "payroll"], ["fly"], ["up", "--port", "x"]]
)
def test_what_is_not_known_is_refused_with_code_two(words: list[str]) -> None:
    assert CliRunner().invoke(app, words).exit_code == 2
