"""A company's sign-in, as whoever runs Cairn describes it."""

from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

# signed with a key of the provider's own; never "none", and nothing that our own secret could sign
ALGORITHMS = ("RS256", "PS256", "ES256", "ES384", "EdDSA", "Ed25519")


class Provider(BaseModel):
    """An OpenID provider and how its people are found here.

    ``match`` says what ``claim`` of the provider is compared with: a login that was linked to an
    account (``subject``), its user name, or its external id. ``internal`` lets the provider stand
    at a private address, over HTTP too; without it only public addresses over HTTPS are asked.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")
    title: str = ""
    issuer: str
    client_id: str
    client_secret: SecretStr | None = None
    client_secret_file: Path | None = None
    scopes: str = "openid profile email"
    match: Literal["subject", "user_name", "external_id"] = "user_name"
    claim: str = "preferred_username"
    internal: bool = False

    @model_validator(mode="after")
    def _must_be_sound(self) -> Self:
        if self.client_secret is not None and self.client_secret_file is not None:
            raise ValueError("say client_secret or client_secret_file, not both")
        if "openid" not in self.scopes.split():
            raise ValueError("scopes must name openid")
        if not self.issuer.startswith("https://") and not self.internal:
            raise ValueError("an issuer is asked over https:// only, unless it is internal")
        return self

    @property
    def called(self) -> str:
        """What the button says."""
        return self.title or self.name

    @property
    def way(self) -> str:
        """How the log of signing in names this way."""
        return f"company:{self.name}"

    def secret(self) -> str | None:
        """The secret shared with the provider, read from its file anew where it has one."""
        if self.client_secret_file is not None:
            return self.client_secret_file.read_text("utf-8").strip()
        return self.client_secret.get_secret_value() if self.client_secret else None
