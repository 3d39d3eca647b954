"""PostgreSQL under our own supervision: started, stopped and never left behind.

The server listens on 127.0.0.1 only, asks for a password (SCRAM), runs under an ordinary account
also when we are root, and stops when its parent is gone, even after kill -9.
``CAIRN_DATABASE_URL`` points at an outside server (16 or later) instead.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

import psutil

from services.host import postgres_binaries as binaries
from services.host.postgres_folder import SUPERUSER, PostgresFolder

PATIENCE = 30.0  # seconds for a start, a stop, or an orphan's last checkpoint


class PostgresDidNotStart(RuntimeError):
    """The embedded PostgreSQL gave up; the message ends with the last lines of its log."""


class EmbeddedPostgres:
    """A PostgreSQL of our own in one folder; a context manager that yields itself, running."""

    def __init__(self, folder: Path, settings: Mapping[str, str] | None = None) -> None:
        self.folder = PostgresFolder(folder)
        self.port = 0
        self._settings = dict(settings or {})
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def dsn(self) -> str:
        """How the superuser connects, password included."""
        return f"postgresql://{SUPERUSER}:{self.folder.password()}@127.0.0.1:{self.port}/postgres"

    @property
    def pid(self) -> int | None:
        """The server's process id, or None while it does not run."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def start(self) -> Self:
        """Start the server, on a cluster made now if there is none, and wait until it answers.

        Refused as FolderInUse, FolderOutOfReach, ClusterNotMade or PostgresDidNotStart.
        """
        self.folder.take()
        try:
            self._clear_what_was_left()
            self.folder.initialise()
            self._run()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Shut down cleanly; connections are ended. Stopping what does not run does nothing."""
        if (pid := self.pid) is not None:
            with suppress(psutil.NoSuchProcess):  # it may have ended a moment ago
                _end(psutil.Process(pid))
        self._process = None
        self.folder.release()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *failure: object) -> None:
        self.stop()

    def _clear_what_was_left(self) -> None:
        """Let an orphan of a killed parent finish, and drop a pid file whose process is another."""
        note = self.folder.data / "postmaster.pid"
        if not note.exists():
            return
        orphan = _postmaster(int(note.read_text().split("\n", 1)[0]), self.folder.data)
        if orphan is not None:
            _end(orphan)
        note.unlink(missing_ok=True)

    def _run(self) -> None:
        for _ in range(3):  # another program may take the free port before we do
            self.port = _free_port()
            self._process = self._launch()
            if self._is_ready():
                return
            if self.pid is not None:
                break
        raise PostgresDidNotStart(f"PostgreSQL gave up:\n{self.folder.last_lines()}")

    def _launch(self) -> subprocess.Popen[bytes]:
        """Start from a thread that lives as long as the server: the death signal is tied to it."""
        born: list[subprocess.Popen[bytes]] = []
        settled = threading.Event()

        def give_birth_and_wait() -> None:
            try:
                born.append(self._popen())
            finally:
                settled.set()
            born[0].wait()

        threading.Thread(target=give_birth_and_wait, name="postgres", daemon=True).start()
        settled.wait()
        return born[0]

    def _popen(self) -> subprocess.Popen[bytes]:
        with (
            binaries.entrance(self.folder.data) as (inside, handles),
            self.folder.log.open("wb") as log,
        ):
            # a session of its own: Ctrl-C is for us, and we stop the server last
            return subprocess.Popen(
                self._command(inside),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=handles,
            )

    def _command(self, data: str) -> list[str]:
        launcher = Path(__file__).with_name("postmaster.py")
        ours = [sys.executable, "-I", str(launcher), str(os.getpid()), binaries.account() or "-"]
        settings = {
            "port": str(self.port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            **self._settings,
        }
        postgres = [str(binaries.programs() / "postgres"), "-D", data]
        return ours + postgres + [f"--{name}={value}" for name, value in settings.items()]

    def _is_ready(self) -> bool:
        """Whether the server came up: the eighth line of its pid file then says ``ready``."""
        deadline = time.monotonic() + PATIENCE
        note = self.folder.data / "postmaster.pid"
        while self.pid is not None and time.monotonic() < deadline:
            with suppress(FileNotFoundError):
                lines = note.read_text().split("\n")
                if len(lines) > 7 and lines[7].strip() == "ready":
                    return True
            time.sleep(0.01)
        return False


@contextmanager
def database(embedded: EmbeddedPostgres) -> Iterator[str]:
    """The superuser's connection: the outside server's if one is named, else the embedded one's."""
    outside = os.environ.get("CAIRN_DATABASE_URL")
    if outside:
        yield outside
        return
    with embedded:
        yield embedded.dsn


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _postmaster(pid: int, data: Path) -> psutil.Process | None:
    """The process of this id if it is a PostgreSQL in this very folder; ids are used again."""
    try:
        process = psutil.Process(pid)
        return process if Path(process.cwd()) == data else None
    except psutil.Error:
        return None


def _end(process: psutil.Process) -> None:
    """Fast shutdown; if that takes too long the immediate one, from which PostgreSQL recovers."""
    for urgency in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        with suppress(psutil.NoSuchProcess):
            process.send_signal(urgency)
        with suppress(psutil.TimeoutExpired):
            process.wait(PATIENCE)
            return
