"""Everything in one process until it is told to stop."""

import logging
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Event
from typing import Any

from services.host.house import House
from services.host.installation import Installation
from services.host.reach import Reach
from shared.eventing.collecting import collect_seldom
from shared.http.logs import set_up_logs


@contextmanager
def standing(
    installation: Installation,
    *,
    port: int = 0,
    address: str = "127.0.0.1",
    web: Mapping[str, Any] | None = None,
) -> Iterator[tuple[House, Reach]]:
    """The whole house on this folder, announced to other commands, until the block ends."""
    collect_seldom()
    set_up_logs(logging.WARNING)
    with (
        installation.database() as (admin, access),
        House(access, keys=installation.keys(), port=port, address=address, web=web) as house,
        installation.announced(house.address, admin),
    ):
        yield house, Reach(house.address, house.keys, admin, access)


def until_told(say: Callable[[], None]) -> None:
    """Wait for Ctrl-C or a request to end; a second one ends at once."""
    stop = Event()

    def told(*_: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, told)
    while not stop.wait(0.5):
        pass
    say()
