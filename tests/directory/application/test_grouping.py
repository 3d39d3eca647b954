"""Some groups bring their members a role; whoever leaves them loses it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from shared.kernel.actors import service
from tests.support.house import running, speaking
from tests.support.postgres import Databases
from tests.support.provisioning import PATCH, World, provisioning

ROLES = {"Cairn HR": "hr", "People Team": "hr", "Auditors": "auditor"}


@pytest.fixture(scope="module")
def world(module_databases: Databases) -> Iterator[World]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAIRN_SCIM_ROLES", json.dumps(ROLES))
        with (
            running(module_databases, "directory") as house,
            provisioning(house) as provider,
            speaking(house, "directory", service("host")) as me,
        ):
            yield World(provider, me, house.services["directory"].conninfo)


def form(world: World, name: str, *members: str) -> str:
    body = {"displayName": name, "members": [{"value": member} for member in members]}
    return str(world.provider.done("POST", "Groups", body)["id"])


def change(world: World, group: str, **operation: Any) -> None:
    body = {"schemas": [PATCH], "Operations": [operation]}
    world.provider.done("PATCH", f"Groups/{group}", body)


def roles(world: World, person_id: str) -> set[str]:
    return {role["role"] for role in world.person(person_id)["roles"]} - {"employee"}


def test_a_role_comes_with_the_group_and_goes_with_it(world: World) -> None:
    who = world.bring("hr@farhill.example")
    group = form(world, "cairn hr", who)
    assert roles(world, who) == {"hr"}
    change(world, group, op="remove", path=f'members[value eq "{who}"]')
    assert roles(world, who) == set()
    change(world, group, op="add", path="members", value=[{"value": who}])
    assert roles(world, who) == {"hr"}
    world.provider.done("DELETE", f"Groups/{group}")
    assert roles(world, who) == set()


def test_a_role_that_comes_with_two_groups_goes_with_the_last(world: World) -> None:
    who = world.bring("two@farhill.example")
    first, second = form(world, "Cairn HR", who), form(world, "People Team", who)
    world.provider.done("DELETE", f"Groups/{first}")
    assert roles(world, who) == {"hr"}
    world.provider.done("DELETE", f"Groups/{second}")
    assert roles(world, who) == set()


def test_a_group_that_is_renamed_brings_another_role(world: World) -> None:
    who = world.bring("renamed@farhill.example")
    group = form(world, "Auditors", who)
    assert roles(world, who) == {"auditor"}
    change(world, group, op="replace", path="displayName", value="People Team")
    assert roles(world, who) == {"hr"}
    change(world, group, op="replace", path="displayName", value="Choir")
    assert roles(world, who) == set()
    world.provider.done("DELETE", f"Groups/{group}")


def test_other_groups_and_groups_inside_groups_bring_nothing(world: World) -> None:
    who = world.bring("inside@farhill.example")
    inner = form(world, "Choir", who)
    outer = form(world, "Auditors", inner)
    assert roles(world, who) == set()
    told = world.provider.done("GET", f"Groups/{outer}")
    assert [(one["value"], one["type"]) for one in told["members"]] == [(inner, "Group")]
    world.provider.done("DELETE", f"Groups/{inner}")
    assert "members" not in world.provider.done("GET", f"Groups/{outer}")
    world.provider.done("DELETE", f"Groups/{outer}")


def test_who_is_deleted_belongs_to_no_group_and_has_none_of_their_roles(world: World) -> None:
    who = world.bring("gone@farhill.example")
    group = form(world, "Auditors", who)
    world.provider.done("DELETE", f"Users/{who}")
    assert "members" not in world.provider.done("GET", f"Groups/{group}")
    assert roles(world, who) == set()
