"""Letting somebody act in one's place."""

import re
from collections.abc import Callable

import httpx2

Id = Callable[[str], str]


def test_a_delegation_is_given_shown_to_both_and_ended(
    seller: httpx2.Client, id_of_person: Id
) -> None:
    me, other = f"/people/{id_of_person('E022')}", f"/people/{id_of_person('E021')}"
    assert f'href="{me}/delegations"' in seller.get(me).text
    data = {
        "key": "d1", "to": id_of_person("E021"), "scope": ["goals", "metrics"], "unit_id": "",
        "first": "2026-09-01", "last": "2099-01-31",
    }  # fmt: skip
    answer = seller.post(f"{me}/delegations", data=data)
    assert answer.headers["Location"] == f"{me}?done=delegated"
    page = seller.get(me).text
    assert "Li Ming stands in for them" in page
    assert "Objectives, KPIs" in page
    assert "stands in for Wang Fang" in seller.get(other).text
    page = seller.get(f"{me}/delegations").text
    given = re.search(r'name="delegation_id" value="([^"]+)"', page)
    assert given is not None
    data = {"key": "d2", "delegation_id": given[1]}
    assert seller.post(f"{me}/delegations/end", data=data).status_code == 303
    assert "stands in for them" not in seller.get(me).text


def test_what_is_missing_is_said_at_the_field_and_what_was_typed_stays(
    seller: httpx2.Client, id_of_person: Id
) -> None:
    me = f"/people/{id_of_person('E022')}"
    data = {"key": "d3", "to": "", "scope": ["goals"], "first": "2026-09-01", "last": ""}
    answer = seller.post(f"{me}/delegations", data=data)
    assert answer.status_code == 422
    assert 'id="to-error"' in answer.text
    assert 'id="last-error"' in answer.text
    assert 'value="goals" checked' in answer.text
    assert 'value="all" checked' not in answer.text


def test_only_the_person_is_offered_the_form(hr: httpx2.Client, id_of_person: Id) -> None:
    address = f"/people/{id_of_person('E022')}"
    assert f"{address}/delegations" not in hr.get(address).text


def test_who_gives_in_anothers_name_is_told_so(seller: httpx2.Client, id_of_person: Id) -> None:
    data = {
        "key": "d4", "to": id_of_person("E022"), "scope": ["all"], "first": "2026-09-01",
        "last": "2026-09-30",
    }  # fmt: skip
    answer = seller.post(f"/people/{id_of_person('E001')}/delegations", data=data)
    assert answer.status_code in (403, 422)
