"""What an identity provider says, in words of the directory."""

from typing import Any

import pytest

from services.directory.domain.provisioned import ENTERPRISE, UNTITLED, Meaning, meaning_of


def meant(**attributes: Any) -> Meaning:
    return meaning_of("li.ming@farhill.example", attributes)


@pytest.mark.parametrize(
    ("attributes", "names"),
    [
        ({}, ("li.ming@farhill.example", "li.ming@farhill.example")),
        ({"displayName": "李明"}, ("李明", "李明")),
        ({"name": {"formatted": "Mr. Li"}}, ("Mr. Li", "Mr. Li")),
        ({"name": {"givenName": "明", "familyName": "李"}}, ("李明", "李明")),
        ({"name": {"givenName": "Ming", "familyName": "Li"}}, ("Ming Li", "Ming Li")),
        (
            {"displayName": "李明", "name": {"givenName": "Ming", "familyName": "Li"}},
            ("李明", "Ming Li"),
        ),
        ({"displayName": "  "}, ("li.ming@farhill.example", "li.ming@farhill.example")),
        ({"displayName": "x" * 300}, ("x" * 200, "x" * 200)),
    ],
)
def test_everybody_has_a_name_and_an_english_one_where_it_is_said(
    attributes: dict[str, Any], names: tuple[str, str]
) -> None:
    meaning = meant(**attributes)
    assert (meaning.name, meaning.name_en) == names


@pytest.mark.parametrize(
    ("attributes", "locale"),
    [
        ({}, ""),
        ({"preferredLanguage": "zh-Hans-CN"}, "zh-CN"),
        ({"preferredLanguage": "en-US,zh;q=0.5"}, "en"),
        ({"preferredLanguage": "de-DE"}, "en"),
        ({"locale": "zh_CN"}, "zh-CN"),
        ({"preferredLanguage": "en", "locale": "zh-CN"}, "en"),
    ],
)
def test_a_language_is_one_of_two_or_not_said(attributes: dict[str, Any], locale: str) -> None:
    assert meant(**attributes).locale == locale


def test_a_time_zone_that_does_not_exist_was_not_said() -> None:
    assert meant(timezone="Asia/Shanghai").time_zone == "Asia/Shanghai"
    assert meant(timezone="China Standard Time").time_zone == ""


def test_the_enterprises_words_are_read_and_what_is_no_text_is_not() -> None:
    said = {"department": " Sales ", "employeeNumber": "E17", "manager": {"value": "m-1"}}
    meaning = meant(title="Rep", **{ENTERPRISE: said})
    assert (meaning.department, meaning.employee_number) == ("Sales", "E17")
    assert (meaning.manager, meaning.title) == ("m-1", "Rep")
    strange = meant(title=7, **{ENTERPRISE: {"department": ["Sales"], "manager": "m-1"}})
    assert (strange.department, strange.manager, strange.title) == ("", "", UNTITLED)
