"""Handing out roles and taking them back."""

import re
from collections.abc import Callable

import httpx2

Id = Callable[[str], str]


def test_a_role_is_granted_in_a_unit_until_a_day_and_taken_back(
    hr: httpx2.Client, id_of_unit: Id, id_of_person: Id
) -> None:
    address = f"/people/{id_of_person('E010')}"
    assert f'href="{address}/roles"' in hr.get(address).text
    data = {
        "key": "r1", "role": "hr", "unit_id": id_of_unit("EAST"), "effective_from": "2026-09-01",
        "expires_on": "2099-06-30", "reason": "She stands in.",
    }  # fmt: skip
    answer = hr.post(f"{address}/roles", data=data)
    assert answer.headers["Location"] == f"{address}?done=granted"
    page = hr.get(f"{address}?done=granted").text
    assert "The role is granted." in page
    assert "Human resources" in page
    assert "East team and below" in page
    assert "until 30 June 2099" in page
    assert "Why: She stands in." in page
    back = {"key": "r2", "role": "hr", "unit_id": id_of_unit("EAST")}
    silent = hr.post(f"{address}/roles/revoke", data=back)
    assert silent.status_code == 422
    assert 'id="why-1-error"' in silent.text
    back |= {"key": "r5", "reason": "She is back."}
    answer = hr.post(f"{address}/roles/revoke", data=back)
    assert answer.headers["Location"] == f"{address}?done=revoked"
    page = hr.get(address).text
    assert "Human resources" not in page
    assert "Why: She is back." in page


def test_what_is_missing_is_said_at_the_field(hr: httpx2.Client, id_of_person: Id) -> None:
    data = {"key": "r3", "role": "", "effective_from": "", "unit_id": "", "expires_on": ""}
    answer = hr.post(f"/people/{id_of_person('E010')}/roles", data=data)
    assert answer.status_code == 422
    assert 'id="role-error"' in answer.text
    assert 'id="reason-error"' in answer.text
    assert 'id="effective_from-error"' in answer.text


def test_a_refusal_stands_at_its_field(hr: httpx2.Client, id_of_person: Id) -> None:
    data = {
        "key": "r4", "role": "hr", "effective_from": "2026-09-01", "unit_id": "",
        "expires_on": "2026-08-01", "reason": "She stands in.",
    }  # fmt: skip
    answer = hr.post(f"/people/{id_of_person('E010')}/roles", data=data)
    assert answer.status_code == 422
    assert re.search(r'id="expires_on-error".*before it begins', answer.text)
    assert 'value="2026-08-01"' in answer.text


def test_nobody_is_offered_to_grant_roles_to_themselves(
    hr: httpx2.Client, id_of_person: Id
) -> None:
    address = f"/people/{id_of_person('E002')}"
    assert f"{address}/roles" not in hr.get(address).text
