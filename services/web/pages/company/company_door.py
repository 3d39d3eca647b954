"""One provider's way in: out to it with a challenge, back with a code, and who it says came."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client

from services.web.pages.company.attempts import Attempt
from services.web.pages.company.discovery import Discovery
from services.web.pages.company.id_token import NotTrusted, verified
from services.web.pages.company.outside import Outside, ProviderSilent
from services.web.pages.company.provider import Provider
from shared.http.outside import PATIENCE, OutsideTransport


@dataclass(frozen=True)
class Known:
    """Whom the provider let in: its own id of them, what they are looked up by here, and its word
    for it.
    """

    issuer: str
    subject: str
    looked_up: str
    id_token: str = ""


class CompanyDoor:
    """The way in through one provider; ``http`` is the client that asks it."""

    def __init__(self, provider: Provider, http: httpx2.AsyncClient) -> None:
        self.provider = provider
        self._outside = Outside(http)
        self._discovery = Discovery(provider, self._outside)

    async def way_out(self, attempt: Attempt, back: str) -> str:
        """The provider's address at which the browser goes on, and ``back`` where it returns."""
        metadata = await self._discovery.metadata()
        async with self._client(metadata, back) as client:
            address, _ = client.create_authorization_url(
                metadata["authorization_endpoint"],
                state=attempt.state,
                nonce=attempt.nonce,
                code_verifier=attempt.verifier,
            )
        return str(address)

    async def came_back(self, attempt: Attempt, code: str, issuer: str, back: str) -> Known:
        """Who came; refused as NotTrusted or ProviderSilent."""
        metadata = await self._discovery.metadata()
        told = metadata.get("authorization_response_iss_parameter_supported") is True
        if (issuer or told) and issuer != self.provider.issuer:
            raise NotTrusted("another issuer answered")
        token = await self._token(metadata, attempt, code, back)
        access = str(token.get("access_token") or "")
        said = str(token.get("id_token") or "")
        claims = await verified(said, self.provider, self._discovery, attempt.nonce, access)
        if self.provider.claim not in claims and metadata.get("userinfo_endpoint"):
            claims = await self._with_more(claims, str(metadata["userinfo_endpoint"]), access)
        return replace(self._known(claims), id_token=said)

    async def way_to_sign_out(self, back: str, id_token: str = "") -> str | None:
        """Where one signs out of the provider too, where it offers that; with its own word for who
        signs out it need not ask.
        """
        try:
            metadata = await self._discovery.metadata()
        except ProviderSilent:
            return None
        offered = metadata.get("end_session_endpoint")
        if not offered:
            return None
        wanted = {"client_id": self.provider.client_id, "post_logout_redirect_uri": back}
        wanted |= {"id_token_hint": id_token} if id_token else {}
        return f"{offered}{'&' if '?' in str(offered) else '?'}{urlencode(wanted)}"

    async def _token(
        self, metadata: dict[str, Any], attempt: Attempt, code: str, back: str
    ) -> dict[str, Any]:
        try:
            async with self._client(metadata, back) as client:
                return dict(
                    await client.fetch_token(
                        metadata["token_endpoint"],
                        grant_type="authorization_code",
                        code=code,
                        code_verifier=attempt.verifier,
                        redirect_uri=back,
                    )
                )
        except OAuthError as refused:
            raise NotTrusted(str(refused.error)) from refused
        except (httpx2.HTTPError, ValueError) as error:
            raise ProviderSilent(str(metadata["token_endpoint"])) from error

    async def _with_more(self, claims: dict[str, Any], place: str, access: str) -> dict[str, Any]:
        """The claims with those that the provider tells only when asked."""
        more = await self._outside.json(place, access)
        if more.get("sub") != claims["sub"]:
            raise NotTrusted("it told of somebody else")
        return more | claims

    def _known(self, claims: dict[str, Any]) -> Known:
        claim = self.provider.claim
        if claim == "email" and claims.get("email_verified") is False:
            raise NotTrusted("its owner has not proved this address")
        looked_up = claims["sub"] if self.provider.match == "subject" else claims.get(claim)
        if not isinstance(looked_up, str) or not looked_up:
            raise NotTrusted(f"it does not tell {claim}")
        return Known(self.provider.issuer, str(claims["sub"]), looked_up)

    def _client(self, metadata: dict[str, Any], back: str) -> Any:
        methods = metadata.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        secret = self.provider.secret()
        method = "client_secret_basic" if "client_secret_basic" in methods else "client_secret_post"
        return AsyncOAuth2Client(
            client_id=self.provider.client_id,
            client_secret=secret,
            token_endpoint_auth_method=method if secret else "none",
            scope=self.provider.scopes,
            redirect_uri=back,
            code_challenge_method="S256",
            timeout=PATIENCE,
            transport=OutsideTransport(internal=self.provider.internal),
            follow_redirects=False,
        )
