"""A secret that finds its way into a message, an address or a traceback is not written."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from shared.http.logs import KEPT_BACK, set_up_logs, without_secrets

SECRET = "sw0rdfish-Xyz123"
TOKEN = "eyJhbGciOiJFZDI1NTE5In0.eyJhdWQiOiJnb2FscyJ9.c2lnbmF0dXJl"


@pytest.fixture
def said() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before, level, stream = root.handlers, root.level, io.StringIO()
    set_up_logs(stream=stream)
    yield stream
    root.handlers = before
    root.setLevel(level)


@pytest.mark.parametrize(
    "text",
    [
        f"Authorization: Bearer {SECRET}",
        f"authorization=Bearer {TOKEN}",
        f"a token {TOKEN} was sent",
        f"user=cairn_goals password={SECRET} dbname=cairn_goals",
        f"postgresql://cairn_goals:{SECRET}@db:5432/cairn_goals",
        f"Cookie: cairn_session={SECRET}; cairn_language=en",
        f"Set-Cookie: __Host-cairn_session={SECRET}; HttpOnly",
        f'{{"client_secret": "{SECRET}", "code": 7}}',
        f"{{'private_key': '{SECRET}'}}",
        f"https://idp.example.com/token?client_secret={SECRET}&x=1",
        f"CAIRN_GOALS_MASTER_KEY={SECRET}",
        f"access_token: {SECRET}",
    ],
)
def test_what_looks_like_a_secret_is_kept_back(text: str) -> None:
    written = without_secrets(text)
    assert SECRET not in written
    assert TOKEN not in written
    assert KEPT_BACK in written


@pytest.mark.parametrize(
    "text",
    [
        "position 17 of objectives followed",
        "GET /objectives/6f3c1a52-6a0e-5d0c-9d5c-5b1a2f0e7c41 200",
        "the security log cannot be written: OperationalError",
        "keyring of 5 keys read",
    ],
)
def test_what_is_no_secret_is_written_as_it_is(text: str) -> None:
    assert without_secrets(text) == text


def test_a_line_says_when_who_and_what(said: io.StringIO) -> None:
    logging.getLogger("cairn.test").warning("a page failed", extra={"correlation": "c-1"})
    line = json.loads(said.getvalue())
    assert (line["event"], line["correlation"]) == ("a page failed", "c-1")
    assert (line["level"], line["logger"]) == ("warning", "cairn.test")
    assert line["timestamp"].endswith("Z")


def test_a_traceback_is_written_in_one_line_without_its_secrets(said: io.StringIO) -> None:
    try:
        raise ValueError(f"cannot connect with password={SECRET}")
    except ValueError:
        logging.getLogger("cairn.test").exception("broken", extra={"token": SECRET})
    assert said.getvalue().count("\n") == 1
    assert "ValueError" in json.loads(said.getvalue())["exception"]
    assert SECRET not in said.getvalue()


def test_the_requests_that_followers_make_are_told_only_when_something_is_wrong(
    said: io.StringIO,
) -> None:
    logging.getLogger("httpx2").info("HTTP Request: GET /feeds/kpis")
    assert said.getvalue() == ""
    logging.getLogger("httpx2").warning("gone")
    assert "gone" in said.getvalue()
