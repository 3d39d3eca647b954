"""The web's own tables, asked without holding up the pages."""

from typing import Any, LiteralString

from anyio import to_thread
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool

Row = dict[str, Any]


class Rows:
    """One statement at a time, in a thread of its own."""

    def __init__(self, pool: ConnectionPool) -> None:
        self._pool = pool

    async def ask(self, statement: LiteralString, **values: object) -> list[Row]:
        """What the statement answers, row by row; empty when it answers nothing."""
        return await to_thread.run_sync(self._execute, statement, values)

    def _execute(self, statement: LiteralString, values: dict[str, object]) -> list[Row]:
        with self._pool.connection() as connection:
            cursor = connection.cursor(row_factory=dict_row).execute(statement, values)
            return cursor.fetchall() if cursor.description else []
