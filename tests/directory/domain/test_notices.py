"""Notices say what deserves a word, with its figures."""

from services.directory.domain.notices import MoreThanFullTime, StillHeld


def test_what_is_still_held_is_said_in_figures():
    notice = StillHeld(units=2, people=3)
    assert notice.code == "StillHeld"
    assert notice.sentence == (
        "This person still leads 2 units and manages 3 people. Name a successor, or appoint others."
    )


def test_what_comes_to_more_than_full_time_is_said_in_percent():
    assert "come to 120 % of full time" in MoreThanFullTime(percent=120).sentence
