"""Which groups bring a role is settled anew for everybody when the settings say otherwise."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from services.directory.api.scim import group_roles
from services.directory.application.grouping import Grouping
from services.host.house import House, fresh_keys
from services.host.provisioning import Access
from shared.kernel.actors import service
from tests.support.children import until
from tests.support.house import speaking
from tests.support.postgres import Databases
from tests.support.provisioning import World, provisioning

KEYS = fresh_keys(("directory",))
SETTLED = "SELECT roles FROM scim.roles_of_groups"


@contextmanager
def started(access: Access, patch: pytest.MonkeyPatch, roles: Mapping[str, str]) -> Iterator[World]:
    """The directory with these settings, once it has settled what they say."""
    patch.setenv("CAIRN_SCIM_ROLES", json.dumps(roles))
    with (
        House({"directory": access}, keys=KEYS) as house,
        provisioning(house) as provider,
        speaking(house, "directory", service("host")) as me,
    ):
        until(lambda: settled(access) == {k.lower(): v for k, v in roles.items()}, 20, "settled")
        yield World(provider, me, house.services["directory"].conninfo)


def settled(access: Access) -> Any:
    with psycopg.connect(access.runtime) as connection:
        row = connection.execute(SETTLED).fetchone()
    return row[0] if row else {}


def roles(world: World, person_id: str) -> set[str]:
    return {role["role"] for role in world.person(person_id)["roles"]} - {"employee"}


def form(world: World, name: str, *members: str) -> None:
    body = {"displayName": name, "members": [{"value": member} for member in members]}
    world.provider.done("POST", "Groups", body)


def test_other_settings_count_for_every_member_from_the_next_start_on(
    databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    access = databases("directory")
    with started(access, monkeypatch, {}) as world:
        one, both, none = (world.bring(f"{n}@farhill.example") for n in ("one", "both", "none"))
        form(world, "People Team", one, both)
        form(world, "Cairn HR", both)
        form(world, "Choir", none)
        assert roles(world, one) == roles(world, both) == set()
    with started(access, monkeypatch, {"People Team": "hr", "Cairn HR": "hr"}) as world:
        assert (roles(world, one), roles(world, both)) == ({"hr"}, {"hr"})
        before = world.facts()
    with started(access, monkeypatch, {"cairn hr": "hr", "CHOIR": "auditor"}) as world:
        assert (roles(world, one), roles(world, both)) == (set(), {"hr"})
        assert roles(world, none) == {"auditor"}
        assert world.facts() == before + 2
    with started(access, monkeypatch, {"cairn hr": "hr", "CHOIR": "auditor"}) as world:
        assert world.facts() == before + 2


def test_what_was_cut_off_is_settled_at_the_next_start(
    databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    access = databases("directory")
    with started(access, monkeypatch, {}) as world:
        people = [world.bring(f"{number}@farhill.example") for number in range(2)]
        form(world, "Auditors", people[0])
        form(world, "Cairn HR", people[1])
    wanted = {"Auditors": "auditor", "Cairn HR": "hr"}
    whole = Grouping.bring_other_roles
    done: list[object] = []

    def once(self: Grouping, *asked: Any) -> Any:
        if done:
            raise InterruptedError
        done.append(whole(self, *asked))

    with monkeypatch.context() as patch:
        patch.setattr(group_roles.Grouping, "bring_other_roles", once)
        patch.setenv("CAIRN_SCIM_ROLES", json.dumps(wanted))
        with House({"directory": access}, keys=KEYS):
            until(lambda: bool(done), 20, "the first group")
        assert settled(access) == {}
    with started(access, monkeypatch, wanted) as world:
        assert [roles(world, one) for one in people] == [{"auditor"}, {"hr"}]
