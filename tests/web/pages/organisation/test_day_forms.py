"""Marking days of the calendar."""

import httpx2
import pytest

from services.web.pages.organisation.day_forms import (
    BACKWARDS,
    TOO_MANY,
    WHOLE_COMPANY_ONLY,
    asked,
    days_of,
)
from services.web.pages.typing_in import NOT_A_DAY, PLEASE_FILL_IN, Filled


def test_a_stretch_of_days_is_marked_and_made_ordinary_again(hr: httpx2.Client) -> None:
    data = {"key": "d1", "first": "2027-05-03", "last": "2027-05-05", "kind": "day_off"}
    answer = hr.post("/calendar/days", data=data)
    assert answer.headers["Location"] == "/calendar?year=2027&done=days"
    page = hr.get(answer.headers["Location"]).text
    assert "The days are marked." in page
    assert page.count('aria-label="Holiday"') == 3
    hr.post("/calendar/days", data=data | {"key": "d2", "last": "", "kind": "working"})
    assert hr.get("/calendar?year=2027").text.count('aria-label="Holiday"') == 2


def test_what_is_wrong_is_said_at_the_field(hr: httpx2.Client) -> None:
    answer = hr.post("/calendar/days", data={"first": "", "last": "", "kind": "day_off"})
    assert answer.status_code == 422
    assert 'aria-describedby="first-error"' in answer.text


@pytest.mark.parametrize(
    ("first", "last", "errors"),
    [
        ("", "", {"first": PLEASE_FILL_IN}),
        ("2027-13-01", "", {"first": NOT_A_DAY}),
        ("2027-05-03", "tomorrow", {"last": NOT_A_DAY}),
        ("2027-05-03", "2027-05-02", {"last": BACKWARDS}),
        ("2027-05-01", "2027-06-30", {"last": TOO_MANY}),
        ("2027-05-01", "2027-06-29", {}),
    ],
)
def test_which_stretches_can_be_marked(first: str, last: str, errors: dict[str, str]) -> None:
    form = Filled({"first": first, "last": last})
    days_of(form)
    assert form.errors == errors


@pytest.mark.parametrize(
    ("typed", "command", "errors"),
    [
        ({"kind": "make_up"}, "mark-days", {}),
        ({"kind": "day_off", "unit_id": "u", "reason": "x"}, "mark-closures", {}),
        ({"kind": "day_off", "unit_id": "u"}, "mark-closures", {"reason": PLEASE_FILL_IN}),
        ({"kind": "working", "unit_id": "u"}, "lift-closures", {}),
        (
            {"kind": "make_up", "unit_id": "u", "reason": "x"},
            "mark-closures",
            {"unit_id": WHOLE_COMPANY_ONLY},
        ),
    ],
)
def test_a_unit_rests_by_itself_and_the_company_as_a_whole(
    typed: dict[str, str], command: str, errors: dict[str, str]
) -> None:
    form = Filled(typed)
    assert asked(form, [])[0] == command
    assert form.errors == errors


def test_only_administrators_of_everything_are_offered_the_form(
    hr: httpx2.Client, seller: httpx2.Client
) -> None:
    assert 'href="/calendar/days?year=2026"' in hr.get("/calendar?year=2026").text
    assert "/calendar/days" not in seller.get("/calendar?year=2026").text
