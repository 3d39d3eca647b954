"""How often one may ask: generous for people, tight for whoever hammers."""

from math import ceil
from time import time

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from shared.http.bounds import Limits
from shared.http.tokens import Caller
from shared.kernel.refusals import Refused


class TooOften(Refused):
    """This was asked for too often. Wait {retry_after} seconds, then go on."""

    status = 429


class RateLimits:
    """Counts what each person asks within a minute, and what strangers of a network try.

    The installation's own services are not counted: they follow, import and rebuild.
    """

    def __init__(self, limits: Limits, installation: frozenset[str] = frozenset({"host"})) -> None:
        self._installation = installation
        self._commands = RateLimitItemPerMinute(limits.commands_a_minute, namespace="commands")
        self._reads = RateLimitItemPerMinute(limits.reads_a_minute, namespace="reads")
        self._strangers = RateLimitItemPerMinute(limits.strangers_a_minute, namespace="strangers")
        self._counted = FixedWindowRateLimiter(MemoryStorage())

    def count(self, caller: Caller, *, reads: bool) -> None:
        """One more request of this caller; refused as TooOften beyond the limit."""
        if not caller.is_service and caller.identity not in self._installation:
            asker = caller.actor.hand or caller.actor.id
            self._hit(self._reads if reads else self._commands, caller.identity, asker)

    def count_stranger(self, network: str | None) -> None:
        """One more request that nobody signed; those that are signed never pay for it."""
        self._hit(self._strangers, network or "")

    def _hit(self, limit: RateLimitItem, *who: str) -> None:
        if not self._counted.hit(limit, *who):
            again = self._counted.get_window_stats(limit, *who).reset_time - time()
            raise TooOften(retry_after=max(1, ceil(again)))
