"""Weights in basis points: what unset ones get."""

from hypothesis import given
from hypothesis import strategies as st

from services.goals.domain.weights import WHOLE, leave_nothing_to_share, resolved

some_weights = st.lists(st.none() | st.integers(0, 3_000), min_size=1, max_size=6)


def test_unset_weights_share_equally_and_the_highest_number_takes_the_remainder() -> None:
    assert resolved([None, None, None]) == (3333, 3333, 3334)


def test_unset_weights_share_what_the_given_ones_leave() -> None:
    assert resolved([4000, None, None]) == (4000, 3000, 3000)
    assert resolved([None, 5001, None, 0]) == (2499, 5001, 2500, 0)


def test_given_weights_stay_as_they_are() -> None:
    assert resolved([2500, 2500]) == (2500, 2500)


def test_given_weights_that_use_up_the_whole_leave_nothing_for_an_unset_one() -> None:
    assert leave_nothing_to_share([6000, 4000, None])
    assert not leave_nothing_to_share([6000, 4000])
    assert not leave_nothing_to_share([6000, 3999, None])
    assert resolved([6000, 5000, None]) == (6000, 5000, 0)


@given(some_weights)
def test_with_an_unset_weight_the_whole_is_used(weights: list[int | None]) -> None:
    if None in weights and not leave_nothing_to_share(weights):
        assert sum(resolved(weights)) == WHOLE


@given(some_weights)
def test_weights_are_never_negative(weights: list[int | None]) -> None:
    assert min(resolved(weights)) >= 0
