"""Letting somebody act for somebody in a running house, as they would themselves."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from services.host.house import House
from shared.kernel.actors import Actor, person, standing_in
from tests.support.house import speaking


def let(
    house: House, giver: UUID, to: UUID, *scope: str, unit: UUID | None = None, days: int = 30
) -> Actor:
    """The giver lets somebody act for them from yesterday on; who acts so, once all know it."""
    delegation, today = uuid4(), house.services["directory"].clock.today()
    body: dict[str, Any] = {
        "delegation_id": str(delegation),
        "person_id": str(giver),
        "to": str(to),
        "scope": scope or ("all",),
        "unit_id": str(unit) if unit else None,
        "first": str(today - timedelta(days=1)),
        "last": str(today + timedelta(days=days)),
    }
    with speaking(house, "directory", person(giver)) as me:
        me.done("give-delegation", body)
    settle(house)
    return standing_in(to, giver, delegation)


def take_back(house: House, actor: Actor) -> None:
    """The giver ends it; all know it."""
    ended = {"person_id": actor.on_behalf_of, "delegation_id": actor.delegation}
    with speaking(house, "directory", person(actor.on_behalf_of)) as me:
        me.done("end-delegation", ended)
    settle(house)


def settle(house: House) -> None:
    """Wait until every service knows what the directory said last."""
    head = house.services["directory"].reader.stretch("organisation", 0, 1).head
    for name, one in house.services.items():
        assert one.followed.wait_for({"organisation": head}, longest=20), name
