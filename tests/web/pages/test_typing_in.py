"""What people type into forms."""

import pytest

from services.web.clients.asking import RefusedByService
from services.web.pages.typing_in import NOT_A_NUMBER, PLEASE_FILL_IN, Filled, figure_of


@pytest.mark.parametrize(
    ("typed", "figure"),
    [
        ("962", "962"),
        ("1,100", "1100"),
        ("１，１００", "1100"),
        ("12.5", "12.5"),
        (".5", "0.5"),
        ("-3", "-3"),
        ("95%", "95"),
        ("500万", "5000000"),
        ("1.2 亿", "120000000.0"),
        ("1 100", "1100"),
    ],
)
def test_a_figure_in_several_hands(typed: str, figure: str) -> None:
    assert format(figure_of(typed), "f") == figure


@pytest.mark.parametrize("typed", ["abc", "1,10", "1.2.3", "万", "NaN", "1e9", "9" * 60, "--1"])
def test_what_is_no_figure_is_told_so(typed: str) -> None:
    assert figure_of(typed) is None
    form = Filled({"value": typed})
    assert form.figure("value") is None
    assert form.errors == {"value": NOT_A_NUMBER}


def test_an_empty_figure_is_only_wrong_where_one_is_needed() -> None:
    form = Filled({"value": " "})
    assert form.figure("value") is None
    assert form.errors == {}
    form.figure("value", needed=True)
    assert form.errors == {"value": PLEASE_FILL_IN}


def test_a_refusal_stands_at_the_field_it_names() -> None:
    form = Filled({"observed_on": "2026-12-01"})
    form.refused(RefusedByService(422, {"detail": "no", "field": "check_ins[0].observed_on"}))
    assert form.errors == {"observed_on": "no"}


def test_a_refusal_of_something_else_stands_above_the_form() -> None:
    form = Filled({"value": "1"})
    form.refused(RefusedByService(422, {"detail": "closed", "field": "cycle"}))
    assert form.errors == {"form": "closed"}
