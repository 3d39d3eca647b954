from uuid import uuid4

import pytest

from services.appraisal.domain.templates import SALES_ITEMS, sales
from services.host.importing.layout.book import sheet, sheet_titled, sheets
from services.host.importing.layout.words import Column, Sheet, folded

COLUMNS = [(one, column) for one in sheets() for column in one.columns]


def test_a_sheet_is_found_by_either_title_and_by_its_key() -> None:
    for one in sheets():
        for name in (one.title.en, one.title.zh, one.key):
            assert sheet_titled(name) is one


def test_a_column_is_found_by_either_header_with_or_without_a_star() -> None:
    for one, column in COLUMNS:
        for name in (column.head.en, column.head.zh + "*", column.key, column.head.en.upper()):
            assert one.column_headed(name) is column


def test_no_two_sheets_and_no_two_columns_of_a_sheet_share_a_name() -> None:
    titles = [folded(name) for one in sheets() for name in (one.title.en, one.title.zh)]
    assert len(set(titles)) == len(titles)
    for one in sheets():
        for side in ("en", "zh"):
            heads = [folded(getattr(column.head, side)) for column in one.columns]
            assert len(set(heads)) == len(heads)


@pytest.mark.parametrize(("one", "column"), COLUMNS, ids=lambda part: part.key)
def test_every_word_stands_in_both_languages(one: Sheet, column: Column) -> None:
    for said in (one.title, one.row, column.head, *column.words.values()):
        assert said.en
        assert said.zh
    assert bool(column.rule.en) == bool(column.rule.zh)


def test_identities_and_references_name_what_exists() -> None:
    keys = {one.key for one in sheets()}
    for one in sheets():
        assert set(one.identity) <= {column.key for column in one.columns}
    for _, column in COLUMNS:
        assert set(column.refers) <= keys
        assert all(sheet(key).identity == ("code",) for key in column.refers)


def test_an_unknown_title_names_no_sheet() -> None:
    assert sheet_titled("Holiday pictures") is None


def test_the_words_of_the_sales_template_are_the_templates_own() -> None:
    places = sheet("scheme_kpis").column("place").words
    assert [*places] == [line.code for line in SALES_ITEMS]
    judged = sales({code: uuid4() for code in places}).judged
    assert [*sheet("reviews").column("section").words] == [section.code for section in judged]
