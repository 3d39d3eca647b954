"""Roles are granted by others, delegations are given to those who stay."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from services.host.house import House
from tests.support.directory import SINCE, refused, somebody, unit
from tests.support.house import At, running, speaking
from tests.support.postgres import Databases


@pytest.fixture(scope="module")
def house(module_databases: Databases) -> Iterator[House]:
    with running(module_databases, "directory") as running_house:
        yield running_house


@pytest.fixture
def me(house: House) -> Iterator[At]:
    with speaking(house, "directory") as someone:
        yield someone


def employed(me: At, number: int = 2) -> list[str]:
    people = [somebody() for _ in range(number)]
    me.done("register-people", {"people": people})
    return [one["person_id"] for one in people]


def granting(person_id: str, role: str = "hr", **more: Any) -> dict[str, Any]:
    return {"grants": [{"person_id": person_id, "role": role, "effective_from": SINCE, **more}]}


def roles(me: At, person_id: str, **when: Any) -> list[str]:
    return [r["role"] for r in me.read(f"/people/{person_id}", **when)["person"]["roles"]]


def test_a_role_is_held_from_its_first_day_to_its_last_or_until_revoked(me: At) -> None:
    (one,) = employed(me, 1)
    me.done("grant-roles", granting(one, expires_on="2026-12-31"))
    me.done("grant-roles", granting(one, "executive"))
    assert roles(me, one, on="2026-06-30") == []
    assert roles(me, one, on="2026-12-31") == ["executive", "hr"]
    assert roles(me, one, on="2027-01-01") == ["executive"]
    me.done("revoke-roles", {"grants": [{"person_id": one, "role": "executive"}]})
    assert roles(me, one, on="2026-12-31") == ["hr"]


def test_a_role_needs_a_person_a_unit_and_days_in_order(me: At) -> None:
    (one,) = employed(me, 1)
    assert me.ask("grant-roles", granting(str(uuid4()))).status_code == 404
    nobody = {"grants": [{"person_id": str(uuid4()), "role": "hr"}]}
    assert me.ask("revoke-roles", nobody).status_code == 404
    nowhere = me.ask("grant-roles", granting(one, unit_id=str(uuid4())))
    refused(nowhere, "UnitUnknown", "grants[0].unit_id")
    early = me.ask("grant-roles", granting(one, expires_on="2026-06-30"))
    refused(early, "RoleEndsBeforeItBegins", "grants[0].expires_on")


def delegation(giver: str, receiver: str, **more: Any) -> dict[str, Any]:
    days = {"first": "2026-08-03", "last": "2026-08-14"}
    ids = {"delegation_id": str(uuid4()), "person_id": giver, "to": receiver}
    return {**ids, "scope": ["metrics", "goals", "goals"], **days, **more}


def test_a_delegation_is_seen_by_both_and_ended_once(me: At) -> None:
    chen, li = employed(me)
    given = delegation(chen, li)
    me.done("give-delegation", given)
    me.done("give-delegation", given)
    for person in (chen, li):
        (one,) = me.read("/delegations", person=person)["delegations"]
        assert (one["giver_id"], one["receiver_id"], one["ended"]) == (chen, li, False)
        assert one["scope"] == ["goals", "metrics"]
    end = {"delegation_id": given["delegation_id"], "person_id": chen}
    me.done("end-delegation", end)
    me.done("end-delegation", end)
    (one,) = me.read("/delegations", person=li)["delegations"]
    assert one["ended"] is True
    refused(me.ask("give-delegation", given), "DelegationTaken", "delegation_id")
    refused(
        me.ask("end-delegation", {**end, "person_id": li}), "DelegationUnknown", "delegation_id"
    )


def test_nobody_delegates_to_themselves_backwards_or_to_who_is_gone(me: At) -> None:
    chen, li, gone, off = employed(me, 4)
    me.done("end-employment", {"person_id": gone, "last_day": "2026-08-02"})
    me.done("deactivate-people", {"people": [{"person_id": off}]})
    refused(me.ask("give-delegation", delegation(chen, chen)), "DelegationToOneself", "to")
    backwards = delegation(chen, li, last="2026-08-02")
    refused(me.ask("give-delegation", backwards), "DelegationBackwards", "last")
    for receiver in (gone, off, str(uuid4())):
        refused(me.ask("give-delegation", delegation(chen, receiver)), "DelegateIsGone", "to")
    until = delegation(chen, gone, first="2026-08-01", last="2026-08-02")
    me.done("give-delegation", until)
    assert me.ask("give-delegation", delegation(str(uuid4()), li)).status_code == 404


def test_a_delegation_may_reach_one_unit_only(me: At) -> None:
    chen, li = employed(me)
    east = unit()
    me.done("register-units", {"units": [east]})
    nowhere = delegation(chen, li, unit_id=str(uuid4()))
    refused(me.ask("give-delegation", nowhere), "UnitUnknown", "unit_id")
    me.done("give-delegation", delegation(chen, li, unit_id=east["unit_id"]))
    (one,) = me.read("/delegations", person=chen)["delegations"]
    assert one["unit_id"] == east["unit_id"]


def test_why_a_role_came_and_went_is_told(me: At) -> None:
    (one,) = employed(me, 1)
    me.done("grant-roles", granting(one, reason="She stands in for Zhao."))
    gone = {"person_id": one, "role": "hr", "reason": "Zhao is back."}
    me.done("revoke-roles", {"grants": [gone]})
    told = me.read(f"/people/{one}/story")["items"][-2:]
    assert [line["reason"] for line in told] == ["She stands in for Zhao.", "Zhao is back."]
