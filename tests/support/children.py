"""Processes that belong to a test: they stop with it, however it ends."""

import ctypes
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import TypeVar

PR_SET_PDEATHSIG = 1
T = TypeVar("T")


def free_port() -> int:
    """A port on 127.0.0.1 that nobody listens on, outside of those that connections are given."""
    while True:
        port = random.randrange(20_000, 32_000)
        with suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port


def until(
    holds: Callable[[], T],
    seconds: float = 20.0,
    what: str | Callable[[], str] = "it",
    pause: float = 0.02,
) -> T:
    """Probe until it holds and answer what it says; fails loudly after so many seconds."""
    end = monotonic() + seconds
    while True:
        said = holds()
        if said:
            return said
        if monotonic() >= end:
            said_last = what if isinstance(what, str) else what()
            raise AssertionError(f"{said_last} did not come true within {seconds:g} s")
        sleep(pause)


def listens(port: int) -> bool:
    """Whether someone accepts connections on this port of 127.0.0.1."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=0.2):
        return True
    return False


class Child:
    """A process that ends with the thread that started it; start it in the main thread."""

    def __init__(
        self, command: Sequence[str], log: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        self.log, self._is_asked = log, False
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                command,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=dict(environment) if environment is not None else None,
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - one call, no locks
            )

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self.process.poll() is None

    @property
    def said(self) -> str:
        """What it said so far."""
        return self.log.read_text(errors="replace")

    def tail(self, lines: int = 30) -> str:
        """The end of what it said."""
        return "\n".join(self.said.splitlines()[-lines:])

    def ask_to_stop(self) -> None:
        """Ask it to end, once: a second signal would cut its farewell short."""
        if self.is_running and not self._is_asked:
            self._is_asked = True
            self.process.terminate()

    def stop(self, seconds: float = 10.0) -> None:
        """Ask it to end; insist after so many seconds."""
        self.ask_to_stop()
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self.process.kill()
        self.process.wait(10)


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
