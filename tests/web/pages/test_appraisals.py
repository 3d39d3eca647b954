"""Appraisals: the list, and one with how it was computed."""

from typing import Any

from starlette.testclient import TestClient


def test_my_appraisal_is_listed_with_its_total(visitor: TestClient, town: Any) -> None:
    page = visitor.get("/appraisals").text
    assert f'href="/appraisals/{town.APPRAISAL}"' in page
    assert "98.75" in page


def test_the_appraisal_says_how_it_was_computed_and_that_okrs_are_not_used(
    visitor: TestClient, town: Any
) -> None:
    page = visitor.get(f"/appraisals/{town.APPRAISAL}").text
    assert "OKRs are not used in appraisal" in page
    assert "72.45" in page
    assert "How was this computed?" in page
    assert "1 + (a − t)/|t| = 1.0417" in page
    assert 'aria-current="step"' in page


def test_the_walls_are_shown_as_they_stand(visitor: TestClient) -> None:
    page = visitor.get("/appraisals/separation").text
    for word in ("Holds", "Broken", "Not enforced in this shape"):
        assert f"</svg> {word}</span>" in page
