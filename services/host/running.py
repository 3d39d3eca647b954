"""Everything in one process until it is told to stop."""

import logging
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

from services.host.house import House
from services.host.installation import Installation
from services.host.reach import Reach
from shared.eventing.collecting import collect_seldom
from shared.http.logs import set_up_logs

log = logging.getLogger(__name__)

LOOK_EVERY = 0.5


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
        installation.announced(house.address, admin, house.keys.state) as tell,
        watched_keys(installation, house, tell),
    ):
        yield house, Reach(house.address, house.keys, admin, access)


@contextmanager
def watched_keys(
    installation: Installation, house: House, tell: Callable[[str], None]
) -> Iterator[None]:
    """Have the house take other keys as soon as the folder has them, until the block ends."""
    stopping = Event()

    def watch() -> None:
        while not stopping.wait(LOOK_EVERY):
            try:
                keys = installation.keys()
                if keys.state != house.keys.state:
                    house.take_keys(keys)
                    tell(keys.state)
            except (OSError, ValueError) as error:
                log.warning("the keys cannot be read: %s", error)

    watching = Thread(target=watch, name="keys", daemon=True)
    watching.start()
    try:
        yield
    finally:
        stopping.set()
        watching.join(timeout=10)


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
