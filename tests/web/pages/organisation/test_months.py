"""A year drawn month by month."""

from datetime import date

from services.web.pages.organisation.months import months_of, weekdays

HOLIDAY = date(2026, 10, 1)


def test_weeks_begin_on_monday_and_hold_their_own_month_only() -> None:
    october = months_of(2026, {HOLIDAY: "day_off"}, HOLIDAY, "en")[9]
    assert october.name == "October"
    first = october.weeks[0]
    assert [cell and cell.day.day for cell in first] == [None, None, None, 1, 2, 3, 4]
    thursday, saturday = first[3], first[5]
    assert thursday is not None
    assert (thursday.kind, thursday.today, thursday.weekend) == ("day_off", True, False)
    assert saturday is not None
    assert (saturday.kind, saturday.weekend) == ("", True)


def test_names_are_in_the_readers_language() -> None:
    assert months_of(2026, {}, HOLIDAY, "zh_CN")[0].name == "1月"
    assert weekdays("zh_CN")[0] == ("一", "星期一")
    assert weekdays("en")[6] == ("S", "Sunday")
