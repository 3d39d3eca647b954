"""Which measurements count."""

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from services.appraisal.domain.entries import over_time, ratio_of_sums, readings
from tests.support.appraisals import entry

D = Decimal
JULY = date(2026, 7, 1)


def test_the_highest_source_that_reported_counts():
    found = readings(
        [entry(5, source="typed"), entry(7, source="crm")], ("crm", "typed"), "replace"
    )
    assert [reading.value for reading in found] == [7]


def test_a_listed_source_stands_above_an_unlisted_one():
    found = readings([entry(5, source="shop"), entry(7, source="typed")], ("typed",), "add")
    assert [reading.value for reading in found] == [7]


def test_with_replace_the_entry_measured_last_is_the_value():
    found = readings([entry(5, rank=2), entry(7, rank=1)], (), "replace")
    assert [reading.value for reading in found] == [5]


def test_with_add_every_entry_counts():
    found = readings([entry(5, rank=1), entry(7, rank=2)], (), "add")
    assert over_time(found, "sum") == 12


def test_aggregates_over_time():
    found = readings([entry(v, day=day) for day, v in enumerate((4, 1, 2), start=1)], (), "replace")
    answers = {how: over_time(found, how) for how in ("sum", "mean", "last", "min", "max")}
    assert answers == {"sum": 7, "mean": D("2.333333"), "last": 2, "min": 1, "max": 4}


def test_nothing_measured_is_nothing_known():
    assert over_time((), "sum") is None
    assert ratio_of_sums((), ()) is None


def test_a_ratio_of_sums_is_not_a_mean_of_ratios():
    won = readings([entry(1, day=1), entry(9, day=2)], (), "replace")
    chances = readings([entry(10, day=1), entry(10, day=2)], (), "replace")
    assert ratio_of_sums(won, chances) == D("0.5")


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.integers(1, 31), st.integers(-50, 50)), max_size=12), st.randoms())
def test_the_order_in_which_entries_are_read_changes_nothing(days, random):
    entries = [entry(v, day=day, rank=rank) for rank, (day, v) in enumerate(days)]
    shuffled = random.sample(entries, len(entries))
    assert readings(entries, (), "replace") == readings(shuffled, (), "replace")
