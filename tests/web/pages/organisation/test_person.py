"""The page of one person."""

from collections.abc import Callable

import httpx2
import pytest

from services.web.pages.organisation.person import (
    CANNOT_ACT,
    LEFT,
    NOT_YET,
    WORKS_HERE,
    standing,
)
from services.web.pages.status import Mark

Id = Callable[[str], str]


def test_a_person_shows_posts_managers_roles_and_what_they_lead(
    seller: httpx2.Client, id_of_person: Id, id_of_unit: Id
) -> None:
    page = seller.get(f"/people/{id_of_person('E020')}").text
    assert "<h1>Zhou Qiang</h1>" in page
    assert "周强" in page
    assert "100% of full time" in page
    assert f'href="/people/{id_of_person("E010")}"' in page
    assert page.index("Leads") < page.index("East team", page.index("Leads"))
    assert page.index("Manages") < page.index("Li Ming", page.index("Manages"))
    scoped = seller.get(f"/people/{id_of_person('E023')}").text
    assert "Administrator" in scoped
    assert "Sales and below" in scoped


def test_an_unknown_person_is_not_found(seller: httpx2.Client) -> None:
    assert seller.get("/people/00000000-0000-0000-0000-000000000001").status_code == 404


@pytest.mark.parametrize(
    ("said", "mark"),
    [
        ({"employed_from": "2026-07-01"}, WORKS_HERE),
        ({"employed_from": "2026-12-01"}, NOT_YET),
        ({"employed_from": "2026-07-01", "last_day": "2026-09-17"}, LEFT),
        ({"employed_from": "2026-07-01", "last_day": "2026-09-18"}, WORKS_HERE),
        ({"employed_from": "2026-07-01", "active": False}, CANNOT_ACT),
    ],
)
def test_how_a_person_stands_on_a_day(said: dict[str, object], mark: Mark) -> None:
    assert standing(said, "2026-09-18") == mark


def test_a_person_hears_what_happened_to_them_and_so_do_those_above(
    browser_of: Callable[..., httpx2.Client], id_of_person: Id
) -> None:
    address = f"/people/{id_of_person('E021')}"
    for code in ("E021", "E020", "E010", "E002"):
        page = browser_of(code).get(address).text
        told = page[page.index("What happened") :]
        assert "Import made Zhou Qiang line manager of Li Ming from 2026-07-01 on." in told
        assert "gave Li Ming the post of 大客户经理 in East team, 100 % of full time" in told
        assert "{" not in told[: told.index("</ol>")]
    assert "What happened" not in browser_of("E022").get(address).text
