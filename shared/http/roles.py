"""What a service's process does: ``api``, ``follow``, ``relay`` or ``migrate``."""

import logging
import signal
import sys
from collections.abc import Callable
from threading import Event

import uvicorn

from shared.http.service import Service

# how long a feed that somebody is waiting on may keep an API from ending
FAREWELL_SECONDS = 3
ROLES = ("api", "follow", "relay", "migrate")


def run(make: Callable[[], Service], arguments: list[str]) -> int:
    """Run one role until it ends or is told to stop; 2 when the role is not known."""
    if len(arguments) != 1 or arguments[0] not in ROLES:
        sys.stderr.write(f"usage: python -m services.<name> {' | '.join(ROLES)}\n")
        return 2
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    service = make()
    if arguments[0] == "migrate":
        sys.stdout.write(f"{service.name}: {service.migrate()} migrations applied\n")
        return 0
    service.open()
    try:
        _work(service, arguments[0])
    finally:
        service.close()
    return 0


def _work(service: Service, role: str) -> None:
    if role == "api":
        # uvicorn repeats the signal once it has shut down; the service is still to be closed then
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        settings = service.settings
        uvicorn.run(
            service.app,
            host=settings.host,
            port=settings.port,
            log_level="warning",
            timeout_graceful_shutdown=FAREWELL_SECONDS,
        )
        return
    stopping = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    if role == "relay":
        service.relay(stopping)
        return
    service.follow()
    stopping.wait()
