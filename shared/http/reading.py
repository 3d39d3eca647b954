"""Reads: as of an instant, on a business day, after what the reader has just done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Annotated, Any, cast

from fastapi import Depends, Header, Query, Request
from psycopg.rows import dict_row

from shared.access.access import Access
from shared.access.things import NOBODY, Asker, Thing
from shared.eventing.recorder import Pool
from shared.eventing.seen import Followed
from shared.eventing.vault import Vault
from shared.http.commanding import Asking, must_be_readable
from shared.http.sentences import Sentences, language_of
from shared.http.tokens import Caller
from shared.kernel.clock import Clock
from shared.kernel.refusals import Refused

# whoever asks for an earlier instant is told of this one; before it nothing was known
EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)


class InstantNeedsZone(Refused):
    """as_of is an instant and needs a time zone. Write it like 2026-08-14T18:00:00+08:00."""

    status = 400


class SeenUnreadable(Refused):
    """Cairn-Seen must be what a command answered, such as objectives@12. Send it back unchanged."""

    status = 400


@dataclass(frozen=True)
class Reads:
    """What a service reads from: its tables, how far they have followed, its clock and words.

    ``rehearsed`` tells whether its log was recorded under a rehearsal clock; the ``vault`` opens
    what is personal in it.
    """

    pool: Pool
    followed: Followed
    clock: Clock
    time_zone: Any
    stories: Sentences
    rehearsed: Callable[[], bool] = lambda: False
    vault: Vault = field(default_factory=Vault)


@dataclass(frozen=True)
class Reading:
    """One read: who asks, as of which instant of knowledge, on which business day, in which
    language.

    ``moment`` is for ``during @> moment``: the instant, or 'infinity' for the present state.
    """

    reads: Reads
    caller: Caller
    as_of: datetime | None
    on: date
    language: str
    complete_through: datetime
    arrived: bool
    asker: Asker = NOBODY
    access: Access | None = None

    @property
    def moment(self) -> datetime | str:
        """What ranges are asked for: the instant asked, or 'infinity' for now."""
        return self.as_of if self.as_of is not None else "infinity"

    @property
    def instant(self) -> datetime:
        """The instant of knowledge as an instant, for arithmetic."""
        return self.as_of if self.as_of is not None else self.complete_through

    def rows(
        self, query: str, params: Mapping[str, Any] | Sequence[Any] | None = None
    ) -> list[dict[str, Any]]:
        """Rows as dicts; a mapping of parameters also gets ``moment`` and ``on``."""
        if params is None or isinstance(params, Mapping):
            params = {"moment": self.moment, "on": self.on, **(params or {})}
        with self.reads.pool.connection() as connection:
            cursor = connection.cursor(row_factory=dict_row)
            return cursor.execute(cast("Any", query), params).fetchall()

    def row(self, query: str, params: Mapping[str, Any] | None = None) -> dict[str, Any] | None:
        """The first row, or ``None``."""
        found = self.rows(query, params)
        return found[0] if found else None

    def may(self, action: str, things: Sequence[Thing]) -> list[bool]:
        """Whether the reader may do this to each of these things, in a few queries for all."""
        if self.access is None:
            return [True] * len(things)
        return [one.allowed for one in self.access.decide(action, self.asker, things)]

    def say(self, template: str, details: Mapping[str, Any]) -> str:
        """A sentence of a story in the reader's language."""
        return self.reads.stories.say(template, self.language, details)

    def told(self, **content: Any) -> dict[str, Any]:
        """An answer with the instant it holds for."""
        return {
            "as_of": self.as_of,
            "on": self.on,
            "complete_through": self.complete_through,
            "still_arriving": not self.arrived,
            "rehearsal": self.reads.rehearsed(),
            **content,
        }


def reading_of(
    request: Request,
    caller: Asking,
    as_of: Annotated[datetime | None, Query(description="as known at this instant")] = None,
    on: Annotated[
        date | None, Query(description="for this business day", ge=FIRST_DAY, le=LAST_DAY)
    ] = None,
    accept_language: Annotated[str | None, Header()] = None,
    cairn_seen: Annotated[str | None, Header()] = None,
) -> Reading:
    """The reading that a request asks for; waits a second at most for what the reader has done."""
    must_be_readable(dict(request.query_params))
    reads: Reads = request.app.state.reads
    arrived = reads.followed.wait_for(_seen(cairn_seen)) if cairn_seen else True
    through = reads.followed.complete_through()
    if as_of is not None:
        if as_of.tzinfo is None:
            raise InstantNeedsZone(field="as_of")
        as_of = max(min(as_of, through), EARLIEST).astimezone(UTC)
    day = on or (as_of.astimezone(reads.time_zone).date() if as_of else reads.clock.today())
    asking = request.state.asker, request.app.state.access
    language = language_of(accept_language)
    return Reading(reads, caller, as_of, day, language, through, arrived, *asking)


AsOf = Annotated[Reading, Depends(reading_of)]


def _seen(header: str) -> dict[str, int]:
    seen: dict[str, int] = {}
    for part in header.split(","):
        feed, _, position = part.strip().partition("@")
        if not position.isdigit():
            raise SeenUnreadable(field="Cairn-Seen")
        seen[feed] = max(int(position), seen.get(feed, 0))
    return seen
