"""Settings that every service has; each service prefixes them with its own name."""

from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.eventing.master_key import MasterKeys
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
    The master key wraps the keys of people's personal fields; it is given as it is or as a file,
    and ``former_master_keys`` are those that keys may still be wrapped by. Lines of the security
    log go after ``security_log_days``.
    """

    model_config = SettingsConfigDict(extra="ignore")

    database_url: SecretStr
    owner_database_url: SecretStr | None = None
    master_key: SecretStr | None = None
    master_key_file: Path | None = None
    former_master_keys: tuple[SecretStr, ...] = ()
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
    security_log_days: int = Field(default=400, ge=30)

    @model_validator(mode="after")
    def _one_master_key(self) -> Self:
        if (self.master_key is None) == (self.master_key_file is None):
            raise ValueError("set one of master_key and master_key_file")
        return self

    def masters(self) -> MasterKeys:
        """The master keys, the one in use first."""
        if self.master_key is not None:
            current = self.master_key.get_secret_value()
        else:
            assert self.master_key_file is not None
            current = self.master_key_file.read_text()
        return MasterKeys(current, [key.get_secret_value() for key in self.former_master_keys])
