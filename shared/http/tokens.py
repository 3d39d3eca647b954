"""Who sends a request: Ed25519 tokens of 60 seconds, each for one service."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
from pydantic import ValidationError

from shared.http.settings import PublicKey
from shared.kernel.actors import Actor, service
from shared.kernel.refusals import Refused

SECONDS = 60
LEEWAY = 5
ALGORITHM = "Ed25519"
Scope = Literal["read", "write"]


class NotSignedIn(Refused):
    """This request carries no valid token. Sign in again, or ask for a new token and repeat it."""

    status = 401


class IdentityRefused(Refused):
    """This service is closed to {identity}: a wall keeps them apart. There is no switch to open
    it.
    """

    status = 403


class OnlyReads(Refused):
    """This token may only read here. Make an access token that may also write, and ask again with
    it.
    """

    status = 403


class NotOpenedByToken(Refused):
    """This access token does not open {audience} in that way. Make one that does, on the page
    "Access tokens".
    """

    status = 403


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and whose signature says so; with the scope ``read`` nothing can be changed."""

    actor: Actor
    identity: str
    scope: Scope = "write"

    @property
    def person(self) -> str | None:
        """The person who asks, or for whom a service asks."""
        return self.actor.person

    @property
    def is_service(self) -> bool:
        """Whether a service asks in its own name."""
        return self.actor.kind == "service" and self.actor.on_behalf_of is None


@dataclass(frozen=True)
class KeyPair:
    """An Ed25519 key pair as base64url: ``private`` signs, ``public`` is told to the others."""

    private: str
    public: str


def new_key_pair() -> KeyPair:
    """A fresh key pair."""
    told = OKPKey.generate_key("Ed25519").as_dict(private=True)
    return KeyPair(private=str(told["d"]), public=str(told["x"]))


class Minter:
    """Signs tokens with one private key."""

    def __init__(self, key_id: str, private: str, public: str) -> None:
        self._key = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": public, "d": private})
        self._key_id = key_id

    def mint(self, actor: Actor, audience: str, scope: Scope = "write") -> str:
        """A token for this actor that one service accepts for a minute; perhaps only to read."""
        now = int(time.time())
        claims: dict[str, Any] = {
            "aud": audience,
            "iat": now,
            "exp": now + SECONDS,
            "actor": actor.model_dump(exclude_none=True),
        }
        if scope != "write":
            claims["scope"] = scope
        header = {"alg": ALGORITHM, "kid": self._key_id}
        return jwt.encode(header, claims, self._key, algorithms=[ALGORITHM])

    def mint_own(self, identity: str, audience: str) -> str:
        """A token for the service itself, as followers use it."""
        return self.mint(service(identity), audience)


class Verifier:
    """Accepts tokens for one service, signed with a key of the keyring."""

    def __init__(
        self,
        audience: str,
        keyring: Mapping[str, PublicKey],
        refused: frozenset[str] = frozenset(),
    ) -> None:
        self._audience, self._refused = audience, refused
        self._keys = {
            key_id: (OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": key.public}), key)
            for key_id, key in keyring.items()
        }
        self._identities = {key.identity for key in keyring.values()}
        self._signed = lru_cache(maxsize=1_000)(self._decoded)

    def verify(self, token: str) -> Caller:
        """Who the token says is asking; refused as NotSignedIn when anything about it is wrong."""
        try:
            return self._caller(*self._signed(token))
        except (JoseError, ValueError, KeyError, TypeError, ValidationError) as error:
            raise NotSignedIn(field="Authorization") from error

    def _decoded(self, token: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """Header and claims of a token whose signature is right, which it stays: only when it holds
        is asked each time.
        """
        signed = jwt.decode(token, self._key_of, algorithms=[ALGORITHM])
        return signed.header, signed.claims

    def _key_of(self, token: Any) -> OKPKey:
        return self._keys[token.headers()["kid"]][0]

    def _caller(self, header: Mapping[str, Any], claims: Mapping[str, Any]) -> Caller:
        now = time.time()
        if claims["aud"] != self._audience:
            raise ValueError("for another service")
        if not claims["iat"] - LEEWAY <= now <= claims["exp"] + LEEWAY:
            raise ValueError("expired, or not valid yet")
        if claims["exp"] - claims["iat"] > SECONDS:
            raise ValueError("valid for too long")
        key = self._keys[header["kid"]][1]
        actor = Actor.model_validate(claims["actor"])
        for who in (actor.person, actor.on_behalf_of):
            if who is not None and str(UUID(who)) != who:
                raise ValueError("this person's id is not written as ids are")
        if not self._may_speak_for(actor, key):
            raise ValueError("this key does not speak for them")
        if key.identity in self._refused:
            raise IdentityRefused(identity=key.identity)
        return Caller(actor, key.identity, _scope_of(claims))

    def _may_speak_for(self, actor: Actor, key: PublicKey) -> bool:
        """A service speaks for itself; web and host also for people and for services without a
        key, such as an import, but never in the name of one that signs for itself.
        """
        if actor == service(key.identity):
            return True
        others = self._identities - {key.identity}
        signs_itself = actor.kind == "service" and actor.id in others
        return key.speaks_for_people and not signs_itself


def _scope_of(claims: Mapping[str, Any]) -> Scope:
    scope = claims.get("scope", "write")
    if scope not in ("read", "write"):
        raise ValueError("a scope that nobody knows")
    return "read" if scope == "read" else "write"
