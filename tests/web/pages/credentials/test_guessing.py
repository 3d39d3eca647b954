"""Whoever guesses waits longer each time."""

from datetime import UTC, datetime, timedelta

import pytest

from services.web.pages.credentials.guessing import NO_TIME, Guessing, pause_after
from services.web.pages.credentials.rows import Rows
from services.web.pages.credentials.sign_ins import Origin, StoredSignIns, tried_hash

NOW = datetime(2026, 9, 18, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HERE, ELSEWHERE = Origin("203.0.113.0/24"), Origin("198.51.100.0/24")


@pytest.mark.parametrize(
    ("failures", "seconds"), [(4, 0), (5, 15), (6, 30), (7, 60), (11, 900), (500, 900)]
)
def test_the_pause_doubles_up_to_a_quarter_of_an_hour(failures: int, seconds: int) -> None:
    assert pause_after(failures, 5) == timedelta(seconds=seconds)


@pytest.mark.anyio
async def test_a_name_that_was_tried_too_often_waits_wherever_it_is_tried(rows: Rows) -> None:
    log, guessing, tried = StoredSignIns(rows), Guessing(rows), tried_hash("k", "wang")
    for n in range(4):
        await log.note(NOW + n * SECOND, "password", "wrong_password", HERE, tried=tried)
    assert await guessing.pause(tried, HERE.address, NOW + 4 * SECOND) == NO_TIME
    await log.note(NOW + 4 * SECOND, "password", "wrong_password", HERE, tried=tried)
    assert await guessing.pause(tried, ELSEWHERE.address, NOW + 5 * SECOND) == 14 * SECOND
    assert await guessing.pause(tried, "", NOW + 19 * SECOND) == NO_TIME
    assert await guessing.pause(tried_hash("k", "li"), HERE.address, NOW + 5 * SECOND) == NO_TIME


@pytest.mark.anyio
async def test_coming_in_forgets_what_failed_before(rows: Rows) -> None:
    log, guessing, tried = StoredSignIns(rows), Guessing(rows), tried_hash("k", "wang")
    for n in range(6):
        await log.note(NOW + n * SECOND, "password", "wrong_password", HERE, tried=tried)
    await log.note(NOW + 40 * SECOND, "password", "signed_in", HERE, tried=tried)
    assert await guessing.pause(tried, HERE.address, NOW + 41 * SECOND) == NO_TIME
    assert await guessing.pause(tried, HERE.address, NOW + 6 * SECOND) == NO_TIME


@pytest.mark.anyio
async def test_a_network_that_tries_many_names_waits_and_others_do_not(rows: Rows) -> None:
    log, guessing = StoredSignIns(rows), Guessing(rows)
    for n in range(30):
        tried = tried_hash("k", f"name{n}")
        await log.note(NOW, "password", "wrong_password", HERE, tried=tried)
    fresh = tried_hash("k", "fresh")
    assert await guessing.pause(fresh, HERE.address, NOW + SECOND) == 14 * SECOND
    assert await guessing.pause(fresh, ELSEWHERE.address, NOW + SECOND) == NO_TIME
    assert await guessing.pause(fresh, "", NOW + SECOND) == NO_TIME
    assert await guessing.pause(fresh, HERE.address, NOW + timedelta(hours=2)) == NO_TIME
