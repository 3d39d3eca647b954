"""Defining a fiscal year."""

import httpx2


def test_a_year_of_months_is_named_with_its_parts(hr: httpx2.Client) -> None:
    assert "/calendar/year" in hr.get("/calendar?year=2028").text
    data = {"key": "y1", "code": "FY28", "first": "2028-04-01", "pattern": "months"}
    answer = hr.post("/calendar/year", data=data)
    assert answer.headers["Location"] == "/calendar?year=2028&done=year"
    page = hr.get(answer.headers["Location"]).text
    assert "The periods of the fiscal year can be named from now on." in page
    for code in ("FY28", "FY28-H1", "FY28-Q3", "FY28-M09"):
        assert f">{code}<" in page


def test_a_year_of_weeks(hr: httpx2.Client) -> None:
    data = {"key": "y2", "code": "FY30", "first": "2030-01-07", "pattern": "4-4-5", "long": "yes"}
    assert hr.post("/calendar/year", data=data).status_code == 303
    assert ">FY30-W53<" in hr.get("/calendar?year=2031").text


def test_what_is_wrong_is_said_at_the_field(hr: httpx2.Client) -> None:
    data = {"key": "y3", "code": "", "first": "", "pattern": "months"}
    answer = hr.post("/calendar/year", data=data)
    assert answer.status_code == 422
    assert 'id="code-error"' in answer.text
    data = {"key": "y4", "code": "FY29", "first": "2029-01-31", "pattern": "months"}
    answer = hr.post("/calendar/year", data=data)
    assert answer.status_code == 422
    assert 'id="first-error"' in answer.text
    assert 'value="FY29"' in answer.text
