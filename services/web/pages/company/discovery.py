"""What a provider says of itself: where to go, and with which keys it signs."""

import time
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from services.web.pages.company.outside import Outside, ProviderSilent
from services.web.pages.company.provider import Provider

KEPT_SECONDS = 3600.0
NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
WELL_KNOWN = "/.well-known/openid-configuration"


class Discovery:
    """One provider's description and keys, kept for an hour."""

    def __init__(self, provider: Provider, outside: Outside) -> None:
        self._provider, self._outside = provider, outside
        self._said: tuple[float, dict[str, Any]] | None = None
        self._keys: tuple[float, KeySet] | None = None

    async def metadata(self) -> dict[str, Any]:
        """Its description; refused as ProviderSilent when it is another issuer's."""
        if self._said is None or _is_old(self._said[0]):
            told = await self._outside.json(self._provider.issuer.rstrip("/") + WELL_KNOWN)
            if told.get("issuer") != self._provider.issuer or not all(map(told.get, NEEDED)):
                raise ProviderSilent(f"{self._provider.issuer} describes another issuer, or half")
            self._must_lead_to_the_web(told)
            self._said = (time.monotonic(), told)
        return self._said[1]

    def _must_lead_to_the_web(self, told: dict[str, Any]) -> None:
        good = ("https://", "http://") if self._provider.internal else ("https://",)
        for name, place in told.items():
            if name.endswith(("_endpoint", "_uri")) and not str(place).startswith(good):
                raise ProviderSilent(f"{name} leads to {place}")

    async def keys(self, *, anew: bool = False) -> KeySet:
        """The keys it signs with; ``anew`` asks again, for when it has changed them."""
        if anew or self._keys is None or _is_old(self._keys[0]):
            told = await self._outside.json(str((await self.metadata())["jwks_uri"]))
            try:
                keys = KeySet.import_key_set(_for_signing(told))
            except (JoseError, ValueError, KeyError, TypeError) as error:
                raise ProviderSilent("the provider's keys cannot be read") from error
            self._keys = (time.monotonic(), keys)
        return self._keys[1]


def _for_signing(told: dict[str, Any]) -> Any:
    """Its keys without those for encryption and of kinds that never sign for us."""
    kept = [
        key
        for key in told["keys"]
        if key.get("use", "sig") == "sig" and key.get("kty") in ("RSA", "EC", "OKP")
    ]
    return {"keys": kept}


def _is_old(since: float) -> bool:
    return time.monotonic() - since > KEPT_SECONDS
