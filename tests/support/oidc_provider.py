"""An OpenID provider at an address of its own: code flow with PKCE, one-time codes, its own keys.

It keeps to the protocol; what a test spoils is spoilt on purpose.
"""

import hashlib
import re
import secrets
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape, unescape
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx2
import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.support.children import free_port, until

CLIENT, SECRET = "cairn", "a-secret-of-the-test-run"


@dataclass
class Grant:
    """What a code was given for."""

    person: dict[str, Any]
    nonce: str
    challenge: str
    redirect_uri: str


@dataclass
class OidcProvider:
    """The provider; ``people`` are who can sign in there, by what they type.

    ``spoil`` replaces claims of the ID token, ``describe`` parts of its description. ``asked``
    is what was asked of it; ``shown`` is a key that it shows in place of the one it signs with.
    """

    issuer: str
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    spoil: dict[str, Any] = field(default_factory=dict)
    describe: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    only_by_asking: set[str] = field(default_factory=set)
    algorithm: str = "RS256"
    shown: RSAKey | None = None

    def __post_init__(self) -> None:
        self._codes: dict[str, Grant] = {}
        self._tokens: dict[str, dict[str, Any]] = {}
        self.change_keys()
        routes = [
            Route("/.well-known/openid-configuration", self._description),
            Route("/jwks", self._jwks),
            Route("/authorize", self._form, methods=["GET"]),
            Route("/authorize", self._let_in, methods=["POST"]),
            Route("/token", self._token, methods=["POST"]),
            Route("/userinfo", self._userinfo),
            Route("/logout", self._logout),
        ]
        self.app = Starlette(routes=routes)

    def change_keys(self) -> None:
        """Sign with another key from now on."""
        self.key = RSAKey.generate_key(2048, {"kid": secrets.token_hex(4), "use": "sig"})

    async def _description(self, request: Request) -> Response:
        self.asked.append("description")
        told = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "end_session_endpoint": f"{self.issuer}/logout",
            "jwks_uri": f"{self.issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }
        return JSONResponse(told | self.describe)

    async def _jwks(self, request: Request) -> Response:
        self.asked.append("jwks")
        return JSONResponse({"keys": [(self.shown or self.key).as_dict(private=False)]})

    async def _form(self, request: Request) -> Response:
        query = request.query_params
        assert query["response_type"] == "code"
        assert query["client_id"] == CLIENT
        assert query["code_challenge_method"] == "S256"
        assert "openid" in query["scope"].split()
        hidden = "".join(
            f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
            for name, value in query.items()
        )
        return HTMLResponse(
            f'<!doctype html><html lang="en"><title>Company</title><h1>Company sign-in</h1>'
            f'<form method="post" action="/authorize">{hidden}<label>Who are you? '
            f'<input name="who"></label><button>Sign in</button></form></html>'
        )

    async def _let_in(self, request: Request) -> Response:
        form = {name: str(value) for name, value in (await request.form()).items()}
        person = self.people.get(form["who"])
        told = {"state": form["state"]}
        if person is None:
            told["error"] = "access_denied"
        else:
            told["code"] = secrets.token_urlsafe(16)
            grant = Grant(person, form["nonce"], form["code_challenge"], form["redirect_uri"])
            self._codes[told["code"]] = grant
        return RedirectResponse(f"{form['redirect_uri']}?{urlencode(told)}", status_code=303)

    async def _token(self, request: Request) -> Response:
        self.asked.append("token")
        basic = request.headers.get("authorization", "").removeprefix("Basic ")
        if b64decode(basic).decode() != f"{CLIENT}:{SECRET}":
            return JSONResponse({"error": "invalid_client"}, 401)
        form = await request.form()
        grant = self._codes.pop(str(form.get("code")), None)
        proof = hashlib.sha256(str(form.get("code_verifier")).encode()).digest()
        challenge = urlsafe_b64encode(proof).rstrip(b"=").decode()
        if grant is None or grant.challenge != challenge:
            return JSONResponse({"error": "invalid_grant"}, 400)
        if grant.redirect_uri != form.get("redirect_uri"):
            return JSONResponse({"error": "invalid_grant"}, 400)
        access = secrets.token_urlsafe(16)
        self._tokens[access] = grant.person
        body = {"access_token": access, "token_type": "Bearer", "expires_in": 60}
        return JSONResponse(body | {"id_token": self.id_token(grant)})

    def id_token(self, grant: Grant) -> str:
        """What it says of whoever signed in, signed with its present key."""
        now = int(time.time())
        shown = {k: v for k, v in grant.person.items() if k not in self.only_by_asking}
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, **shown}
        claims |= {"nonce": grant.nonce} | self.spoil
        header = {"alg": self.algorithm, "kid": self.key.kid}
        return jwt.encode(header, claims, self.key, algorithms=[self.algorithm])

    async def _userinfo(self, request: Request) -> Response:
        self.asked.append("userinfo")
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        return JSONResponse(self._tokens[token])

    async def _logout(self, request: Request) -> Response:
        self.asked.append("logout")
        return RedirectResponse(request.query_params["post_logout_redirect_uri"], status_code=303)


@contextmanager
def standing_provider() -> Iterator[OidcProvider]:
    """The provider at an address of this machine, until the block ends."""
    port = free_port()
    provider = OidcProvider(f"http://127.0.0.1:{port}")
    config = uvicorn.Config(provider.app, host="127.0.0.1", port=port, log_level="warning")
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    until(lambda: server.started, 10, "the provider")
    try:
        yield provider
    finally:
        server.should_exit = True
        thread.join(timeout=10)


def settings_for(provider: OidcProvider, **more: Any) -> dict[str, Any]:
    """How a house is told of this provider."""
    return {
        "name": "corp",
        "title": "Example Ltd",
        "issuer": provider.issuer,
        "client_id": CLIENT,
        "client_secret": SECRET,
        "internal": True,
        **more,
    }


@dataclass
class Trip:
    """A window on its way to the provider and back."""

    window: httpx2.Client
    back: str
    to_provider: dict[str, str]

    def arrive(self, **changed: str) -> httpx2.Response:
        """Come back with what the provider said, or with something else in its place."""
        parts = urlsplit(self.back)
        said = {name: values[0] for name, values in parse_qs(parts.query).items()} | changed
        return self.window.get(parts.path, params=said)


def travel(window: httpx2.Client, who: str = "wang", by: str = "corp", on_to: str = "/") -> Trip:
    """Go to the provider and say there who one is; the answer is on its way back."""
    out = window.get(f"/sign-in/with/{by}", params={"next": on_to})
    assert out.status_code == 303, out.text
    with httpx2.Client(trust_env=False) as elsewhere:
        form = elsewhere.get(out.headers["Location"]).text
        fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
        fields = {name: unescape(value) for name, value in fields.items()}
        there = urlsplit(out.headers["Location"])
        answer = elsewhere.post(
            f"{there.scheme}://{there.netloc}/authorize", data=fields | {"who": who}
        )
    return Trip(window, answer.headers["Location"], fields)
