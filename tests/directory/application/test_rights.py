"""Who may change people, units, the calendar and accounts: by role and by unit."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.host.house import House
from shared.kernel.actors import Actor, person, service
from shared.kernel.ids import id_of
from tests.support.house import running, speaking
from tests.support.postgres import Databases

SINCE = "2026-01-01"
COMPANY, EAST, SHOP, WEST = (str(id_of("unit", name)) for name in ("farhill", "e", "shop", "w"))
PEOPLE = ("admin", "east_admin", "hr", "east_hr", "head", "li", "zhao", "gone")
ADMIN, EAST_ADMIN, HR, EAST_HR, HEAD, LI, ZHAO, GONE = (id_of("person", one) for one in PEOPLE)


def someone(who: UUID | str, *units: str, **more: Any) -> dict[str, Any]:
    told = {"person_id": str(who), "name": "李", "name_en": "Li", "effective_from": SINCE}
    return {**told, "posts": [{"unit_id": unit, "title": "Sales"} for unit in units], **more}


def role(name: str, unit: str | None = None) -> dict[str, Any]:
    return {"role": name, "unit_id": unit}


def a_unit(unit: str, parent: str | None, **more: Any) -> dict[str, Any]:
    names = {"name_zh": "部门", "name_en": "Unit", "kind": "department"}
    told = {"unit_id": unit, "code": f"u-{unit}", "parent_id": parent, "effective_from": SINCE}
    return {**told, **names, **more}


@pytest.fixture(scope="module")
def house(module_databases: Databases) -> Iterator[House]:
    with running(module_databases, "directory") as running_house:
        with speaking(running_house, "directory", service("import")) as at:
            units = [
                a_unit(COMPANY, None),
                a_unit(EAST, COMPANY),
                a_unit(SHOP, EAST),
                a_unit(WEST, COMPANY),
            ]
            at.done("register-units", {"units": units})
            people = [
                someone(ADMIN, COMPANY, roles=[role("admin")]),
                someone(EAST_ADMIN, EAST, roles=[role("admin", EAST)]),
                someone(HR, COMPANY, roles=[role("hr")]),
                someone(EAST_HR, EAST, roles=[role("hr", EAST)]),
                someone(HEAD, EAST),
                someone(LI, SHOP),
                someone(ZHAO, WEST),
                someone(GONE, COMPANY, roles=[role("admin")]),
            ]
            at.done("register-people", {"people": people})
            led = [a_unit(EAST, COMPANY, head_id=str(HEAD))]
            at.done("register-units", {"units": led})
            at.done("deactivate-people", {"people": [{"person_id": str(GONE)}]})
            at.read("/units")
        yield running_house


def ask(house: House, who: UUID | Actor, command: str, body: dict[str, Any]) -> tuple[int, str]:
    actor = who if isinstance(who, Actor) else person(who)
    with speaking(house, "directory", actor) as at:
        answer = at.ask(command, body)
    return answer.status_code, answer.json().get("code", "")


def register(house: House, who: UUID, **told: Any) -> tuple[int, str]:
    return ask(house, who, "register-people", {"people": [told]})


DONE = (200, "")
NOT_KEEPER = (403, "OnlyPeopleKeepers")


@pytest.mark.parametrize("who", [ADMIN, HR, EAST_ADMIN, EAST_HR], ids=str)
def test_people_are_registered_by_hr_and_administrators_of_their_unit(
    house: House, who: UUID
) -> None:
    assert register(house, who, **someone(uuid4(), SHOP)) == DONE


@pytest.mark.parametrize("who", [HEAD, LI, ZHAO], ids=str)
def test_nobody_else_registers_people(house: House, who: UUID) -> None:
    assert register(house, who, **someone(uuid4(), SHOP)) == NOT_KEEPER


@pytest.mark.parametrize("who", [EAST_ADMIN, EAST_HR], ids=str)
def test_a_unit_s_keepers_register_nobody_elsewhere(house: House, who: UUID) -> None:
    assert register(house, who, **someone(uuid4(), WEST)) == NOT_KEEPER
    assert register(house, who, **someone(uuid4())) == NOT_KEEPER


def test_a_unit_s_keepers_neither_fetch_people_nor_send_them_away(house: House) -> None:
    assert register(house, EAST_HR, **someone(ZHAO, EAST)) == NOT_KEEPER
    assert register(house, EAST_HR, **someone(LI, SHOP, WEST)) == NOT_KEEPER
    assert register(house, HR, **someone(ZHAO, EAST)) == DONE
    assert register(house, HR, **someone(ZHAO, WEST)) == DONE


def test_hr_gives_no_roles(house: House) -> None:
    given = someone(LI, SHOP, roles=[role("executive", SHOP)])
    assert register(house, HR, **given) == NOT_KEEPER
    assert register(house, EAST_HR, **given) == NOT_KEEPER


def test_a_unit_s_administrator_gives_roles_there_and_nowhere_else(house: House) -> None:
    new = str(uuid4())
    assert register(house, EAST_ADMIN, **someone(new, SHOP, roles=[role("hr", SHOP)])) == DONE
    for given in (role("hr", WEST), role("hr")):
        roles = [role("hr", SHOP), given]
        assert register(house, EAST_ADMIN, **someone(new, SHOP, roles=roles)) == NOT_KEEPER


@pytest.mark.parametrize("name", ["admin", "auditor"])
def test_only_an_administrator_of_the_whole_company_gives_the_keys_away(
    house: House, name: str
) -> None:
    given = someone(uuid4(), SHOP, roles=[role(name, SHOP)])
    assert register(house, EAST_ADMIN, **given) == NOT_KEEPER
    assert register(house, ADMIN, **given) == DONE


def test_nobody_gives_or_takes_a_role_of_their_own(house: House) -> None:
    more = someone(ADMIN, COMPANY, roles=[role("admin"), role("auditor")])
    assert register(house, ADMIN, **more) == (403, "OwnRole")
    assert register(house, ADMIN, **someone(ADMIN, COMPANY)) == (403, "OwnRole")
    moved = someone(ADMIN, COMPANY, EAST, roles=[role("admin")])
    assert register(house, ADMIN, **moved) == DONE


def test_whoever_was_deactivated_does_nothing_and_reads_nothing(house: House) -> None:
    assert register(house, GONE, **someone(uuid4(), SHOP)) == (403, "NoLongerHere")
    with speaking(house, "directory", person(GONE)) as at:
        assert at.get("/people").json()["code"] == "NoLongerHere"


def test_whoever_is_not_known_reads_nothing(house: House) -> None:
    with speaking(house, "directory", person(uuid4())) as at:
        assert at.get("/people").json()["code"] == "NoLongerHere"


@pytest.mark.parametrize("who", [LI, HEAD, ADMIN], ids=str)
def test_people_units_and_the_calendar_are_open_to_whoever_works_here(
    house: House, who: UUID
) -> None:
    with speaking(house, "directory", person(who)) as at:
        for path in ("/people", f"/people/{LI}", "/units", "/calendar", "/hand-overs"):
            at.read(path)


def test_people_go_by_word_of_hr_and_administrators_of_their_unit(house: House) -> None:
    leaver = str(uuid4())
    assert register(house, HR, **someone(leaver, SHOP)) == DONE
    off, on = {"people": [{"person_id": leaver}]}, {"person_ids": [leaver]}
    left = {"person_id": leaver, "last_day": "2026-09-30"}
    for who in (LI, HEAD):
        for command, body in (
            ("deactivate-people", off),
            ("reactivate-people", on),
            ("end-employment", left),
        ):
            assert ask(house, who, command, body) == NOT_KEEPER
    assert ask(house, EAST_HR, "deactivate-people", off) == DONE
    assert ask(house, EAST_ADMIN, "reactivate-people", on) == DONE
    assert ask(house, EAST_HR, "end-employment", left) == DONE


def test_a_unit_s_hr_lets_nobody_go_elsewhere(house: House) -> None:
    off = {"people": [{"person_id": str(ZHAO)}]}
    assert ask(house, EAST_HR, "deactivate-people", off) == NOT_KEEPER


def test_units_are_kept_by_administrators_above_them(house: House) -> None:
    def units(who: UUID, *told: dict[str, Any]) -> tuple[int, str]:
        return ask(house, who, "register-units", {"units": list(told)})

    new, refused = str(uuid4()), (403, "OnlyUnitKeepers")
    assert units(EAST_ADMIN, a_unit(new, EAST)) == DONE
    assert units(EAST_ADMIN, a_unit(new, WEST)) == refused
    assert units(EAST_ADMIN, a_unit(str(uuid4()), WEST)) == refused
    assert units(EAST_ADMIN, a_unit(str(uuid4()), None)) == refused
    assert units(EAST_ADMIN, a_unit(WEST, COMPANY, head_id=str(LI))) == refused
    for who in (HR, EAST_HR, HEAD, LI):
        assert units(who, a_unit(str(uuid4()), EAST)) == refused
    assert units(ADMIN, a_unit(new, WEST)) == DONE


def test_the_calendar_is_kept_by_administrators_of_the_whole_company(house: House) -> None:
    days = {"days": [{"day": "2026-10-01", "kind": "day_off"}]}
    for who in (EAST_ADMIN, HR, LI):
        assert ask(house, who, "mark-days", days) == (403, "OnlyCalendarKeepers")
    assert ask(house, ADMIN, "mark-days", days) == DONE


def test_accounts_are_kept_by_administrators_and_nobody_opens_their_own_to_a_login(
    house: House,
) -> None:
    accounts = {"accounts": [{"person_id": str(one), "user_name": str(one)} for one in (LI, ADMIN)]}
    for who in (EAST_ADMIN, HR, LI):
        assert ask(house, who, "provision-accounts", accounts) == (403, "OnlyAccountKeepers")
    assert ask(house, ADMIN, "provision-accounts", accounts) == DONE
    login = {"issuer": "https://id.example", "subject": "a"}
    link = {"person_id": str(ADMIN), **login}
    assert ask(house, ADMIN, "link-login", link) == (403, "OwnLogin")
    assert ask(house, ADMIN, "link-login", {"person_id": str(LI), **login}) == DONE


@pytest.mark.parametrize("who", [ADMIN, LI], ids=str)
def test_nobody_reads_accounts_but_the_sign_in(house: House, who: UUID) -> None:
    with speaking(house, "directory", person(who)) as at:
        assert at.get("/accounts").json()["code"] == "AccountsAreClosed"
    with speaking(house, "directory", service("host")) as at:
        at.read("/accounts")


def test_the_rule_that_allowed_it_is_recorded(house: House) -> None:
    new = str(uuid4())
    register(house, EAST_HR, **someone(new, SHOP))
    found = house.services["directory"].journal.history(UUID(new))
    assert {one.envelope.rule for one in found} == {"register-people:hr"}


def test_hr_registers_employees_as_what_everybody_is(house: House) -> None:
    new = someone(uuid4(), SHOP, roles=[role("employee")])
    assert register(house, EAST_HR, **new) == DONE


def test_roles_alone_are_granted_by_the_same_rule(house: House) -> None:
    def grant(who: UUID, to: UUID, name: str, unit: str | None) -> tuple[int, str]:
        given = {"person_id": str(to), "effective_from": SINCE, **role(name, unit)}
        return ask(house, who, "grant-roles", {"grants": [given]})

    assert grant(EAST_ADMIN, LI, "executive", SHOP) == DONE
    assert grant(EAST_ADMIN, LI, "executive", None) == NOT_KEEPER
    assert grant(EAST_ADMIN, LI, "auditor", SHOP) == NOT_KEEPER
    assert grant(EAST_HR, LI, "hr", SHOP) == NOT_KEEPER
    assert grant(ADMIN, ADMIN, "hr", None) == (403, "OwnRole")


def test_one_lets_others_act_for_oneself_and_nobody_takes_that_for_themselves(
    house: House,
) -> None:
    def delegate(who: UUID, giver: UUID, to: UUID) -> tuple[int, str]:
        days = {"first": SINCE, "last": "2099-12-31", "scope": ["goals"]}
        told = {"delegation_id": str(uuid4()), "person_id": str(giver), "to": str(to), **days}
        return ask(house, who, "give-delegation", told)

    assert delegate(LI, LI, HEAD) == DONE
    assert delegate(ADMIN, LI, HEAD) == DONE
    for who in (HEAD, HR, EAST_HR, EAST_ADMIN, ZHAO):
        assert delegate(who, LI, ZHAO if who != ZHAO else HEAD)[1] == "OnlyGivers"
    assert delegate(ADMIN, LI, ADMIN) == (403, "OwnDelegation")
