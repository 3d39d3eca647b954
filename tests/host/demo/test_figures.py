from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.host.demo.figures import around, spread, working_days

FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)
DAYS = list(working_days(FIRST, LAST, [date(2026, 9, 25)], [date(2026, 9, 20)]))
SHARES = [30, 32, 38]


def test_working_days_leave_out_holidays_and_take_in_make_up_days() -> None:
    assert len(DAYS) == 66
    assert date(2026, 9, 25) not in DAYS
    assert date(2026, 9, 20) in DAYS
    assert date(2026, 7, 4) not in DAYS


@given(total=st.integers(0, 10**8), seed=st.text(max_size=5))
def test_a_total_is_spread_without_a_rest(total: int, seed: str) -> None:
    total -= total % 100 if total >= 10_000 else 0
    daily = spread(total, DAYS, seed, SHARES)
    assert sum(daily.values()) == total
    assert min(daily.values()) >= 0
    assert daily == spread(total, DAYS, seed, SHARES)


@given(mean=st.integers(1, 60), days=st.integers(1, 70), seed=st.text(max_size=5))
def test_figures_around_a_mean_have_that_mean(mean: int, days: int, seed: str) -> None:
    daily = around(mean, [FIRST + timedelta(days=n) for n in range(days)], seed)
    assert sum(daily.values()) == mean * days
    assert min(daily.values()) >= 0
