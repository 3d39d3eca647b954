"""What is said of the ways in."""

import pytest

from services.host.ways_in import ANYBODY, NONE, WaysIn


@pytest.mark.parametrize(
    ("ways", "said", "sound"),
    [
        (WaysIn(development=False, passwords=False, companies=[]), NONE, False),
        (WaysIn(development=True, passwords=True, companies=["Example"]), ANYBODY, False),
        (WaysIn(development=False, passwords=True, companies=[]), "by name and password", True),
        (
            WaysIn(development=False, passwords=True, companies=["Example"]),
            "by Example, name and password",
            True,
        ),
    ],
    ids=["none", "anybody", "password", "both"],
)
def test_a_way_in_is_sound_when_each_comes_as_themselves(
    ways: WaysIn, said: str, sound: bool
) -> None:
    assert (ways.said, ways.is_sound) == (said, sound)
