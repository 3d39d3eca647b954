"""How a command of the CLI speaks to the services: to a Cairn that runs, or to one of its own."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from services.host.calling import Calling, Declined
from services.host.house import House, Keys
from services.host.installation import Installation
from services.host.provisioning import Access
from shared.kernel.actors import Actor

__all__ = ["Declined", "Reach", "reached"]


class Reach(Calling):
    """The services at one address, spoken to with tokens that the host signs."""

    def __init__(self, address: str, keys: Keys, admin: str, access: Mapping[str, Access]) -> None:
        super().__init__()
        self.address, self.keys, self.admin, self.access = address, keys, admin, access

    def url(self, name: str) -> str:
        """Where a service answers."""
        return f"{self.address}/api/{name}"

    def token(self, actor: Actor, name: str) -> str:
        """A token for one service."""
        return self.keys.minter("host").mint(actor, name)


@contextmanager
def reached(installation: Installation) -> Iterator[Reach]:
    """The Cairn that runs on this folder, or one started for the moment without pages."""
    running = installation.running()
    if running is not None:
        access = installation.access(running.admin)
        yield Reach(running.address, installation.keys(), running.admin, access)
        return
    with installation.database() as (admin, access):
        recording = {name: one for name, one in access.items() if name != "web"}
        with House(recording, keys=installation.keys()) as house:
            yield Reach(house.address, house.keys, admin, access)


def everybody(reach: Reach) -> Iterator[Mapping[str, Any]]:
    """Everybody whom the directory knows, page by page."""
    after: str | None = None
    while True:
        page = reach.get("directory", "/people", after=after, limit=1000)
        yield from page["people"]
        after = page["next"]
        if after is None:
            return
