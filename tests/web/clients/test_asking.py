"""What travels with a question, and how troubles come back."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID

import httpx2
import pytest

from services.web.clients.asking import (
    Acting,
    Asking,
    Neighbour,
    RefusedByService,
    Unreachable,
)

WANG = UUID(int=21)
THEN = datetime(2026, 8, 14, 16, tzinfo=UTC)
Handler = Callable[[httpx2.Request], httpx2.Response]


@pytest.fixture
def anyio_backend() -> str:
    """The event loop of the product."""
    return "asyncio"


def token(name: str, who: object, acting: Acting | None) -> str:
    return "/".join(str(part) for part in (name, who, acting and acting.giver) if part)


def neighbour(handler: Handler) -> Neighbour:
    """Goals, answered by a function."""
    http = httpx2.AsyncClient(transport=httpx2.MockTransport(handler))
    return Neighbour(
        "goals",
        http,
        token,
        "http://goals.test/",
    )


@pytest.mark.anyio
async def test_a_question_says_who_asks_in_which_language_and_from_when() -> None:
    asked: list[httpx2.Request] = []

    def goals(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        return httpx2.Response(200, json={"items": []})

    asking = Asking(WANG, "en", THEN, date(2026, 8, 15), "measurements@7")
    await neighbour(goals).ask(asking, "/objectives", cycle="c", unit=None)
    (request,) = asked
    assert request.url.path == "/objectives"
    assert dict(request.url.params) == {
        "as_of": "2026-08-14T16:00:00+00:00",
        "on": "2026-08-15",
        "cycle": "c",
    }
    assert request.headers["Authorization"] == f"Bearer goals/{WANG}"
    assert request.headers["Accept-Language"] == "en"
    assert request.headers["Cairn-Seen"] == "measurements@7"


@pytest.mark.anyio
async def test_a_refusal_comes_back_with_its_sentence_and_field() -> None:
    problem = {"detail": "Not so.", "field": "target"}
    with pytest.raises(RefusedByService) as caught:
        await neighbour(lambda _: httpx2.Response(422, json=problem)).ask(Asking(WANG), "/x")
    assert (caught.value.sentence, caught.value.field) == ("Not so.", "target")


@pytest.mark.anyio
async def test_a_refusal_without_a_document_is_still_one() -> None:
    with pytest.raises(RefusedByService) as caught:
        await neighbour(lambda _: httpx2.Response(404, text="nothing")).ask(Asking(WANG), "/x")
    assert caught.value.sentence == "Not Found"


@pytest.mark.anyio
@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_service_in_trouble_does_not_answer(status: int) -> None:
    with pytest.raises(Unreachable):
        await neighbour(lambda _: httpx2.Response(status)).ask(Asking(WANG), "/x")


@pytest.mark.anyio
async def test_a_service_that_is_away_does_not_answer() -> None:
    def away(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("refused", request=request)

    with pytest.raises(Unreachable):
        await neighbour(away).ask(Asking(WANG), "/x")


@pytest.mark.anyio
async def test_a_command_carries_its_key_and_brings_back_what_to_wait_for() -> None:
    def goals(request: httpx2.Request) -> httpx2.Response:
        assert request.headers["Idempotency-Key"] == "k"
        return httpx2.Response(200, json={}, headers={"Cairn-Seen": "objectives@9"})

    done = await neighbour(goals).command(Asking(WANG), "publish-objectives", {}, "k")
    assert done.seen == "objectives@9"


@pytest.mark.anyio
async def test_a_question_says_for_whom_somebody_acts() -> None:
    asked: list[httpx2.Request] = []

    def goals(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        return httpx2.Response(200, json={})

    giver = UUID(int=7)
    await neighbour(goals).ask(Asking(WANG, acting=Acting(giver, UUID(int=8))), "/x")
    assert asked[0].headers["authorization"] == f"Bearer goals/{WANG}/{giver}"
