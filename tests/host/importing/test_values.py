from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.host.importing.layout.book import sheets
from services.host.importing.layout.words import Column, Language
from services.host.importing.values import Raw, Unreadable, Value, as_text, read, written

midnight = datetime(2026, 7, 1)  # noqa: DTZ001 - a spreadsheet knows no zones
COLUMN = {column.kind: column for one in sheets() for column in one.columns}


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (1200.0, "1200"),
        (0.1 + 0.2, "0.3"),
        ("1,200", "1200"),
        ("500万", "5000000"),
        ("1.2 亿", "120000000"),
        ("95%", "95"),
        ("12.5", "12.5"),
        ("-7", "-7"),
        (1e-7, "1E-7"),
    ],
)
def test_a_number_is_read_as_people_write_it(raw: Raw, value: str) -> None:
    assert read(COLUMN["number"], raw) == Decimal(value)


@pytest.mark.parametrize(
    "raw", ["12,00", "1.2.3", "=1+1", "many", True, "1e9", float("inf"), 1e30, 1e-14]
)
def test_what_is_no_number_is_refused(raw: Raw) -> None:
    with pytest.raises(Unreadable, match="not_a_number"):
        read(COLUMN["number"], raw)


@pytest.mark.parametrize(
    "raw", ["2026-07-01", "2026/7/1", "2026年7月1日", "２０２６－０７－０１", midnight]
)
def test_a_day_is_read_as_people_write_it(raw: Raw) -> None:
    assert read(COLUMN["day"], raw) == date(2026, 7, 1)


@pytest.mark.parametrize(
    "raw", ["2026-02-30", "1 July", 46204, midnight.replace(hour=9), "7/1/2026"]
)
def test_what_is_no_day_is_refused(raw: Raw) -> None:
    with pytest.raises(Unreadable, match="not_a_day"):
        read(COLUMN["day"], raw)


@pytest.mark.parametrize("raw", ["1899-12-31", "2201-01-01", date(1, 1, 1)])
def test_a_day_beyond_the_calendars_that_are_kept_is_refused(raw: Raw) -> None:
    with pytest.raises(Unreadable, match="beyond_calendars"):
        read(COLUMN["day"], raw)


def test_yes_and_no_are_read_in_both_languages() -> None:
    assert [read(COLUMN["yes_no"], raw) for raw in ("Yes", "是", True, 1, "否", "no", 0)] == [
        True,
        True,
        True,
        True,
        False,
        False,
        False,
    ]
    with pytest.raises(Unreadable, match="not_yes_no"):
        read(COLUMN["yes_no"], "perhaps")


def test_a_list_keeps_its_order_and_says_nothing_twice() -> None:
    assert read(COLUMN["codes"], "crm; typed ；crm;") == ("crm", "typed")


def test_an_escaped_text_loses_its_apostrophe_and_an_honest_one_keeps_it() -> None:
    assert read(COLUMN["text"], "'=cmd") == "=cmd"
    assert read(COLUMN["text"], "'quoted'") == "'quoted'"


def test_whole_numbers_of_a_spreadsheet_read_as_codes_without_a_point() -> None:
    assert read(COLUMN["code"], 2026.0) == "2026"


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        ("whole", 1.5, "not_whole"),
        ("code", "x" * 65, "not_a_code"),
        ("code", "a\x07b", "not_a_code"),
        ("text", "x" * 40_001, "too_long"),
        ("number", "0.0000000000001", "not_a_number"),
        ("choice", "purple", "not_a_choice"),
    ],
)
def test_other_cells_are_refused_by_name(kind: str, raw: Raw, code: str) -> None:
    with pytest.raises(Unreadable, match=code):
        read(COLUMN[kind], raw)


def values_of(column: Column) -> st.SearchStrategy[Value]:
    """Everything that a cell of this column can mean."""
    text = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1)
    words = st.sampled_from([*column.words]) if column.words else st.just("x")
    plain: dict[str, st.SearchStrategy[Value]] = {
        "text": text,
        "code": st.from_regex(r"[A-Z][A-Z0-9\-]{0,20}", fullmatch=True),
        "day": st.dates(date(1900, 1, 1), date(2200, 1, 1)),
        "number": st.decimals(-(10**10), 10**10, allow_nan=False, places=4),  # 15 digits
        "whole": st.integers(-(10**9), 10**9),
        "yes_no": st.booleans(),
        "choice": words,
        "choices": st.lists(words, unique=True, min_size=1).map(tuple),
        "codes": st.lists(
            st.from_regex(r"[A-Z][A-Z0-9]{0,9}", fullmatch=True), unique=True, min_size=1
        ).map(tuple),
        "texts": st.lists(
            st.from_regex(r"[a-z目标][a-z ]{0,9}[a-z]", fullmatch=True), unique=True, min_size=1
        ).map(tuple),
    }
    return plain[column.kind]


@given(data=st.data(), language=st.sampled_from(["en", "zh"]))
def test_what_is_written_is_read_back(data: st.DataObject, language: Language) -> None:
    column = data.draw(st.sampled_from(sorted(COLUMN.values(), key=lambda c: c.kind)))
    value = data.draw(values_of(column))
    cell = written(column, value, language)
    raw = float(cell) if isinstance(cell, Decimal) and data.draw(st.booleans()) else cell
    assert read(column, str(raw) if isinstance(raw, Decimal) else raw) == value


def test_nothing_stays_nothing() -> None:
    for column in COLUMN.values():
        assert read(column, "  ") is None
        assert written(column, None, "en") is None
    assert as_text(None) == ""
