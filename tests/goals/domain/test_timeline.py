"""What holds on which day."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from services.goals.domain.timeline import Timeline, first_said

JULY, AUGUST, SEPTEMBER = date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1)


def test_the_latest_effective_value_holds():
    line = Timeline(((JULY, 1200),)).said(AUGUST, 1000).said(SEPTEMBER, 1100)
    assert [line.on(day) for day in (JULY, AUGUST, SEPTEMBER)] == [1200, 1000, 1100]


def test_before_the_first_day_the_first_value_holds():
    assert Timeline(((JULY, 1200),)).on(date(2026, 1, 1)) == 1200


def test_a_later_word_cancels_what_was_to_hold_from_its_day_on():
    line = Timeline(((JULY, 1200),)).said(SEPTEMBER, 1100).said(AUGUST, 1000)
    assert line.on(SEPTEMBER) == 1000


def test_a_value_holds_for_good_only_when_nothing_later_differs():
    line = Timeline(((JULY, 1200),)).said(SEPTEMBER, 1100)
    assert not line.holds(AUGUST, 1200)
    assert line.holds(SEPTEMBER, 1100)
    assert not line.holds(SEPTEMBER, 1000)


def test_aspects_have_their_own_days():
    said = first_said(JULY, {"target": 1200, "weight": 3000}).said(AUGUST, {"target": 1000})
    assert said.on(SEPTEMBER, "weight") == 3000
    assert said.holds(AUGUST, {"target": 1000})
    assert not said.holds(AUGUST, {"colour": "red"})
    assert said.days_from(JULY) == (JULY, AUGUST)


def test_a_new_aspect_begins_when_it_is_first_said():
    assert first_said(JULY, {}).said(AUGUST, {"stretch": 5}).on(JULY, "stretch") == 5


days = st.integers(0, 20).map(lambda n: JULY + timedelta(days=n))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(days, st.integers(0, 5)), min_size=1, max_size=12), days)
def test_the_rule_said_plainly(said, day):
    """The latest word with a day on or before the one asked for."""
    line = Timeline((said[0],))
    for since, value in said[1:]:
        line = line.said(since, value)
    plain = [value for since, value in said if since <= day]
    if plain:
        assert line.on(day) == plain[-1]
