"""What a visitor may be offered."""

from typing import Any

from services.web.pages.organisation.rights import rights_of


def holding(*held: tuple[str, str | None]) -> dict[str, Any]:
    return {"roles": [{"role": role, "unit_id": unit} for role, unit in held]}


def test_who_looks_after_people_everywhere_does_so_in_every_branch() -> None:
    rights = rights_of(holding(("hr", None)))
    assert rights.keep_people()
    assert rights.keep_people({"east", "sales"})
    assert not rights.keep_units()
    assert not rights.grant_roles()
    assert not rights.keep_calendar


def test_a_scoped_role_counts_in_its_unit_and_below() -> None:
    rights = rights_of(holding(("admin", "sales")))
    assert rights.keep_people({"east", "sales", "home"})
    assert rights.keep_units({"sales", "home"})
    assert not rights.grant_roles({"ops", "home"})
    assert not rights.keep_units()
    assert not rights.keep_calendar


def test_administrators_of_everything_keep_the_calendar_too() -> None:
    rights = rights_of(holding(("admin", None)))
    assert rights.grant_roles({"east"})
    assert rights.keep_calendar


def test_others_are_offered_nothing() -> None:
    for me in (holding(("auditor", None), ("executive", None), ("employee", None)), {}):
        rights = rights_of(me)
        assert not rights.keep_people({"east"})
        assert not rights.keep_units()
        assert not rights.grant_roles()
