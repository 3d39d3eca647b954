"""The web's own tables."""

from collections.abc import Iterator

import pytest

from services.web.pages.credentials.rows import Rows
from tests.support.postgres import Databases
from tests.support.web_tables import web_rows


@pytest.fixture
def anyio_backend() -> str:
    """The event loop of the product."""
    return "asyncio"


@pytest.fixture
def rows(databases: Databases) -> Iterator[Rows]:
    """Empty tables of one test."""
    with web_rows(databases("web")) as made:
        yield made
