"""Nobody makes Cairn knock at machines inside, by whatever name or form of address."""

import asyncio
from collections.abc import Sequence
from typing import Any

import httpx2
import pytest

from shared.http.outside import AnswerTooLarge, NotToBeAsked, OutsideTransport, is_public

PUBLIC, PRIVATE = "93.184.215.14", "10.0.0.7"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "255.255.255.255",
        "224.0.0.1",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2002:a00:1::1",
        "2001:0:4136:e378:8000:63bf:f5ff:fff8",
        "no address",
        "",
    ],
)
def test_what_is_inside_is_not_public_in_any_form(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", [PUBLIC, "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14"]
)
def test_what_is_outside_is_public(address: str) -> None:
    assert is_public(address)


class Carrier(httpx2.AsyncBaseTransport):
    """Remembers what would have gone out."""

    def __init__(self, body: bytes = b"{}", status: int = 200, **headers: str) -> None:
        self.sent: list[httpx2.Request] = []
        self.body, self.status, self.headers = body, status, headers

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        self.sent.append(request)
        return httpx2.Response(self.status, headers=self.headers, stream=Parts(self.body))


class Parts(httpx2.AsyncByteStream):
    def __init__(self, body: bytes) -> None:
        self.body = body

    async def __aiter__(self) -> Any:
        for first in range(0, len(self.body), 100):
            yield self.body[first : first + 100]


def ask(url: str, carrier: Carrier, *answers: Sequence[str], **options: Any) -> httpx2.Response:
    names = list(answers)

    async def look_up(_: str, __: int) -> Sequence[str]:
        if not names:
            raise OSError
        return names.pop(0)

    async def asked() -> httpx2.Response:
        transport = OutsideTransport(look_up=look_up, carrier=carrier, **options)
        async with httpx2.AsyncClient(transport=transport, trust_env=False) as client:
            return await client.get(url)

    return asyncio.run(asked())


def test_the_connection_goes_to_the_address_that_was_judged() -> None:
    carrier = Carrier()
    ask("https://idp.example.com/keys?x=1", carrier, [PUBLIC], [PRIVATE])
    (sent,) = carrier.sent
    assert str(sent.url) == f"https://{PUBLIC}/keys?x=1"
    assert sent.headers["Host"] == "idp.example.com"
    assert sent.extensions["sni_hostname"] == "idp.example.com"


@pytest.mark.parametrize("found", [[PRIVATE], [PUBLIC, PRIVATE], [PRIVATE, PUBLIC], ["::1"], []])
def test_a_name_with_any_address_inside_is_not_asked(found: list[str]) -> None:
    carrier = Carrier()
    with pytest.raises(NotToBeAsked):
        ask("https://idp.example.com/", carrier, found)
    assert carrier.sent == []


@pytest.mark.parametrize(
    "url", ["http://idp.example.com/", "https://user:secret@idp.example.com/", "https://"]
)
def test_what_is_no_plain_address_over_https_is_not_asked(url: str) -> None:
    carrier = Carrier()
    with pytest.raises((NotToBeAsked, httpx2.UnsupportedProtocol)) as refusal:
        ask(url, carrier, [PUBLIC])
    assert "secret" not in str(refusal.value)
    assert carrier.sent == []


def test_machines_inside_are_asked_where_that_is_meant() -> None:
    carrier = Carrier()
    assert ask("http://idp.intra/", carrier, [PRIVATE], internal=True).status_code == 200


def test_nobody_is_sent_on_elsewhere() -> None:
    carrier = Carrier(status=302, Location="https://10.0.0.7/")
    assert ask("https://idp.example.com/", carrier, [PUBLIC], [PRIVATE]).status_code == 302
    assert len(carrier.sent) == 1


def test_an_endless_answer_is_broken_off() -> None:
    assert len(ask("https://x.example.com/", Carrier(b"x" * 500), [PUBLIC], largest=500).content)
    with pytest.raises(AnswerTooLarge):
        ask("https://x.example.com/", Carrier(b"x" * 501), [PUBLIC], largest=500)


def test_an_unknown_name_is_an_error_of_connecting() -> None:
    with pytest.raises(httpx2.ConnectError):
        ask("https://nowhere.example.com/", Carrier())
