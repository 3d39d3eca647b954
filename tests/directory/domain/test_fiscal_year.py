"""Fiscal years: they start in any month, or count weeks by quarter, and leave no day out."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.directory.domain.errors import YearStartsTooLate
from services.directory.domain.fiscal_year import fiscal_year

PATTERNS = ("months", "4-4-5", "4-5-4", "5-4-4")


def periods(*asked, kind=None, **more):
    return [p for p in fiscal_year(*asked, **more) if kind in (None, p.kind)]


def test_a_year_that_starts_in_april_has_its_own_quarters_and_months():
    year = {p.code: (p.first, p.last) for p in periods("FY26", date(2026, 4, 1), "months")}
    assert year["FY26"] == (date(2026, 4, 1), date(2027, 3, 31))
    assert year["FY26-H2"] == (date(2026, 10, 1), date(2027, 3, 31))
    assert year["FY26-Q4"] == (date(2027, 1, 1), date(2027, 3, 31))
    assert year["FY26-M11"] == (date(2027, 2, 1), date(2027, 2, 28))
    assert len(year) == 1 + 2 + 4 + 12


def test_a_year_of_months_may_begin_in_mid_month_but_not_on_a_day_that_some_months_lack():
    (first, *_) = periods("FY26", date(2026, 1, 26), "months", kind="month")
    assert (first.first, first.last) == (date(2026, 1, 26), date(2026, 2, 25))
    with pytest.raises(YearStartsTooLate):
        fiscal_year("FY26", date(2026, 1, 29), "months")


@pytest.mark.parametrize("pattern", ["4-4-5", "4-5-4", "5-4-4"])
def test_months_count_weeks_as_the_pattern_says(pattern):
    months = periods("FY26", date(2026, 2, 1), pattern, kind="month")
    weeks = [((m.last - m.first).days + 1) // 7 for m in months]
    assert weeks == [int(n) for n in pattern.split("-")] * 4
    assert [w.code for w in periods("FY26", date(2026, 2, 1), pattern, kind="week")][-1] == (
        "FY26-W52"
    )


def test_the_last_month_of_a_long_year_is_a_week_longer():
    months = periods("FY26", date(2026, 2, 1), "4-4-5", kind="month", long=True)
    assert (months[-1].last - months[-1].first).days + 1 == 42
    weeks = periods("FY26", date(2026, 2, 1), "4-4-5", kind="week", long=True)
    assert (len(weeks), weeks[-1].last) == (53, months[-1].last)


@given(
    st.dates(date(1950, 1, 1), date(2150, 1, 1)).filter(lambda day: day.day <= 28),
    st.sampled_from(PATTERNS),
    st.booleans(),
)
def test_every_kind_of_period_covers_the_year_day_by_day(first, pattern, long):
    (year,) = periods("Y", first, pattern, kind="year", long=long)
    for kind in ("half", "quarter", "month") + (() if pattern == "months" else ("week",)):
        parts = periods("Y", first, pattern, kind=kind, long=long)
        assert (parts[0].first, parts[-1].last) == (year.first, year.last)
        assert all(b.first - a.last == timedelta(days=1) for a, b in pairwise(parts))
        assert len({p.code for p in parts}) == len(parts)
