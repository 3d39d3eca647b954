"""How things stand is said by colour, icon and word."""

from decimal import Decimal
from pathlib import Path

import pytest

from services.web.pages.status import LEVELS, STATUSES, UNKNOWN, kpi_level, status

D = Decimal
SPRITE = Path("services/web/static/vendor/icons.svg")


@pytest.mark.parametrize(
    ("direction", "actual", "level"),
    [
        ("higher", "89", "below_threshold"),
        ("higher", "90", "below_target"),
        ("higher", "100", "on_target"),
        ("higher", "120", "stretched"),
        ("lower", "130", "below_threshold"),
        ("lower", "90", "stretched"),
    ],
)
def test_between_which_lines_a_figure_lies(direction: str, actual: str, level: str) -> None:
    lines = (D(90), D(100), D(120)) if direction == "higher" else (D(120), D(100), D(90))
    assert kpi_level(direction, D(actual), *lines) == level


def test_without_figure_or_target_nothing_is_said() -> None:
    assert kpi_level("higher", None, D(1), D(2), D(3)) == "no_data"
    assert kpi_level("higher", D(1), None, None, None) == "no_data"


def test_every_mark_has_an_icon_that_is_drawn_and_a_word() -> None:
    drawn = SPRITE.read_text("utf-8")
    for mark in [*STATUSES.values(), *LEVELS.values(), UNKNOWN]:
        assert f'id="{mark.icon}"' in drawn
        assert mark.word


def test_an_unknown_status_is_shown_as_no_data() -> None:
    assert status("no_data") is UNKNOWN
