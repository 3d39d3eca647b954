"""Whoever guesses waits longer each time: by the name that is tried, and by the network."""

from datetime import datetime, timedelta

from services.web.pages.credentials.rows import Rows

FIRST, LONGEST = timedelta(seconds=15), timedelta(minutes=15)
WATCHED = timedelta(hours=1)
FREE_BY_NAME, FREE_BY_NETWORK = 5, 30
NO_TIME = timedelta()


class Guessing:
    """Reads from the log of signing in how often somebody has failed of late."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def pause(self, tried: bytes, address: str, now: datetime) -> timedelta:
        """How long this name, or this network, has to wait before it may try again."""
        rows = await self._rows.ask(
            "SELECT 'name' AS which, count(*) AS failures, max(at) AS last FROM web.sign_ins"
            " WHERE tried_hash = %(tried)s AND outcome = 'wrong_password' AND at > %(since)s"
            " AND at > coalesce((SELECT max(at) FROM web.sign_ins"
            "   WHERE tried_hash = %(tried)s AND outcome IN ('signed_in', 'password_set')),"
            "   '-infinity')"
            " UNION ALL SELECT 'network', count(*), max(at) FROM web.sign_ins"
            " WHERE address = %(address)s AND address <> '' AND outcome = 'wrong_password'"
            " AND at > %(since)s",
            tried=tried,
            address=address,
            since=now - WATCHED,
        )
        free = {"name": FREE_BY_NAME, "network": FREE_BY_NETWORK}
        pauses: list[timedelta] = [
            row["last"] + pause_after(row["failures"], free[row["which"]]) - now
            for row in rows
            if row["last"] is not None
        ]
        return max([NO_TIME, *pauses])


def pause_after(failures: int, free: int) -> timedelta:
    """Nothing for the first ``free`` failures, then 15 seconds, doubled up to 15 minutes."""
    if failures < free:
        return NO_TIME
    doubled: int = 2 ** min(failures - free, 10)
    return min(FIRST * doubled, LONGEST)
