"""``cairn keys rotate``: what there is, before and after."""

import json
from pathlib import Path

from typer.testing import CliRunner, Result

from services.host.cli import app
from services.host.installation import Installation
from tests.support.postgres import folder_for_postgres


def cairn(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--data", str(folder)])


def test_a_preview_changes_nothing_and_a_rotation_everything() -> None:
    with folder_for_postgres() as parent:
        folder = parent / "data"
        before = Installation(folder).keys()
        shown = cairn(folder, "keys", "rotate", "--preview")
        assert shown.exit_code == 0, shown.output
        assert "Nothing was changed" in shown.output
        assert before.key_id("goals") in shown.output
        assert Installation(folder).keys() == before
        told = json.loads(cairn(folder, "keys", "rotate", "--json").stdout)
        after = Installation(folder).keys()
        assert {one["service"]: one["signing"] for one in told["keys"]} == dict(after.ids)
        assert set(told["wrapped"]) == {"directory", "goals", "metrics", "appraisal"}
        assert not set(after.masters.values()) & set(before.masters.values())
        secrets = {*after.masters.values(), *(pair.private for pair in after.pairs.values())}
        assert not any(secret in json.dumps(told) for secret in secrets)
        said = cairn(folder, "doctor").output
        assert "6 signing keys" in said


def test_the_verb_explains_itself_with_an_example() -> None:
    told = CliRunner().invoke(app, ["keys", "rotate", "--help"])
    assert "Example: cairn keys rotate" in told.output
