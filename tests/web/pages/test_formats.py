"""Figures and days are written as people of each language write them."""

from datetime import UTC, date, datetime

import pytest

from services.web.pages.formats import Formats

ZH, EN = Formats("zh-CN", "Asia/Shanghai"), Formats("en", "Asia/Shanghai")


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        ("962", "家", "962 家"),
        ("1100.50", "", "1,100.5"),
        ("95", "%", "95%"),
        ("1.5", "pp", "1.5pp"),
        ("1250000", "CNY", "¥1,250,000"),
        ("12.5", {"name": "", "currency": "CNY"}, "¥12.50"),
        ("3", {"name": "天", "currency": None}, "3 天"),
        (None, "家", "–"),
        ("not a figure", "家", "–"),
    ],
)
def test_a_measured_value_with_its_unit(value: object, unit: object, said: str) -> None:
    assert ZH.measured(value, unit) == said


def test_a_ratio_is_said_in_percent() -> None:
    assert ZH.percent("0.874545") == "87%"
    assert EN.percent("1.0417", 1) == "104.2%"
    assert EN.percent(None) == "–"
    assert EN.percent("-0.05") == "-5%"


def test_days_and_instants_by_language_in_the_tenants_time_zone() -> None:
    late = datetime(2026, 8, 14, 17, 30, tzinfo=UTC)
    assert EN.instant(late) == "15 Aug 2026, 01:30"
    assert ZH.instant("2026-08-14T17:30:00+00:00") == "2026年8月15日 01:30"
    assert EN.day(late) == "15 Aug"
    assert ZH.full_day(date(2026, 8, 14)) == "2026年8月14日"
    assert EN.full_day("2026-08-14") == "14 August 2026"
    assert EN.day(None) == "–"
    assert EN.instant("") == "–"


def test_whole_numbers_are_rounded_for_showing() -> None:
    assert EN.number("6.5", 0) == "6"
    assert EN.number("1234567.891") == "1,234,567.89"
