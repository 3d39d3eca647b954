"""Draws every secret of a deployment: ``python -m services.host.deployment_secrets > deploy/.env``.

Passwords of the database roles and Kafka principals, a key pair for each service, and the keyring
of the public keys that all of them hold. Drawn once; drawing again gives others.
"""

import json
import secrets
import sys

from services.host.provisioning import SERVICES
from shared.eventing.master_key import draw_master_key
from shared.http.tokens import new_key_pair

SPEAKS_FOR_PEOPLE = frozenset({"web"})


def draw() -> dict[str, str]:
    """Fresh values for every secret that the compose file asks for."""
    drawn = {"CAIRN_POSTGRES_PASSWORD": _password(), "CAIRN_KAFKA_ADMIN_PASSWORD": _password()}
    keyring = {}
    for service in SERVICES:
        pair = new_key_pair()
        prefix = f"CAIRN_{service.upper()}_"
        drawn[f"{prefix}PASSWORD"] = _password()
        drawn[f"{prefix}OWNER_PASSWORD"] = _password()
        drawn[f"{prefix}PRIVATE_KEY"] = pair.private
        if service in SPEAKS_FOR_PEOPLE:
            drawn[f"{prefix}PUBLIC_KEY"] = pair.public
        else:
            drawn[f"{prefix}KAFKA_PASSWORD"] = _password()
            drawn[f"{prefix}MASTER_KEY"] = draw_master_key()
        keyring[service] = {
            "identity": service,
            "public": pair.public,
            "speaks_for_people": service in SPEAKS_FOR_PEOPLE,
        }
    return drawn | {"CAIRN_KEYRING": json.dumps(keyring, separators=(",", ":"))}


def as_env_file(values: dict[str, str]) -> str:
    """The values as lines of an environment file; single quotes keep them as they are."""
    return "".join(f"{name}='{value}'\n" for name, value in values.items())


def _password() -> str:
    return secrets.token_urlsafe(24)


if __name__ == "__main__":
    sys.stdout.write(as_env_file(draw()))
