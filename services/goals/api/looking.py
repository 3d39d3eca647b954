"""Reading the own tables: over HTTP as of an instant, or inside a command as they are now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, cast

from psycopg.rows import dict_row

from shared.eventing.recorder import Pool


class Looking(Protocol):
    """Looks rows up for a business day, as known at one instant."""

    @property
    def on(self) -> date:
        """The business day."""
        ...

    def rows(self, query: str, params: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Rows as dicts; the query may name ``moment`` and ``on``."""
        ...


@dataclass(frozen=True)
class Present:
    """What the tables say now, for a business day."""

    pool: Pool
    on: date

    def rows(self, query: str, params: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Rows as dicts, of the present state."""
        given = {"moment": "infinity", "on": self.on, **(params or {})}
        with self.pool.connection() as connection:
            cursor = connection.cursor(row_factory=dict_row)
            return cursor.execute(cast("Any", query), given).fetchall()
