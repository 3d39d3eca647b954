"""Where the broker is and who we are to it."""

import logging
from typing import Any, Literal

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

# The client says its whole configuration, password included, at level DEBUG.
logging.getLogger("kafka").setLevel(logging.WARNING)

Security = Literal["PLAINTEXT", "SASL_PLAINTEXT", "SASL_SSL", "SSL"]
Mechanism = Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"]


class KafkaSettings(BaseSettings):
    """How to reach Kafka, from the environment (``CAIRN_KAFKA_…``); no bootstrap means no Kafka.

    ``prefix`` stands before every feed's name to give its topic. ``heartbeat_seconds`` is how often
    a relay says that its topic is complete; ``silence_seconds`` is how long a follower waits for
    any word before it asks the owner.
    """

    model_config = SettingsConfigDict(env_prefix="CAIRN_KAFKA_", frozen=True, extra="ignore")

    bootstrap: str = ""
    security: Security = "PLAINTEXT"
    mechanism: Mechanism = "PLAIN"
    username: str = ""
    password: SecretStr = SecretStr("")
    ca_file: str | None = None
    prefix: str = "cairn."
    heartbeat_seconds: float = 1.0
    silence_seconds: float = 3.0

    def topic(self, feed: str) -> str:
        """The topic on which a feed travels."""
        return f"{self.prefix}{feed}"

    def client(self, name: str) -> dict[str, Any]:
        """What every client of the broker is opened with; ``name`` is what the broker logs."""
        options: dict[str, Any] = {
            "bootstrap_servers": self.bootstrap.split(","),
            "client_id": name,
            "security_protocol": self.security,
            "bootstrap_timeout_ms": 3_000,
            "reconnect_backoff_max_ms": 1_000,
        }
        if self.security in ("SSL", "SASL_SSL"):
            options["ssl_cafile"] = self.ca_file
        if self.security.startswith("SASL"):
            options |= {
                "sasl_mechanism": self.mechanism,
                "sasl_plain_username": self.username,
                "sasl_plain_password": self.password.get_secret_value(),
            }
        return options
