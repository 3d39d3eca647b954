"""Somebody goes, and what they held goes to whoever is named."""

from collections.abc import Callable

import httpx2

Id = Callable[[str], str]


def test_what_somebody_holds_is_shown_before_it_is_confirmed(
    hr: httpx2.Client, id_of_unit: Id, id_of_person: Id
) -> None:
    page = hr.get(f"/people/{id_of_person('E020')}/leaving").text
    assert f'href="/units/{id_of_unit("EAST")}"' in page
    assert "Li Ming" in page
    assert "Wang Fang" in page
    assert "is managed by them: Line manager" in page


def test_who_is_deactivated_leaves_units_and_people_to_the_successor(
    hr: httpx2.Client, id_of_unit: Id, id_of_person: Id
) -> None:
    address = f"/people/{id_of_person('E020')}"
    data = {"key": "l1", "way": "deactivate", "successor_id": id_of_person("E021")}
    answer = hr.post(f"{address}/leaving", data=data)
    assert answer.headers["Location"] == f"{address}?done=left"
    assert "Cannot act" in hr.get(address).text
    unit = hr.get(f"/units/{id_of_unit('EAST')}").text
    assert unit.index("Who leads") < unit.index("Li Ming", unit.index("Who leads"))
    assert "Let them act again" in hr.get(address).text
    assert hr.post(f"{address}/reactivate", data={"key": "l2"}).status_code == 303
    assert "Works here" in hr.get(address).text


def test_what_nobody_takes_over_is_told(hr: httpx2.Client, id_of_person: Id) -> None:
    address = f"/people/{id_of_person('E010')}"
    data = {"key": "l7", "way": "deactivate", "successor_id": ""}
    answer = hr.post(f"{address}/leaving", data=data)
    assert answer.headers["Location"] == f"{address}?done=held"
    page = hr.get(f"{address}?done=held").text
    assert "Nobody has taken over" in page
    assert "Sales" in page
    assert hr.post(f"{address}/reactivate", data={"key": "l8"}).status_code == 303


def test_who_leaves_has_a_last_day(hr: httpx2.Client, id_of_person: Id) -> None:
    address = f"/people/{id_of_person('E023')}"
    data = {"key": "l3", "way": "end", "last_day": "", "successor_id": ""}
    answer = hr.post(f"{address}/leaving", data=data)
    assert answer.status_code == 422
    assert 'id="last_day-error"' in answer.text
    data |= {"key": "l4", "last_day": "2026-09-10"}
    assert hr.post(f"{address}/leaving", data=data).status_code == 303
    page = hr.get(address).text
    assert "Has left" in page
    assert "last day 10 September 2026" in page


def test_a_way_that_is_none_is_refused(hr: httpx2.Client, id_of_person: Id) -> None:
    answer = hr.post(f"/people/{id_of_person('E021')}/leaving", data={"key": "l5", "way": "?"})
    assert answer.status_code == 422
    assert 'id="way-error"' in answer.text


def test_whoever_may_not_is_told_why(seller: httpx2.Client, id_of_person: Id) -> None:
    address = f"/people/{id_of_person('E010')}"
    assert f"{address}/leaving" not in seller.get(address).text
    data = {"key": "l6", "way": "deactivate", "successor_id": ""}
    answer = seller.post(f"{address}/leaving", data=data)
    assert answer.status_code == 403
    assert "Ask" in answer.text
