"""Feeds over HTTP: long-poll, scoped to the services that may read them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.concurrency import run_in_threadpool

from shared.contracts.records import Page
from shared.eventing.feeds import FeedReader
from shared.eventing.listening import Listener
from shared.http.commanding import AskingOften
from shared.kernel.refusals import NotFound, Refused

LONGEST_WAIT = 30.0


class FeedIsNotForYou(Refused):
    """The feed {feed} is not open to {reader}. Only the services that need it may follow it."""

    status = 403


class News:
    """Wakes the requests that wait for something to be recorded, and knows how far they need not
    look.
    """

    def __init__(self, listener: Listener) -> None:
        self._waiting: set[Callable[[], object]] = set()
        self._told: int | None = None
        listener.on("facts", self._hear)

    @asynccontextmanager
    async def awaited(self) -> AsyncIterator[asyncio.Event]:
        """An event that is set at the first news after it was made."""
        loop, heard = asyncio.get_running_loop(), asyncio.Event()

        def wake() -> object:
            return loop.call_soon_threadsafe(heard.set)

        self._waiting.add(wake)
        try:
            yield heard
        finally:
            self._waiting.discard(wake)

    def has_more(self, after: int) -> bool:
        """Whether anything may stand behind a position; without news for a while, who knows."""
        return self._told is None or after < self._told

    def _hear(self, payload: str) -> None:
        self._told = int(payload) if payload else None
        if payload:
            for wake in list(self._waiting):
                wake()


def feed_routes(
    reader: FeedReader, readers: Mapping[str, frozenset[str]], listener: Listener
) -> APIRouter:
    """``GET /feeds/{feed}``: pages after a position, for the services named for that feed."""
    router, news = APIRouter(tags=["feeds"]), News(listener)

    def worded(feed: str, after: int, limit: int) -> tuple[bool, bytes]:
        """Whether there is anything, and the page as it is sent: checked when it was made."""
        page = reader.read(feed, after, limit)
        return bool(page.records), page.model_dump_json().encode()

    @router.get("/feeds/{feed}", response_model=Page)
    async def feed(
        caller: AskingOften,
        feed: str,
        after: Annotated[int, Query(ge=0)] = 0,
        limit: Annotated[int, Query(ge=1, le=5_000)] = 500,
        wait: Annotated[float, Query(ge=0, le=LONGEST_WAIT)] = 0,
    ) -> Response:
        """Published records after a position, in order; waits for the next when there is none."""
        if feed not in readers:
            raise NotFound(field="feed", what="feed")
        # the key that signed decides: one that speaks for others must not read in their name
        if not caller.is_service or caller.identity not in readers[feed]:
            raise FeedIsNotForYou(feed=feed, reader=caller.identity)
        async with news.awaited() as heard:
            found, page = False, b""
            if wait == 0 or news.has_more(after):
                found, page = await run_in_threadpool(worded, feed, after, limit)
            if not found and wait > 0:
                with suppress(TimeoutError):
                    await asyncio.wait_for(heard.wait(), wait)
                _, page = await run_in_threadpool(worded, feed, after, limit)
        return Response(page, media_type="application/json")

    return router
