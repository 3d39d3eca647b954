"""From which moment a page looks: now, or as of a day or instant in the past."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from services.web.pages.formats import an_instant

END_OF_DAY = time(23, 59, 59, 999999)
# services answer for no earlier day
EARLIEST = datetime(1900, 1, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Moment:
    """``as_of`` is what was known by then, ``on`` the business day of it; now when empty.

    ``said`` is the moment as the address says it.
    """

    today: date
    as_of: datetime | None = None
    on: date | None = None
    said: str = ""

    @property
    def is_past(self) -> bool:
        """Whether the page shows a state of then, in which nothing can be changed."""
        return self.as_of is not None

    def link(self, path: str, **wanted: object) -> str:
        """An address of ours that keeps the moment; parameters without a value are left out."""
        given = {name: str(value) for name, value in wanted.items() if value not in (None, "")}
        query = urlencode(given | ({"as_of": self.said} if self.said else {}))
        return f"{path}?{query}" if query else path


def moment_of(said: str | None, now: datetime, time_zone: str) -> Moment:
    """The moment that ``?as_of=`` names: a day (its last instant) or an instant.

    What lies ahead or before all records, and what is neither a day nor an instant, is now.
    """
    zone = ZoneInfo(time_zone)
    today = now.astimezone(zone).date()
    instant = _instant(said or "", zone)
    if instant is None or not EARLIEST <= instant < now:
        return Moment(today)
    return Moment(today, instant, instant.astimezone(zone).date(), str(said))


def _instant(said: str, zone: ZoneInfo) -> datetime | None:
    try:
        if len(said) == len("2026-08-14"):
            return datetime.combine(date.fromisoformat(said), END_OF_DAY, zone).astimezone(UTC)
        # A plus sign that was not escaped arrives as a blank.
        return an_instant(said.replace(" ", "+"))
    except (ValueError, OverflowError):
        return None
