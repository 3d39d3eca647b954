"""Whether an ID token is what it says: signed by the provider, for us, now, for this very try."""

from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from services.web.pages.company.discovery import Discovery
from services.web.pages.company.provider import ALGORITHMS, Provider

LEEWAY_SECONDS = 60


class NotTrusted(Exception):
    """What came back from the provider is not to be believed."""


async def verified(
    id_token: str, provider: Provider, discovery: Discovery, nonce: str, access_token: str
) -> dict[str, Any]:
    """What the token says; refused as NotTrusted when anything about it is wrong.

    A key that is not known is asked for once: providers change their keys.
    """
    try:
        try:
            signed = _decoded(id_token, await discovery.keys())
        except InvalidKeyIdError:
            signed = _decoded(id_token, await discovery.keys(anew=True))
        claims = CodeIDToken(
            signed.claims,
            signed.header,
            {
                "iss": {"essential": True, "value": provider.issuer},
                "aud": {"essential": True, "value": provider.client_id},
            },
            {"nonce": nonce, "client_id": provider.client_id, "access_token": access_token},
        )
        claims.validate(leeway=LEEWAY_SECONDS)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise NotTrusted(type(error).__name__) from error
    return dict(claims)


def _decoded(id_token: str, keys: KeySet) -> jwt.Token:
    registry = JWSRegistry(algorithms=list(ALGORITHMS), strict_check_header=False)
    return jwt.decode(id_token, keys, registry=registry)
