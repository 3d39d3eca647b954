"""The two files of keys in an installation's folder: written whole or not at all."""

import fcntl
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from services.host.house import SPEAKS_FOR_PEOPLE, Keys, fresh_masters
from services.host.provisioning import SERVICES
from shared.http.settings import PublicKey
from shared.http.tokens import KeyPair, new_key_pair

SIGNING, MASTERS, TURNING = "signing-keys.json", "master-keys.json", "keys-turning"


class KeysAreTurning(RuntimeError):
    """Another rotation of keys is under way in this folder. Wait until it has ended."""


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True)


class SigningKey(_Kept):
    """A key that a service signs with, under the id by which others find its public half."""

    key_id: str
    private: str
    public: str
    drawn_at: datetime


class FormerKey(_Kept):
    """A key that nobody signs with any more; what it signed is believed for a moment yet."""

    key_id: str
    public: str
    until: datetime


class Signing(_Kept):
    """One service's signing keys: ``coming`` is believed before anything is signed with it."""

    current: SigningKey
    coming: SigningKey | None = None
    former: tuple[FormerKey, ...] = ()


class Master(_Kept):
    """One service's master keys; the former ones may still wrap keys of people."""

    current: str
    drawn_at: datetime
    former: tuple[str, ...] = ()


class KeptKeys:
    """Draws the keys of a folder at first use, tells them, and writes them anew."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keys(self, now: datetime | None = None) -> Keys:
        """All keys as they are to be used now."""
        now = now or datetime.now(UTC)
        signing, masters = self.signing(), self.masters()
        return Keys(
            pairs={
                name: KeyPair(private=one.current.private, public=one.current.public)
                for name, one in signing.items()
            },
            masters={name: one.current for name, one in masters.items()},
            ids={name: one.current.key_id for name, one in signing.items()},
            others=dict(_others(signing, now)),
            former_masters={name: one.former for name, one in masters.items()},
        )

    def signing(self) -> dict[str, Signing]:
        """The signing keys of every service."""
        told = self._drawn(SIGNING, _fresh_signing)
        age = self._written(SIGNING)
        return {name: Signing.model_validate(_today(name, one, age)) for name, one in told.items()}

    def masters(self) -> dict[str, Master]:
        """The master keys of every service that keeps a log."""
        told = self._drawn(MASTERS, _fresh_masters)
        age = self._written(MASTERS)
        as_now = {
            name: {"current": one, "drawn_at": age} if isinstance(one, str) else one
            for name, one in told.items()
        }
        return {name: Master.model_validate(one) for name, one in as_now.items()}

    def keep_signing(self, keys: Mapping[str, Signing]) -> None:
        """Have these from now on."""
        write_whole(self._folder / SIGNING, _as_json(keys))

    def keep_masters(self, keys: Mapping[str, Master]) -> None:
        """Have these from now on."""
        write_whole(self._folder / MASTERS, _as_json(keys))

    @contextmanager
    def turning(self) -> Iterator[None]:
        """For one rotation at a time; refused as KeysAreTurning. The lock dies with its process."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / TURNING).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise KeysAreTurning(str(KeysAreTurning.__doc__)) from None
            yield

    def _drawn(self, name: str, draw: Callable[[], str]) -> dict[str, object]:
        file = self._folder / name
        if not file.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            with suppress(FileExistsError):
                write_whole(file, draw(), anew=True)
        told: dict[str, object] = json.loads(file.read_text())
        return told

    def _written(self, name: str) -> datetime:
        return datetime.fromtimestamp((self._folder / name).stat().st_mtime, UTC)


def new_signing_key(name: str, now: datetime) -> SigningKey:
    """A fresh key of this service, under an id of its own."""
    pair = new_key_pair()
    key_id = f"{name}-{sha256(pair.public.encode()).hexdigest()[:8]}"
    return SigningKey(key_id=key_id, private=pair.private, public=pair.public, drawn_at=now)


def write_whole(file: Path, text: str, *, anew: bool = False) -> None:
    """Write a file that its owner alone reads: all of it stands there, or what was there before.

    With ``anew`` refused as FileExistsError where something stands already.
    """
    growing = file.with_name(f"{file.name}.{os.getpid()}.new")
    handle = os.open(growing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "w") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        if anew:
            os.link(growing, file)
        else:
            growing.replace(file)
    finally:
        growing.unlink(missing_ok=True)
    folder = os.open(file.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _fresh_signing() -> str:
    now = datetime.now(UTC)
    names = (*SERVICES, "host")
    return _as_json({name: Signing(current=new_signing_key(name, now)) for name in names})


def _fresh_masters() -> str:
    now = datetime.now(UTC)
    return _as_json({n: Master(current=one, drawn_at=now) for n, one in fresh_masters().items()})


def _today(name: str, kept: object, age: datetime) -> object:
    """A service's keys as they are kept now; a pair alone is what the first releases kept."""
    if isinstance(kept, dict) and "current" not in kept:
        return {"current": {"key_id": name, "drawn_at": age, **kept}}
    return kept


def _others(signing: Mapping[str, Signing], now: datetime) -> Iterator[tuple[str, PublicKey]]:
    for name, one in signing.items():
        known = {key.key_id: key.public for key in one.former if key.until > now}
        if one.coming:
            known[one.coming.key_id] = one.coming.public
        for key_id, public in known.items():
            speaks = name in SPEAKS_FOR_PEOPLE
            yield key_id, PublicKey(identity=name, public=public, speaks_for_people=speaks)


def _as_json(keys: Mapping[str, BaseModel]) -> str:
    return json.dumps({name: one.model_dump(mode="json") for name, one in keys.items()}, indent=1)
