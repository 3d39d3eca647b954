"""What somebody with bad intentions would send to a running Cairn, and what becomes of it."""

import base64
import io
import json
import logging
import re
import socket
import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from services.host.house import RECORDING, House
from services.host.provisioning import SERVICES
from shared.http.guarding import OF_SERVICES
from shared.http.logs import set_up_logs
from shared.http.tokens import Minter, new_key_pair
from shared.kernel.actors import person, service
from tests.support.children import until
from tests.support.house import speaking
from tests.support.postgres import Databases

COMPANY, BOSS, LI, WANG = (str(uuid4()) for _ in range(4))
OPEN = {"/health/live", "/health/ready"}
HOSTILE = [
    "'; DROP TABLE security_log; --",
    '" OR 1=1 --',
    "%00",
    "%ED%A0%80",
    "..%2f..%2fetc%2fpasswd",
    "%0d%0aX-Evil:%201",
    "x" * 5_000,
    "-1",
    "9" * 400,
    "0001-01-01",
    "9999-12-31T23:59:59%2B00:00",
    "$%7Bjndi:ldap://x%7D",
    "{0.__class__}",
]
BODIES: list[Any] = [
    b"",
    b"null",
    b"[]",
    b'"x"',
    b"{" * 100_000,
    b"[" * 100_000,
    b'{"\\u0000": "\\u0000"}',
    b'{"a": "\\ud800"}',
    b"\xff\xfe",
    b'{"a": 1e999}',
    b'{"a": ' + b"9" * 5_000 + b"}",
]
WORDS_FROM_INSIDE = re.compile(r"Traceback|psycopg|File \"|SELECT |\.py\b|pydantic")


def _person(who: str, *roles: str) -> dict[str, Any]:
    return {
        "person_id": who,
        "name": who[:8],
        "name_en": who[:8],
        "posts": [{"unit_id": COMPANY, "title": "Clerk"}],
        "roles": [{"role": role} for role in roles],
        "effective_from": "2026-01-01",
    }


UNIT = {
    "unit_id": COMPANY,
    "code": "C",
    "kind": "company",
    "name_zh": "公司",
    "name_en": "Company",
    "head_id": BOSS,
    "effective_from": "2026-01-01",
}


@pytest.fixture(scope="module")
def house(module_databases: Databases) -> Iterator[House]:
    access = {name: module_databases(name) for name in SERVICES}
    people = [_person(BOSS, "admin", "hr", "auditor", "executive"), _person(LI), _person(WANG)]
    with House(access, web={"development_login": True}) as house:
        with speaking(house, "directory", service("import")) as at:
            at.done("register-units", {"units": [UNIT]})
            at.done("register-people", {"people": people})
        for name in RECORDING:
            until_known(house, name)
        yield house


def until_known(house: House, name: str) -> None:
    """Wait until a service knows the people."""
    with speaking(house, name, person(BOSS)) as at:
        until(lambda: at.get("/security-log").status_code == 200, what=f"{name} knows the people")


@pytest.fixture(scope="module")
def client() -> Iterator[httpx2.Client]:
    with httpx2.Client(timeout=30, trust_env=False) as client:
        yield client


def routes(house: House, name: str, method: str) -> list[str]:
    """The addresses of a service that answer to a method, as it documents them."""
    paths = house.services[name].app.openapi()["paths"]
    return sorted(path for path, methods in paths.items() if method.lower() in methods)


def filled(path: str, value: str) -> str:
    return re.sub(r"\{\w+\}", value, path)


def as_(house: House, name: str, who: str = BOSS) -> dict[str, str]:
    return {"Authorization": f"Bearer {house.token(person(who), name)}"}


def part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def claims(audience: str, **more: Any) -> dict[str, Any]:
    now = int(time.time())
    actor = {"kind": "person", "id": BOSS}
    return {"aud": audience, "iat": now, "exp": now + 60, "actor": actor, **more}


def forged(house: House, name: str) -> dict[str, str]:
    """Tokens that say that the boss asks, none of which may be believed."""
    stranger, keys = new_key_pair(), house.keys
    public = keys.pairs["web"].public
    octets = OctKey.import_key(public)
    header = {"alg": "HS256", "kid": "web"}
    neighbour = next(one for one in RECORDING if one != name)
    unsigned = f"{part({'alg': 'none', 'kid': 'web'})}.{part(claims(name))}."
    good = keys.minter("web").mint(person(BOSS), name)
    head, body, signature = good.split(".")
    return {
        "no algorithm": unsigned,
        "the public key as a secret": jwt.encode(header, claims(name), octets),
        "a stranger's key": Minter("web", stranger.private, stranger.public).mint(
            person(BOSS), name
        ),
        "for another service": keys.minter("web").mint(person(BOSS), neighbour),
        "a service that speaks for people": keys.minter(neighbour).mint(person(BOSS), name),
        "an unknown key": Minter("../web", keys.pairs["web"].private, public).mint(
            person(BOSS), name
        ),
        "another body": f"{head}.{part(claims(name, exp=int(time.time()) + 3_000))}.{signature}",
        "no signature": f"{head}.{body}.",
        "not base64": "a.b.c",
    }


@pytest.mark.parametrize("name", RECORDING)
def test_no_forged_token_is_believed(house: House, client: httpx2.Client, name: str) -> None:
    good = client.get(f"{house.url(name)}/security-log", headers=as_(house, name))
    assert good.status_code == 200
    for what, token in forged(house, name).items():
        headers = {"Authorization": f"Bearer {token}"}
        answer = client.get(f"{house.url(name)}/security-log", headers=headers)
        assert answer.status_code == 401, what
        assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("name", RECORDING)
def test_no_route_answers_without_a_token(house: House, client: httpx2.Client, name: str) -> None:
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        for path in routes(house, name, method):
            if path in OPEN:
                continue
            answer = client.request(method, house.url(name) + filled(path, COMPANY), json={})
            assert answer.status_code in (401, 422), f"{method} {path}"
            assert WORDS_FROM_INSIDE.search(answer.text) is None


@pytest.mark.parametrize("name", RECORDING)
def test_hostile_addresses_are_refused_and_break_nothing(
    house: House, client: httpx2.Client, name: str
) -> None:
    for path in routes(house, name, "GET"):
        asked = house.services[name].app.openapi()["paths"][path]["get"].get("parameters", [])
        names = [one["name"] for one in asked if one["in"] == "query" and one["name"] != "wait"]
        for value in HOSTILE:
            query = "&".join(f"{one}={value}" for one in names)
            answer = client.get(
                f"{house.url(name)}{filled(path, value)}?{query}", headers=as_(house, name)
            )
            assert answer.status_code < 500, f"{path} {value[:40]}: {answer.text}"
            assert WORDS_FROM_INSIDE.search(answer.text) is None, answer.text
            assert "X-Evil" not in answer.headers


@pytest.mark.parametrize("name", RECORDING)
def test_one_hostile_parameter_at_a_time_breaks_nothing(
    house: House, client: httpx2.Client, name: str
) -> None:
    """A good id in the path, so that the query is looked at."""
    for path in routes(house, name, "GET"):
        asked = house.services[name].app.openapi()["paths"][path]["get"].get("parameters", [])
        for one in asked:
            if one["in"] != "query" or one["name"] == "wait":
                continue
            for value in HOSTILE[:4]:
                url = f"{house.url(name)}{filled(path, COMPANY)}?{one['name']}={value}"
                answer = client.get(url, headers=as_(house, name))
                assert answer.status_code < 500, f"{url[:200]}: {answer.text}"


@pytest.mark.parametrize("name", RECORDING)
def test_hostile_bodies_are_refused_with_a_document(
    house: House, client: httpx2.Client, name: str
) -> None:
    for path in routes(house, name, "POST"):
        for body in BODIES:
            headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid4())}
            answer = client.post(
                house.url(name) + filled(path, COMPANY),
                content=body,
                headers=headers | as_(house, name),
            )
            assert 400 <= answer.status_code < 500, f"{path} {body[:40]!r}: {answer.text}"
            assert "json" in answer.headers["content-type"]
            assert WORDS_FROM_INSIDE.search(answer.text) is None, answer.text


def test_a_huge_body_is_refused_whether_or_not_it_says_so(
    house: House, client: httpx2.Client
) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(3_000):
            yield b"x" * 1_000

    for content in (b"x" * 3_000_000, endless()):
        headers = {"Content-Type": "application/json"} | as_(house, "goals")
        try:
            answer = client.post(
                f"{house.url('goals')}/commands/adopt-policy", content=content, headers=headers
            )
        except httpx2.WriteError:  # the answer came, and the door shut, before all was sent
            continue
        assert (answer.status_code, answer.json()["code"]) == (413, "BodyTooLarge")


@pytest.mark.parametrize(
    "correlation", ["x" * 300, "<script>", "a b", "'; DROP", "é", "\x7f", "{0}", "%0d%0a"]
)
def test_a_correlation_is_taken_or_refused_and_never_sent_back_as_a_header(
    house: House, client: httpx2.Client, correlation: str
) -> None:
    headers = {"Cairn-Correlation": correlation.encode("latin-1"), "Idempotency-Key": str(uuid4())}
    sent = {**as_(house, "directory"), **headers}
    body = {"units": [UNIT | {"code": uuid4().hex[:8]}]}
    answer = client.post(
        f"{house.url('directory')}/commands/register-units", json=body, headers=sent
    )
    assert answer.status_code in (200, 400, 422)
    assert correlation not in str(answer.headers)


def raw(house: House, request: bytes) -> bytes:
    """What the server answers to these very bytes."""
    host, port = house.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(request)
        connection.settimeout(10)
        told = b""
        while part := connection.recv(65_536):
            told += part
            if b"\r\n\r\n" in told:
                break
    return told


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET / HTTP/1.1\r\nHost: x\r\nCairn-Correlation: a\r\n b: c\x00\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: [\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -3\r\n\r\n",
        b"GET /" + b"x" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 20_000 + b"\r\n",
        b"\x16\x03\x01\x02\x00",
    ],
    ids=range(9),
)
def test_bytes_that_are_no_request_are_refused(house: House, request_line: bytes) -> None:
    try:
        told = raw(house, request_line)
    except (ConnectionError, TimeoutError):
        return
    assert told.startswith((b"HTTP/1.1 4", b"")), told[:100]
    assert not told.startswith((b"HTTP/1.1 5", b"HTTP/1.1 2")), told[:100]


def test_the_answer_to_anothers_request_id_is_not_handed_out(
    house: House, client: httpx2.Client
) -> None:
    key = str(uuid4())
    url = f"{house.url('directory')}/commands/register-units"
    body = {"units": [UNIT | {"unit_id": str(uuid4()), "code": "SECRET"}]}
    headers = {"Idempotency-Key": key}
    first = client.post(url, json=body, headers=headers | as_(house, "directory"))
    assert first.status_code == 200
    assert "Idempotency-Replayed" not in first.headers
    for who in (LI, WANG):
        other = client.post(url, json=body, headers=headers | as_(house, "directory", who))
        assert "Idempotency-Replayed" not in other.headers


@pytest.mark.parametrize("name", RECORDING)
def test_people_do_not_read_feeds(house: House, client: httpx2.Client, name: str) -> None:
    for feed in house.services[name].plan.translation.feeds:
        answer = client.get(f"{house.url(name)}/feeds/{feed}", headers=as_(house, name))
        assert answer.status_code == 403


@pytest.mark.parametrize("name", RECORDING)
def test_every_answer_carries_the_headers_and_no_servers_name(
    house: House, client: httpx2.Client, name: str
) -> None:
    for path in ("/health/live", "/nowhere", "/security-log", "/openapi.json", "/docs"):
        headers = client.get(house.url(name) + path).headers
        assert {one: headers[one] for one in OF_SERVICES} == OF_SERVICES
        assert headers["Cache-Control"] == "no-store"
        assert "Server" not in headers


# The pages


@pytest.fixture
def browser(house: House) -> Iterator[httpx2.Client]:
    headers = {"Sec-Fetch-Site": "same-origin"}
    with httpx2.Client(base_url=house.address, trust_env=False, headers=headers) as browser:
        assert browser.post("/sign-in", data={"person": LI}).status_code == 303
        yield browser


@pytest.mark.parametrize(
    "target",
    [
        "//evil.test",
        "https://evil.test",
        "/\\evil.test",
        "\\\\evil.test",
        "http:evil.test",
        "javascript:alert(1)",
        "/\t/evil.test",
        "\n//evil.test",
        "/%0d%0aSet-Cookie:x=1",
        "//evil.test%2f..",
        "https://[",
    ],
)
def test_nobody_is_led_to_another_site(browser: httpx2.Client, target: str) -> None:
    for path, form in (
        ("/sign-in", {"person": LI, "next": target}),
        ("/language", {"language": "en", "back": target}),
    ):
        answer = browser.post(path, data=form)
        assert answer.status_code in (303, 422)
        location = answer.headers.get("Location", "/")
        assert re.match(r"/(?![/\\])[\x21-\x7e]*$", location), location
        assert "x" not in answer.cookies


def test_another_sites_form_changes_nothing(browser: httpx2.Client) -> None:
    foreign = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.test"}
    for path in ("/sign-out", "/sign-in", "/sessions/end-all", "/language"):
        assert browser.post(path, headers=foreign).status_code == 403
    assert browser.get("/sessions").status_code == 200


def test_pages_are_not_framed_nor_stored(browser: httpx2.Client) -> None:
    headers = browser.get("/sessions").headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == "no-store"
    assert "Server" not in headers


@pytest.mark.parametrize(
    "path",
    [
        "/static/../settings.py",
        "/static/..%2f..%2fsettings.py",
        "/static/%2e%2e/%2e%2e/settings.py",
        "/static/x/..%5c..%5csettings.py",
        "/static//etc/passwd",
        "/static/%00",
        "/api/goals/../../settings.py",
        "/api/nobody/objectives",
        "/%2e%2e/%2e%2e/etc/passwd",
    ],
)
def test_no_path_leads_out_of_the_house(house: House, browser: httpx2.Client, path: str) -> None:
    told = browser.get(path)
    assert told.status_code in (303, 307, 400, 404)
    assert told.headers.get("Location", house.address).startswith((house.address, "/sign-in"))
    assert "CAIRN_WEB_" not in told.text
    assert "root:" not in told.text


@pytest.mark.parametrize("value", HOSTILE[:6])
def test_hostile_words_in_the_pages_addresses_break_nothing(
    browser: httpx2.Client, value: str
) -> None:
    for path in ("/", "/objectives", "/kpis", "/appraisals", "/people", "/units", "/security"):
        names = ("as_of", "unit", "cycle", "period", "person", "next", "q", "after")
        alone = (f"{name}={value}" for name in names[:3])
        for query in (*alone, "&".join(f"{name}={value}" for name in names[1:])):
            answer = browser.get(f"{path}?{query}")
            assert answer.status_code < 500, f"{path}?{query[:60]}"
            assert WORDS_FROM_INSIDE.search(answer.text) is None
    for path in ("/objectives/", "/key-results/", "/kpis/", "/appraisals/", "/people/"):
        assert browser.get(f"{path}{value}").status_code < 500


def test_an_odd_cookie_breaks_nothing(house: House) -> None:
    for cookie in ("cairn_session=\xff", "cairn_session=" + "x" * 4_000, "cairn_language='; --"):
        headers = {"Cookie": cookie.encode("latin-1")}
        answer = httpx2.get(house.address, headers=headers, trust_env=False)
        assert answer.status_code in (200, 303)


def test_who_is_refused_stands_in_the_security_log(house: House, client: httpx2.Client) -> None:
    seen = client.get(f"{house.url('goals')}/security-log", headers=as_(house, "goals", WANG))
    assert seen.status_code == 403

    def told() -> list[dict[str, Any]]:
        url, asked = f"{house.url('goals')}/security-log", {"person": WANG}
        items: list[dict[str, Any]] = client.get(
            url, headers=as_(house, "goals"), params=asked
        ).json()["items"]
        return items

    assert until(told)[0]["route"] == "/security-log"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    root, stream = logging.getLogger(), io.StringIO()
    before, level = root.handlers, root.level
    set_up_logs(logging.DEBUG, stream)
    yield stream
    root.handlers = before
    root.setLevel(level)


def test_no_secret_is_written_into_any_log(
    house: House, client: httpx2.Client, written: io.StringIO
) -> None:
    """Even where everything is logged, down to the headers that libraries send and get."""
    token = house.token(person(BOSS), "goals")
    headers = {"Authorization": f"Bearer {token}"}
    client.get(f"{house.url('goals')}/objectives", headers=headers)
    client.get(f"{house.url('goals')}/objectives", headers={"Authorization": f"Bearer {token}x"})
    with httpx2.Client(base_url=house.address, trust_env=False) as browser:
        same = {"Sec-Fetch-Site": "same-origin"}
        signed = browser.post("/sign-in", data={"person": LI}, headers=same)
        browser.get("/sessions")
        tried = {"name": "boss", "password": "correct horse battery staple"}
        browser.post("/sign-in/password", data=tried, headers=same)
    session = signed.cookies["cairn_session"]
    secrets = {pair.private for pair in house.keys.pairs.values()}
    secrets |= {token, token.rpartition(".")[2], session, tried["password"]}
    access = next(iter(house._access.values()))
    secrets |= set(re.findall(r"password=(\S+)", f"{access.owner} {access.runtime}"))
    assert "set-cookie" in written.getvalue().lower(), "no header was logged: nothing was looked at"
    assert [one for one in secrets if one in written.getvalue()] == []
