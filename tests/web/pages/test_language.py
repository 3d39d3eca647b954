"""The language is the person's choice, then the browser's, then Chinese."""

import pytest

from services.web.pages.language import catalogue, spoken


@pytest.mark.parametrize(
    ("chosen", "accepted", "language"),
    [
        ("en", "zh-CN", "en"),
        ("zh-CN", "en", "zh-CN"),
        (None, "en-GB,en;q=0.9", "en"),
        (None, "zh-Hans-CN", "zh-CN"),
        (None, "en;q=0.3, zh-TW;q=0.8", "zh-CN"),
        (None, "de-DE, fr", "zh-CN"),
        (None, "de, en;q=0.5", "en"),
        (None, None, "zh-CN"),
        ("xx", "en", "en"),
        (None, "en;q=nonsense, zh;q=0.1", "zh-CN"),
    ],
)
def test_which_language_a_page_speaks(
    chosen: str | None, accepted: str | None, language: str
) -> None:
    assert spoken(chosen, accepted) == language


def test_the_catalogues_speak_their_languages() -> None:
    assert catalogue("zh-CN").gettext("Objectives") == "目标"
    assert catalogue("en").gettext("Objectives") == "Objectives"


def test_english_tells_one_from_many() -> None:
    one_or_many = ("%(num)s revision", "%(num)s revisions")
    assert catalogue("en").ngettext(*one_or_many, 1) == "%(num)s revision"
    assert catalogue("en").ngettext(*one_or_many, 2) == "%(num)s revisions"
    assert catalogue("zh-CN").ngettext(*one_or_many, 1) == "调整 %(num)s 次"
