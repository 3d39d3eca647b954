"""Other keys for an installation, while it runs or not: signing keys, and master keys.

Each step leaves files by which everything goes on, so that it may be cut off anywhere and run
again: a signing key is believed before anything is signed with it and a moment after; a master key
stays among the former ones until it wraps nothing.
"""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from psycopg_pool import ConnectionPool

from services.host.installation import Installation
from services.host.kept_keys import FormerKey, Master, Signing, new_signing_key
from services.host.reach import Declined, Reach, reached
from shared.eventing.master_key import MasterKeys, MasterKeyUnknown, draw_master_key
from shared.eventing.subject_keys import SubjectKeys
from shared.http.tokens import LEEWAY, SECONDS

TAKEN_WITHIN = 30.0
LOOK_EVERY = 0.1
BELIEVED_YET = timedelta(seconds=SECONDS + LEEWAY + TAKEN_WITHIN)
COUNTED = (
    "SELECT count(*), count(*) FILTER (WHERE master <> %s) FROM log.subject_keys"
    " WHERE wrapped IS NOT NULL"
)


@dataclass(frozen=True)
class KeyState:
    """The keys of one service: since when each is in use, and what is left of the former ones.

    ``peoples`` are the keys of people that the master key wraps, ``strange`` those among them that
    a former one wraps; services without a log have no master key.
    """

    service: str
    signing: str
    drawn_at: datetime
    former: int
    master_drawn_at: datetime | None = None
    former_masters: int = 0
    peoples: int = 0
    strange: int = 0


def rotate(installation: Installation) -> dict[str, int]:
    """Give every service other keys; how many keys of people each wrapped anew.

    A rotation that was cut off is finished with the keys that it had drawn. Refused as
    KeysAreTurning, and as Declined when the Cairn that runs does not take the keys.
    """
    kept, now = installation.kept_keys, datetime.now(UTC)
    with kept.turning():
        kept.keep_masters(with_new_masters(kept.masters(), now))
        kept.keep_signing(with_coming_keys(kept.signing(), now))
        with reached(installation) as reach:
            await_taken(installation)
            kept.keep_signing(signing_with_coming(kept.signing(), datetime.now(UTC)))
            await_taken(installation)
            wrapped = dict(wrapped_anew(reach, kept.masters()))
            kept.keep_masters(without_former(kept.masters()))
            await_taken(installation)
    return wrapped


def with_new_masters(masters: Mapping[str, Master], now: datetime) -> dict[str, Master]:
    """A fresh master key for each, the one before among the former; as they are while an earlier
    rotation is not finished.
    """
    if any(one.former for one in masters.values()):
        return dict(masters)
    return {
        name: Master(current=draw_master_key(), drawn_at=now, former=(one.current,))
        for name, one in masters.items()
    }


def without_former(masters: Mapping[str, Master]) -> dict[str, Master]:
    """The master keys in use alone."""
    return {name: one.model_copy(update={"former": ()}) for name, one in masters.items()}


def with_coming_keys(signing: Mapping[str, Signing], now: datetime) -> dict[str, Signing]:
    """A key that comes for each service that has none coming."""
    return {
        name: one.model_copy(update={"coming": one.coming or new_signing_key(name, now)})
        for name, one in signing.items()
    }


def signing_with_coming(signing: Mapping[str, Signing], now: datetime) -> dict[str, Signing]:
    """The coming keys in use; what those before them signed is believed until it has expired."""

    def turned(one: Signing) -> Signing:
        if one.coming is None:
            return one
        last, until = one.current, now + BELIEVED_YET
        known = tuple(key for key in one.former if key.until > now)
        former = FormerKey(key_id=last.key_id, public=last.public, until=until)
        return Signing(current=one.coming, former=(*known, former))

    return {name: turned(one) for name, one in signing.items()}


def wrapped_anew(reach: Reach, masters: Mapping[str, Master]) -> Iterator[tuple[str, int]]:
    """Wrap people's keys under the master keys in use; refused as Declined when one does not open
    with any that is kept.
    """
    for name, one in masters.items():
        with ConnectionPool(
            reach.access[name].runtime, min_size=1, kwargs={"autocommit": True}
        ) as pool:
            keys = SubjectKeys(pool, MasterKeys(one.current, one.former))
            try:
                yield name, keys.rewrap()
            except MasterKeyUnknown as unknown:
                raise Declined(f"{name}: {unknown}") from unknown
            if keys.left():
                raise Declined(f"{name}: new keys came in meanwhile. Run cairn keys rotate again.")


def await_taken(installation: Installation) -> None:
    """Wait until the Cairn that runs, if one does, works with the keys of the folder."""
    until = time.monotonic() + TAKEN_WITHIN
    while (running := installation.running()) and running.keys != installation.keys().state:
        if time.monotonic() > until:
            raise Declined(
                "The Cairn that runs has not taken the new keys. Nothing is lost: stop it, or wait"
                " until it answers, and run cairn keys rotate again."
            )
        time.sleep(LOOK_EVERY)


def states(installation: Installation, reach: Reach) -> list[KeyState]:
    """The keys of every service, as they are."""
    masters = installation.kept_keys.masters()
    return [
        KeyState(
            name,
            one.current.key_id,
            one.current.drawn_at,
            len(one.former) + (one.coming is not None),
            **_of_people(reach, name, masters[name]) if name in masters else {},
        )
        for name, one in installation.kept_keys.signing().items()
    ]


def _of_people(reach: Reach, name: str, master: Master) -> dict[str, Any]:
    current = MasterKeys(master.current).current
    with psycopg.connect(reach.access[name].runtime) as connection:
        row = connection.execute(COUNTED, (current,)).fetchone()
    peoples, strange = row or (0, 0)
    return {
        "master_drawn_at": master.drawn_at,
        "former_masters": len(master.former),
        "peoples": peoples,
        "strange": strange,
    }
