"""The web's own tables, migrated, on real PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg_pool import ConnectionPool

from services.host.provisioning import Access
from services.web.pages.credentials.rows import Rows
from services.web.wiring import bring_up_to_date


@contextmanager
def web_rows(access: Access) -> Iterator[Rows]:
    """The tables of this database, asked as the web itself."""
    bring_up_to_date(access.owner)
    with ConnectionPool(access.runtime, min_size=1, kwargs={"autocommit": True}, open=True) as pool:
        yield Rows(pool)
