"""One folder with everything that an installation keeps: database, keys, and where it answers."""

import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from services.host.embedded_postgres import EmbeddedPostgres, database
from services.host.house import Keys
from services.host.kept_keys import KeptKeys, write_whole
from services.host.provisioning import SERVICES, Access, access, close_doors, provision

DEFAULT_FOLDER = Path("cairn-data")


@dataclass(frozen=True)
class Running:
    """A Cairn that runs on this folder: where it answers, its database's superuser, and the state
    of the keys that it has taken.
    """

    pid: int
    born: float
    address: str
    admin: str
    keys: str = ""

    @property
    def lives(self) -> bool:
        """Whether that very process still runs; ids are used again, births are not."""
        try:
            return psutil.Process(self.pid).create_time() == self.born
        except psutil.NoSuchProcess:
            return False


class Installation:
    """The folder of one installation; made on first use, readable by its owner alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.kept_keys = KeptKeys(self.folder)

    @contextmanager
    def database(self) -> Iterator[tuple[str, dict[str, Access]]]:
        """The superuser's connection and each service's access, for as long as the database runs.

        Refused as FolderInUse while another Cairn works in this folder.
        """
        embedded = EmbeddedPostgres(self.folder)
        with database(embedded) as admin:
            if "CAIRN_DATABASE_URL" not in os.environ:
                close_doors(admin)
            yield admin, {name: provision(admin, name, self.secret()) for name in SERVICES}

    def access(self, admin: str) -> dict[str, Access]:
        """Each service's access to a database that runs already."""
        return {name: access(admin, name, self.secret()) for name in SERVICES}

    def secret(self) -> str:
        """What the database roles' passwords are derived from; drawn once."""
        return self._kept("roles-secret", lambda: secrets.token_urlsafe(32))

    def keys(self) -> Keys:
        """The services' signing keys and master keys, drawn once, as they are to be used now."""
        return self.kept_keys.keys()

    def running(self) -> Running | None:
        """The Cairn that runs on this folder, or ``None``."""
        with suppress(FileNotFoundError, ValueError, TypeError):
            running = Running(**json.loads((self.folder / "running.json").read_text()))
            if running.lives:
                return running
        return None

    @contextmanager
    def announced(
        self, address: str, admin: str, keys: str = ""
    ) -> Iterator[Callable[[str], None]]:
        """Tell other commands where this process answers, until it ends; what is yielded tells them
        which keys it has taken since.
        """
        note = self.folder / "running.json"
        mine = psutil.Process()

        def tell(state: str) -> None:
            running = Running(mine.pid, mine.create_time(), address, admin, state)
            write_whole(note, json.dumps(asdict(running)))

        tell(keys)
        try:
            yield tell
        finally:
            note.unlink(missing_ok=True)

    def _kept(self, name: str, draw: Callable[[], str]) -> str:
        file = self.folder / name
        if not file.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            with suppress(FileExistsError):
                self._write(file, draw())
        return file.read_text()

    @staticmethod
    def _write(file: Path, text: str) -> None:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as stream:
            stream.write(text)
