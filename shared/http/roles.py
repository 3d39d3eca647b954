"""What a service's process does: ``api``, ``follow`` or ``relay`` until told to stop; ``migrate``,
``verify``, ``rebuild`` or ``rewrap`` (people's keys, under another master key) once.
"""

import signal
import sys
from collections.abc import Callable
from threading import Event

import uvicorn

from shared.eventing.collecting import collect_seldom
from shared.http.logs import set_up_logs
from shared.http.service import Service

# how long a feed that somebody is waiting on may keep an API from ending
FAREWELL_SECONDS = 3
ROLES = ("api", "follow", "relay", "migrate", "verify", "rebuild", "rewrap")


def run(make: Callable[[], Service], arguments: list[str]) -> int:
    """Run one role to its end; answers the exit code: 0, 1 when ``verify`` found or ``rewrap``
    left something, 2 when the role is not known.
    """
    if len(arguments) != 1 or arguments[0] not in ROLES:
        sys.stderr.write(f"usage: python -m services.<name> {' | '.join(ROLES)}\n")
        return 2
    set_up_logs()
    service = make()
    collect_seldom()
    if arguments[0] == "migrate":
        sys.stdout.write(f"{service.name}: {service.migrate()} migrations applied\n")
        return 0
    service.open()
    try:
        if arguments[0] in ONCE:
            return ONCE[arguments[0]](service)
        _work(service, arguments[0])
    finally:
        service.close()
    return 0


def _verify(service: Service) -> int:
    findings = list(service.verify())
    for finding in findings:
        sys.stdout.write(f"{finding.exceptions or 'ok'}\t{finding.what}\n")
    return 1 if any(finding.exceptions for finding in findings) else 0


def _rebuild(service: Service) -> int:
    for family in service.plan.families:
        sys.stdout.write(f"{family.name}: {service.rebuild(family)} records replayed\n")
    return 0


def _rewrap(service: Service) -> int:
    sys.stdout.write(f"{service.name}: {service.subject_keys.rewrap()} keys wrapped anew\n")
    left = service.subject_keys.left()
    if left:
        sys.stdout.write(f"{service.name}: {left} came in meanwhile: run it again\n")
    return 1 if left else 0


ONCE = {"verify": _verify, "rebuild": _rebuild, "rewrap": _rewrap}


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
            server_header=False,
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
