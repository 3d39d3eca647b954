"""Choosing a unit by a part of its name or code."""

from collections.abc import Callable

import httpx2
import pytest

from services.web.pages.organisation import unit_picking as module

Id = Callable[[str], str]
IN_CHINESE = {"Accept-Language": "zh-CN"}


def choices(browser: httpx2.Client, **asked: str) -> str:
    """The choices of one field, as they are fetched while one types."""
    return browser.get("/units/choices", params={"field": "unit_id", **asked}).text


def test_choices_are_the_unit_that_is_chosen_and_those_that_the_search_found(
    hr: httpx2.Client, id_of_unit: Id
) -> None:
    piece = choices(hr, unit_id=id_of_unit("OPS"), unit_id_sought="east")
    assert "<html" not in piece
    assert f'value="{id_of_unit("OPS")}" checked' in piece
    assert f'value="{id_of_unit("EAST")}">' in piece
    assert "· Sales" in piece  # where it lies
    assert "Xuhui" not in piece
    assert "华东组" in hr.get("/units/choices?field=x&x_sought=华东", headers=IN_CHINESE).text


def test_few_units_can_be_chosen_without_a_search_and_many_cannot(
    hr: httpx2.Client, monkeypatch: pytest.MonkeyPatch, id_of_unit: Id
) -> None:
    assert f'value="{id_of_unit("SHOP")}"' in choices(hr)
    monkeypatch.setattr(module, "AT_MOST", 3)
    few = choices(hr, nothing="everywhere", unit_id=id_of_unit("SHOP"))
    assert few.count('type="radio"') == 2
    assert "everywhere" in few
    assert choices(hr, unit_id_sought="s").count('type="radio"') == 3


def test_nothing_can_be_chosen_below_the_unit_itself(hr: httpx2.Client, id_of_unit: Id) -> None:
    piece = choices(hr, outside=id_of_unit("SALES"), nothing="top")
    assert f'value="{id_of_unit("HOME")}"' in piece
    for below in ("SALES", "EAST", "SHOP"):
        assert f'value="{id_of_unit(below)}"' not in piece


def test_no_unit_found_is_said(hr: httpx2.Client) -> None:
    assert "No unit is called so." in choices(hr, unit_id_sought="zzz")


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/units/found", "parent_id"),
        ("/people/register", "unit_id_0"),
        ("/calendar/days", "unit_id"),
    ],
)
def test_without_scripts_the_form_is_shown_again_with_whom_the_search_found(
    hr: httpx2.Client, address: str, field: str, id_of_unit: Id
) -> None:
    answer = hr.post(address, data={f"{field}_sought": "xuhui", f"{field}_answered": ""})
    assert answer.status_code == 200
    assert f'name="{field}" value="{id_of_unit("SHOP")}"' in answer.text
    assert f'name="{field}" value="{id_of_unit("OPS")}"' not in answer.text
