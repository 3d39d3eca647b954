"""What stands before an application: names, sizes, times, headers, and what becomes of a defect."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from shared.http.guarding import OF_SERVICES, STRICT_TRANSPORT, Guard, Guards
from shared.kernel.refusals import Refused


def refuse(_: Request, refusal: Refused) -> Response:
    said = {"code": refusal.code, "said": refusal.sentence}
    return JSONResponse(said, refusal.status)


async def swallow(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def swallow_anyway(request: Request) -> Response:
    """As frameworks do: whatever comes of reading becomes an answer of their own."""
    try:
        return PlainTextResponse(str(len(await request.body())))
    except Refused:
        return PlainTextResponse("the body could not be parsed", 400)


async def defect(_: Request) -> Response:
    raise ZeroDivisionError("the password is swordfish")


async def late_defect(_: Request) -> Response:
    def parts() -> Iterator[bytes]:
        yield b"begun"
        raise ZeroDivisionError

    return StreamingResponse(parts())


async def own_headers(_: Request) -> Response:
    return PlainTextResponse("", headers={"Cache-Control": "public, max-age=60"})


ROUTES = [
    Route("/swallow", swallow, methods=["POST"]),
    Route("/anyway", swallow_anyway, methods=["POST"]),
    Route("/larger", swallow, methods=["POST"]),
    Route("/defect", defect),
    Route("/late", late_defect),
    Route("/own", own_headers),
]
Make = Callable[..., TestClient]


@pytest.fixture
def make() -> Make:
    def made(**options: Any) -> TestClient:
        guards = Guards(
            headers=OF_SERVICES,
            refuse=refuse,
            **{"largest_body": 1_000, "larger": {"/larger": 5_000}, **options},
        )
        app = Starlette(routes=ROUTES, middleware=[Middleware(Guard, guards=guards)])
        return TestClient(app, base_url="http://cairn.test", raise_server_exceptions=False)

    return made


def in_parts(size: int) -> Iterator[bytes]:
    """A body that does not say how long it is."""
    for _ in range(size // 100):
        yield b"x" * 100


@pytest.mark.parametrize("path", ["/swallow", "/anyway"])
@pytest.mark.parametrize("announced", [True, False])
def test_a_body_is_taken_up_to_the_limit_and_no_further(
    make: Make, path: str, announced: bool
) -> None:
    def body(size: int) -> Any:
        return b"x" * size if announced else in_parts(size)

    client = make()
    assert client.post(path, content=body(1_000)).text == "1000"
    answer = client.post(path, content=body(1_100))
    assert answer.status_code == 413
    assert answer.json() == {
        "code": "BodyTooLarge",
        "said": "This is larger than the 1000 bytes that are taken here. Send it in several parts.",
    }


def test_what_lies_about_its_length_is_counted(make: Make) -> None:
    async def lying() -> list[Any]:
        app = make().app
        parts = [{"type": "http.request", "body": b"x" * 600, "more_body": True}] * 3
        said: list[Any] = []

        async def receive() -> Any:
            return parts.pop()

        async def send(message: Any) -> None:
            said.append(message)

        headers = [(b"host", b"cairn.test"), (b"content-length", b"10")]
        scope = {"type": "http", "method": "POST", "path": "/swallow", "headers": headers}
        await app({**scope, "query_string": b"", "root_path": ""}, receive, send)
        return said

    assert asyncio.run(lying())[0]["status"] == 413


def test_some_addresses_take_more(make: Make) -> None:
    assert make().post("/larger", content=in_parts(5_000)).text == "5000"
    assert make().post("/larger", content=in_parts(5_100)).status_code == 413


def test_they_do_so_below_another_address_too(make: Make) -> None:
    house = TestClient(Starlette(routes=[Mount("/api/goals", app=make().app)]))
    assert house.post("/api/goals/larger", content=in_parts(5_000)).text == "5000"
    assert house.post("/api/goals/swallow", content=in_parts(1_100)).status_code == 413


def test_a_body_that_trickles_in_is_given_up(make: Make) -> None:
    async def trickling() -> list[Any]:
        app, said = make(longest_sending=0.05).app, []

        async def receive() -> Any:
            await asyncio.sleep(0.02)
            return {"type": "http.request", "body": b"x", "more_body": True}

        async def send(message: Any) -> None:
            said.append(message)

        headers = [(b"host", b"cairn.test")]
        scope = {"type": "http", "method": "POST", "path": "/swallow", "headers": headers}
        await app({**scope, "query_string": b"", "root_path": ""}, receive, send)
        return said

    assert asyncio.run(trickling())[0]["status"] == 408


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("okr.example.com", True),
        ("OKR.example.com:8443", True),
        ("a.intra.example.com", True),
        ("evil.test", False),
        ("example.com", False),
        ("intra.example.com", False),
        ("okr.example.com.evil.test", False),
    ],
)
def test_it_answers_under_its_own_names_only(make: Make, host: str, known: bool) -> None:
    client = make(hosts=("okr.example.com", "*.intra.example.com"))
    answer = client.get("/own", headers={"Host": host})
    assert answer.status_code == (200 if known else 400)


@pytest.mark.parametrize("host", ["[", "[::1", "a b", "a/b", "a@b", "", "x" * 254, "a:99999999"])
def test_what_is_no_name_is_refused_even_where_any_name_will_do(make: Make, host: str) -> None:
    assert make().get("/own", headers={"Host": host}).status_code == 400
    assert make().get("/own", headers={"Host": "[::1]:80"}).status_code == 200


@pytest.mark.parametrize("path", ["/own", "/nowhere", "/defect"])
def test_every_answer_carries_the_headers(make: Make, path: str) -> None:
    headers = make().get(path).headers
    assert {name: headers[name] for name in OF_SERVICES} == OF_SERVICES
    assert "Strict-Transport-Security" not in headers
    assert "Server" not in headers


def test_a_refusal_carries_the_headers_too(make: Make) -> None:
    headers = make().post("/swallow", content=b"x" * 1_001).headers
    assert {name: headers[name] for name in OF_SERVICES} == OF_SERVICES


def test_answers_are_not_stored_unless_they_say_otherwise(make: Make) -> None:
    assert make().get("/nowhere").headers["Cache-Control"] == "no-store"
    assert make().get("/own").headers["Cache-Control"] == "public, max-age=60"


def test_browsers_are_held_to_https_where_it_is_spoken(make: Make) -> None:
    headers = make(https=True).get("/own").headers
    assert headers["Strict-Transport-Security"] == STRICT_TRANSPORT


def test_a_defect_tells_a_number_and_nothing_of_what_is_inside(
    make: Make, caplog: pytest.LogCaptureFixture
) -> None:
    answer = make().get("/defect", headers={"Cairn-Correlation": "c-17"})
    assert (answer.status_code, answer.json()["code"]) == (500, "Broken")
    assert "c-17" in answer.json()["said"]
    assert "swordfish" not in answer.text
    assert "ZeroDivision" not in answer.text
    assert "GET /defect, number c-17" in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_a_number_is_drawn_where_none_was_sent_or_it_is_none(make: Make) -> None:
    said = [make().get("/defect").json()["said"] for _ in range(2)]
    assert said[0] != said[1]
    answer = make().get("/defect", headers={"Cairn-Correlation": "<b>x</b>"})
    assert "<b>" not in answer.text


def test_an_answer_that_was_begun_is_broken_off(make: Make) -> None:
    with pytest.raises(ZeroDivisionError):
        TestClient(make().app).get("http://cairn.test/late")
