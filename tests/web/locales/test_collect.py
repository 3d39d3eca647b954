"""Every text of the pages is there in both languages."""

from string import Formatter
from typing import Any

import pytest
from babel.messages.pofile import read_po

from services.web.locales.collect import CATALOGUES, collected, known

USED = set(collected())


@pytest.mark.parametrize("locale", CATALOGUES)
def test_no_text_is_missing_and_none_is_left_over(locale: str) -> None:
    assert set(known(locale)) == USED


@pytest.mark.parametrize("locale", CATALOGUES)
def test_no_entry_is_fuzzy(locale: str) -> None:
    with CATALOGUES[locale].open("rb") as source:
        assert [m.id for m in read_po(source, locale) if m.id and m.fuzzy] == []


@pytest.mark.parametrize("locale", CATALOGUES)
def test_translations_keep_the_places_for_what_is_put_in(locale: str) -> None:
    wrong = [key for key, text in known(locale).items() if places(key) != places(text)]
    assert wrong == []


def places(text: Any) -> set[str]:
    """The names of the places in a text, whichever of its plural forms."""
    forms = [text] if isinstance(text, str) else text
    plain = (form.replace("%(", "{").replace(")s", "}") for form in forms)
    return {name for form in plain for _, name, _, _ in Formatter().parse(form) if name}


def test_a_text_of_a_template_and_one_of_a_module_are_both_found() -> None:
    assert "Back to now" in USED
    assert "At risk" in USED
