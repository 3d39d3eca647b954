"""Choosing a person by a part of the name."""

from collections.abc import Callable

import httpx2

from services.web.pages.organisation.picking import still_seeks
from services.web.pages.typing_in import Filled

Id = Callable[[str], str]


def test_choices_are_whoever_is_chosen_and_whom_the_search_found(
    hr: httpx2.Client, id_of_person: Id
) -> None:
    address = f"/people/choices?field=head_id&head_id={id_of_person('E001')}&head_id_sought=wang"
    piece = hr.get(address).text
    assert "<html" not in piece
    assert f'value="{id_of_person("E001")}" checked' in piece
    assert f'value="{id_of_person("E022")}">' in piece
    assert "Zhou Qiang" not in piece


def test_nobody_found_is_said(hr: httpx2.Client) -> None:
    assert "Nobody is called so." in hr.get("/people/choices?field=x&x_sought=zzz").text


def test_a_field_is_a_word(hr: httpx2.Client) -> None:
    assert hr.get('/people/choices?field="><b>').status_code == 404


def test_a_search_that_was_not_answered_is_answered_before_anything_is_recorded() -> None:
    fields = ("head_id",)
    assert still_seeks(Filled({"head_id_sought": "li", "head_id_answered": ""}), fields)
    assert still_seeks(Filled({"find": "head_id"}), fields)
    assert not still_seeks(Filled({"head_id_sought": "li", "head_id_answered": "li"}), fields)
    assert not still_seeks(Filled({}), fields)
