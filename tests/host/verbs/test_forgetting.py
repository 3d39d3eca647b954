"""``cairn forget`` and ``cairn hold`` ask for what was left out before they do anything."""

from pathlib import Path

import pytest

from services.host.installation import Installation
from services.host.verbs.forgetting import forget_person, hold


def test_nobody_is_forgotten_without_a_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = {"preview": False, "reason": "", "yes": True, "lang": "en", "json": False}
    assert forget_person(Installation(tmp_path / "none"), "E042", **asked) == 2
    assert "Say why" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("what", "person", "hold_id", "reason", "said"),
    [
        ("keep", "E042", "", "So.", "place, release, list"),
        ("place", "", "", "So.", "Name the person"),
        ("place", "E042", "", "", "Say why"),
        ("release", "E042", "", "So.", "Name the hold"),
    ],
)
def test_what_was_left_out_of_a_hold_is_asked_for(
    what: str,
    person: str,
    hold_id: str,
    reason: str,
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = {"hold_id": hold_id, "reason": reason, "lang": "en", "json": False}
    assert hold(Installation(tmp_path / "none"), what, person, **told) == 2
    assert said in capsys.readouterr().err
