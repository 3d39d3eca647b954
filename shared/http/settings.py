"""Settings that every service has; each service prefixes them with its own name."""

from typing import Literal

from pydantic import BaseModel, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.http.bounds import Limits


class PublicKey(BaseModel):
    """A key that others sign with: Ed25519, base64url; ``speaks_for_people`` only for web and
    host.
    """

    identity: str
    public: str
    speaks_for_people: bool = False


class ServiceSettings(BaseSettings):
    """Where a service finds its database, its neighbours and its keys. No secret has a default.

    ``feeds`` maps a feed to the base URL of its owner; ``keyring`` maps a key id to a public key.
    """

    model_config = SettingsConfigDict(extra="ignore")

    database_url: SecretStr
    owner_database_url: SecretStr | None = None
    host: str = "127.0.0.1"
    port: int = 0
    time_zone: str = "Asia/Shanghai"
    feeds: dict[str, str] = {}
    transport: Literal["pull", "kafka"] = "pull"
    keyring: dict[str, PublicKey] = {}
    key_id: str = ""
    private_key: SecretStr = SecretStr("")
    most_connections: int = 12
    https: bool = False
    limits: Limits = Limits()
