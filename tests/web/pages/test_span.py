"""The slider slides over the cycles."""

from datetime import date
from typing import Any

import pytest

from services.web.clients.asking import Asking
from services.web.pages.span import KnownCycles

NOBODY = Asking(None)


@pytest.fixture
def anyio_backend() -> str:
    """The event loop of the product."""
    return "asyncio"


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("today", "span"),
    [
        (date(2026, 8, 1), (date(2026, 7, 1), date(2026, 8, 1))),
        (date(2026, 10, 5), (date(2026, 7, 1), date(2026, 10, 5))),
        (date(2027, 3, 1), (date(2026, 7, 1), date(2026, 10, 21))),
        (date(2026, 6, 1), (date(2026, 6, 1), date(2026, 6, 1))),
    ],
)
async def test_from_the_first_cycle_until_shortly_after_the_last(
    toy: Any, town: Any, make_site: Any, today: date, span: tuple[date, date]
) -> None:
    site = make_site(toy, town.RememberedSessions())
    assert await site.cycles.span(NOBODY, today) == span


@pytest.mark.anyio
async def test_without_goals_it_spans_the_year(toy: Any, town: Any, make_site: Any) -> None:
    toy.silent = {"goals"}
    site = make_site(toy, town.RememberedSessions())
    assert await site.cycles.span(NOBODY, date(2026, 8, 1)) == (date(2026, 1, 1), date(2026, 8, 1))


@pytest.mark.anyio
async def test_cycles_are_asked_for_once_a_minute(toy: Any, town: Any, make_site: Any) -> None:
    cycles: KnownCycles = make_site(toy, town.RememberedSessions()).cycles
    await cycles.all(NOBODY)
    await cycles.all(NOBODY)
    assert len(toy.asked) == 1
