"""What day and time it is, as a port: histories are replayed without one."""

from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Tells the time to commands; never asked while facts are replayed."""

    def now(self) -> datetime:
        """The present instant, with time zone."""
        ...

    def today(self) -> date:
        """The present business day in the tenant's time zone."""
        ...


class SystemClock:
    """The machine's clock in the tenant's time zone."""

    def __init__(self, time_zone: str = "Asia/Shanghai") -> None:
        self.zone = ZoneInfo(time_zone)

    def now(self) -> datetime:
        """The present instant in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The calendar day that it is now where the tenant works."""
        return self.now().astimezone(self.zone).date()


class FixedClock:
    """A clock that stands still, for tests and rehearsals."""

    def __init__(self, instant: datetime, time_zone: str = "Asia/Shanghai") -> None:
        self.instant, self.zone = instant, ZoneInfo(time_zone)

    def now(self) -> datetime:
        """The instant it was set to."""
        return self.instant

    def today(self) -> date:
        """The business day of that instant."""
        return self.instant.astimezone(self.zone).date()
