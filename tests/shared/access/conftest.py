"""The tables of a random organisation."""

from collections.abc import Iterator
from typing import Any

import pytest
from psycopg_pool import ConnectionPool

from tests.support.organisations import TABLES
from tests.support.postgres import Databases


@pytest.fixture(scope="module")
def pool(module_databases: Databases) -> Iterator[ConnectionPool[Any]]:
    """A database with the organisation's tables, and one for things to see."""
    made = module_databases("access")
    with ConnectionPool(made.owner, kwargs={"autocommit": True}, min_size=1) as pool:
        with pool.connection() as connection:
            connection.execute(TABLES)
            connection.execute(
                "CREATE TABLE things (id int, who uuid, holder uuid, helpers uuid[], word text)"
            )
        yield pool
