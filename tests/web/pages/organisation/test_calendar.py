"""The calendar of a year."""

from collections.abc import Callable

import httpx2


def test_a_year_shows_its_days_and_its_periods(seller: httpx2.Client) -> None:
    page = seller.get("/calendar?year=2026").text
    assert "Calendar 2026" in page
    assert 'aria-label="Holiday"' in page
    assert 'aria-label="Make-up working day"' in page
    assert "10 October 2026" in page
    assert "2026-Q3" in page
    assert page.index("Years") < page.index("Quarters") < page.index("Months")


def test_a_closure_is_in_the_table_with_its_unit_and_reason(
    hr: httpx2.Client, id_of_unit: Callable[[str], str]
) -> None:
    data = {
        "key": "c1", "first": "2028-03-01", "last": "", "kind": "day_off",
        "unit_id": id_of_unit("SHOP"), "reason": "盘点",
    }  # fmt: skip
    assert hr.post("/calendar/days", data=data).status_code == 303
    page = hr.get("/calendar?year=2028").text
    assert 'aria-label="Closed in part"' in page
    assert "Xuhui store" in page
    assert "盘点" in page


def test_another_year_has_none_of_them(seller: httpx2.Client) -> None:
    page = seller.get("/calendar?year=2031").text
    assert "No day of this year departs from the working week." in page
    assert "No period touches this year yet." in page
    assert 'href="/calendar?year=2030"' in page


def test_years_beyond_the_calendar_are_its_last_ones(seller: httpx2.Client) -> None:
    assert "Calendar 2199" in seller.get("/calendar?year=99999").text
    assert "Calendar 1901" in seller.get("/calendar?year=-5").text


def test_days_that_were_not_known_by_then_are_not_shown(seller: httpx2.Client) -> None:
    page = seller.get("/calendar?year=2026&as_of=2020-01-01").text
    assert "No day of this year departs from the working week." in page
