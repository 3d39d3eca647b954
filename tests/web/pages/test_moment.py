"""A page looks from now, or as of a day or an instant in the past."""

from datetime import UTC, date, datetime

import pytest

from services.web.pages.moment import moment_of

NOW = datetime(2026, 9, 18, 4, 0, tzinfo=UTC)


def test_a_day_means_its_last_instant_where_the_tenant_works() -> None:
    moment = moment_of("2026-08-14", NOW, "Asia/Shanghai")
    assert moment.as_of == datetime(2026, 8, 14, 15, 59, 59, 999999, tzinfo=UTC)
    assert moment.on == date(2026, 8, 14)
    assert moment.is_past


def test_an_instant_is_taken_as_said_and_belongs_to_a_business_day() -> None:
    moment = moment_of("2026-08-14T23:30:00 00:00", NOW, "Asia/Shanghai")
    assert moment.as_of == datetime(2026, 8, 14, 23, 30, tzinfo=UTC)
    assert moment.on == date(2026, 8, 15)


@pytest.mark.parametrize(
    "said",
    [
        *(None, "", "2026-09-18", "2027-01-01", "yesterday", "2026-13-40"),
        *("9999-12-31", "0001-01-01", "0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59-08:00"),
    ],
)
def test_today_the_future_and_nonsense_are_now(said: str | None) -> None:
    moment = moment_of(said, NOW, "Asia/Shanghai")
    assert not moment.is_past
    assert moment.link("/objectives", unit="u", show="") == "/objectives?unit=u"


def test_links_keep_the_moment() -> None:
    moment = moment_of("2026-08-14", NOW, "Asia/Shanghai")
    assert moment.link("/") == "/?as_of=2026-08-14"
    assert moment.link("/kpis", unit="u") == "/kpis?unit=u&as_of=2026-08-14"
