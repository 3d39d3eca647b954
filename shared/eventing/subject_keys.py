"""The keys under which people's personal fields are stored; who is forgotten has none."""

from collections.abc import Iterable, Iterator, Sequence
from os import urandom
from threading import Lock
from time import monotonic
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.eventing.master_key import KEY_BYTES, MasterKeys
from shared.eventing.recorder import Pool
from shared.kernel.refusals import Refused

MOST_KEPT = 50_000
KEPT_SECONDS = 30.0
REWRAPPED_AT_ONCE = 1_000

STANDING = "SELECT subject, wrapped, master FROM log.subject_keys WHERE subject = ANY(%s)"
KEPT = "SELECT subject, wrapped, master FROM log.keep_keys(%s, %s, %s)"
OF_OTHERS = (
    "SELECT subject, wrapped, master FROM log.subject_keys"
    " WHERE wrapped IS NOT NULL AND master <> %s AND subject > %s ORDER BY subject LIMIT %s"
)
LEFT = "SELECT count(*) FROM log.subject_keys WHERE wrapped IS NOT NULL AND master <> %s"

Hex = str
Cipher = AESGCM | None  # None: destroyed


class PersonIsForgotten(Refused):
    """What was personal about this person has been erased, and nothing personal is recorded about
    them again. If they came back, register them as a new person.
    """

    status = 409


class KeyIsMissing(LookupError):
    """A fact was stored under a key that is neither kept nor noted as destroyed: a damaged log."""


class SubjectKeys:
    """Makes, keeps and finds people's keys; a few seconds in memory, for ever in the database."""

    def __init__(self, pool: Pool, master: MasterKeys) -> None:
        self._pool, self._master = pool, master
        self._kept: dict[Hex, tuple[float, Cipher]] = {}
        self._guard, self._making = Lock(), Lock()

    def for_writing(self, subjects: Iterable[Hex]) -> dict[Hex, AESGCM]:
        """Each person's key, made where there is none; refused when one of them is forgotten."""
        known, unknown = self._remembered(subjects)
        if unknown:
            known |= self._keep(self._make(unknown))
        ciphers = {subject: cipher for subject, cipher in known.items() if cipher is not None}
        if len(ciphers) < len(known):
            raise PersonIsForgotten
        return ciphers

    def for_reading(self, subjects: Iterable[Hex]) -> dict[Hex, Cipher]:
        """Each person's key; none of who is forgotten."""
        known, unknown = self._remembered(subjects)
        if unknown:
            known |= self._keep(self._stored(unknown))
            missing = unknown - known.keys()
            if missing:
                raise KeyIsMissing(", ".join(sorted(missing)))
        return known

    def drop(self) -> None:
        """Keep no key in memory."""
        with self._guard:
            self._kept.clear()

    def take(self, master: MasterKeys) -> None:
        """Wrap with these master keys from now on: when this returns, nothing is on its way that
        the one before has wrapped.
        """
        with self._making:
            self._master = master

    def left(self) -> int:
        """How many keys another master key than the current one wraps."""
        with self._pool.connection() as connection:
            row = connection.execute(LEFT, (self._master.current,)).fetchone()
        return int(row[0]) if row else 0

    def rewrap(self) -> int:
        """Wrap every key anew that another master key than the current one wraps; how many."""
        done, last = 0, UUID(int=0)
        while rows := self._wrapped_by_others(last):
            last = rows[-1][0]
            for master in {row[2] for row in rows}:
                done += self._rewrap([row for row in rows if row[2] == master], master)
        return done

    def _remembered(self, subjects: Iterable[Hex]) -> tuple[dict[Hex, Cipher], set[Hex]]:
        known: dict[Hex, Cipher] = {}
        unknown: set[Hex] = set()
        now = monotonic()
        for subject in subjects:
            kept = self._kept.get(subject)
            if kept is not None and kept[0] > now:
                known[subject] = kept[1]
            else:
                unknown.add(subject)
        return known, unknown

    def _keep(self, found: Iterator[tuple[Hex, Cipher]]) -> dict[Hex, Cipher]:
        fresh, until = dict(found), monotonic() + KEPT_SECONDS
        with self._guard:
            for subject in fresh:
                self._kept.pop(subject, None)
            self._kept.update({subject: (until, cipher) for subject, cipher in fresh.items()})
            for oldest in list(self._kept)[: max(0, len(self._kept) - MOST_KEPT)]:
                del self._kept[oldest]
        return fresh

    def _stored(self, subjects: set[Hex]) -> Iterator[tuple[Hex, Cipher]]:
        with self._pool.connection() as connection:
            rows = connection.execute(STANDING, ([UUID(one) for one in subjects],)).fetchall()
        return self._unwrapped(rows)

    def _make(self, subjects: set[Hex]) -> Iterator[tuple[Hex, Cipher]]:
        """Find the keys of these people, and make those that are not there."""
        found = dict(self._stored(subjects))
        yield from found.items()
        new = [UUID(subject) for subject in sorted(subjects - found.keys())]
        if not new:
            return
        with self._making, self._pool.connection() as connection:
            wrapped = [self._master.wrap(one.bytes, urandom(KEY_BYTES)) for one in new]
            rows = connection.execute(KEPT, (new, wrapped, self._master.current)).fetchall()
        yield from self._unwrapped(rows)

    def _unwrapped(
        self, rows: Sequence[tuple[UUID, bytes | None, str]]
    ) -> Iterator[tuple[Hex, Cipher]]:
        for subject, wrapped, master in rows:
            if wrapped is None:
                yield subject.hex, None
            else:
                yield subject.hex, AESGCM(self._master.unwrap(master, subject.bytes, wrapped))

    def _wrapped_by_others(self, after: UUID) -> list[tuple[UUID, bytes, str]]:
        query = (self._master.current, after, REWRAPPED_AT_ONCE)
        with self._pool.connection() as connection:
            return connection.execute(OF_OTHERS, query).fetchall()

    def _rewrap(self, rows: Sequence[tuple[UUID, bytes, str]], master: str) -> int:
        keys = [(one, self._master.unwrap(master, one.bytes, wrapped)) for one, wrapped, _ in rows]
        wrapped = [self._master.wrap(one.bytes, key) for one, key in keys]
        with self._pool.connection() as connection:
            row = connection.execute(
                "SELECT log.rewrap_keys(%s, %s, %s, %s)",
                ([one for one, _ in keys], wrapped, self._master.current, master),
            ).fetchone()
        return int(row[0]) if row else 0
