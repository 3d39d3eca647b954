"""The one folder of an embedded PostgreSQL: locked while in use, made whole or not at all."""

import fcntl
import os
import secrets
import shutil
import subprocess
from pathlib import Path
from typing import IO

from services.host import postgres_binaries as binaries

SUPERUSER = "cairn"


class FolderInUse(RuntimeError):
    """Another process works in this data folder."""


class ClusterNotMade(RuntimeError):
    """``initdb`` refused; the message is its own."""


class PostgresFolder:
    """``postgres/`` is the data, ``superuser-password`` (0600), ``postgres.log``, ``in-use``."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self.data = self.path / "postgres"
        self.log = self.path / "postgres.log"
        self._lock: IO[str] | None = None

    def take(self) -> None:
        """Lock the folder for this process; the lock dies with it. Refused as FolderInUse."""
        self.path.mkdir(parents=True, exist_ok=True)
        lock = (self.path / "in-use").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            raise FolderInUse(
                f"Another Cairn is working in {self.path}. Stop it first, or choose another"
                " folder with --data."
            ) from None
        self._lock = lock

    def release(self) -> None:
        """Let others have the folder."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def password(self) -> str:
        """The superuser's password, drawn once and readable by us alone."""
        kept = self.path / "superuser-password"
        if not kept.exists():
            with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(24))
        return kept.read_text()

    def initialise(self) -> None:
        """Make the cluster if there is none: beside its place, then moved there whole."""
        if (self.data / "PG_VERSION").exists():
            return
        growing = self.path / "postgres.new"
        shutil.rmtree(growing, ignore_errors=True)
        growing.mkdir(mode=0o700)
        try:
            self._initdb(growing)
            (growing / "cluster").rename(self.data)
        finally:
            shutil.rmtree(growing)

    def last_lines(self) -> str:
        """What the server said last."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-10:])

    def _initdb(self, growing: Path) -> None:
        password = growing / "password"
        password.write_text(self.password())
        _hand_over(growing, password)
        with binaries.entrance(growing) as (inside, handles):
            made = subprocess.run(
                [str(binaries.programs() / "initdb"), *_how(inside)],
                **binaries.as_account(),
                pass_fds=handles,
                cwd="/",
                capture_output=True,
                text=True,
                check=False,
            )
        if made.returncode:
            raise ClusterNotMade(made.stderr.strip() or made.stdout.strip())


def _how(inside: str) -> list[str]:
    return [
        f"--pgdata={inside}/cluster",
        f"--pwfile={inside}/password",
        f"--username={SUPERUSER}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--no-locale",
    ]


def _hand_over(*paths: Path) -> None:
    account = binaries.account()
    if account is not None:
        for path in paths:
            shutil.chown(path, account)
