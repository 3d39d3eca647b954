"""What is asked outside, and what never is."""

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from services.web.pages.company.outside import Outside, ProviderSilent
from shared.http.outside import OutsideTransport

PUBLIC = "https://198.41.0.4/keys"  # an address, so that nobody is asked for one

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    """The event loop of the product."""
    return "asyncio"


async def endless() -> AsyncIterator[bytes]:
    """A server that does not stop to talk."""
    while True:
        yield b" " * 100_000


def outside(answer: httpx2.Response, *, internal: bool = False) -> tuple[Outside, list[str]]:
    asked: list[str] = []

    def tell(request: httpx2.Request) -> httpx2.Response:
        asked.append(str(request.url))
        return answer

    guard = OutsideTransport(internal=internal, carrier=httpx2.MockTransport(tell))
    return Outside(httpx2.AsyncClient(transport=guard, follow_redirects=True)), asked


async def test_an_object_at_a_public_address_is_told() -> None:
    asker, _ = outside(httpx2.Response(200, json={"keys": []}))
    assert await asker.json(PUBLIC) == {"keys": []}


@pytest.mark.parametrize(
    "url",
    [
        "http://198.41.0.4/keys",
        "https://127.0.0.1/keys",
        "https://localhost/keys",
        "https://10.0.0.1/keys",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/keys",
        "https://[fd00::1]/keys",
        "https://[::ffff:10.0.0.1]/keys",
        "file:///etc/passwd",
        "https:///keys",
    ],
)
async def test_nothing_private_and_nothing_in_the_clear_is_asked(url: str) -> None:
    asker, asked = outside(httpx2.Response(200, json={}))
    with pytest.raises(ProviderSilent):
        await asker.json(url)
    assert asked == []


async def test_what_stands_inside_is_asked_where_that_is_meant() -> None:
    asker, _ = outside(httpx2.Response(200, json={"issuer": "x"}), internal=True)
    assert await asker.json("http://127.0.0.1:8000/x") == {"issuer": "x"}
    with pytest.raises(ProviderSilent):
        await asker.json("file:///etc/passwd")


@pytest.mark.parametrize(
    "answer",
    [
        httpx2.Response(302, headers={"Location": "https://10.0.0.1/"}),
        httpx2.Response(500, json={}),
        httpx2.Response(200, text="<html>"),
        httpx2.Response(200, json=["no", "object"]),
        httpx2.Response(200, content=endless()),
    ],
    ids=["redirect", "broken", "html", "list", "huge"],
)
async def test_nothing_is_followed_and_nothing_else_is_taken(answer: Any) -> None:
    asker, asked = outside(answer)
    with pytest.raises(ProviderSilent):
        await asker.json(PUBLIC)
    assert asked == [PUBLIC]
