"""A deployment seen from web's environment: where its services answer, and how to speak to them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.host.calling import Calling
from services.host.installation import Installation
from services.host.provisioning import Access
from services.host.reach import reached
from services.web.wiring import Credentials, credentials
from shared.http.tokens import Minter
from shared.kernel.actors import Actor


class WebsEnvironment(BaseSettings):
    """What web is told in a deployment, as far as the command line needs it: ``CAIRN_WEB_…``."""

    model_config = SettingsConfigDict(env_prefix="CAIRN_WEB_", extra="ignore")

    database_url: SecretStr
    owner_database_url: SecretStr | None = None
    services: dict[str, str]
    key_id: str = "web"
    private_key: SecretStr
    public_key: str


class Deployment(Calling):
    """The services of a deployment, spoken to as the host with tokens that web's key signs."""

    def __init__(self, told: WebsEnvironment) -> None:
        super().__init__()
        self._told = told
        self._minter = Minter(told.key_id, told.private_key.get_secret_value(), told.public_key)

    def url(self, name: str) -> str:
        """Where a service answers, as web reaches it."""
        return self._told.services[name].rstrip("/")

    def token(self, actor: Actor, name: str) -> str:
        """A token for one service."""
        return self._minter.mint(actor, name)


def is_deployed() -> bool:
    """Whether this process has web's environment, as it is in a deployment."""
    return "CAIRN_WEB_DATABASE_URL" in os.environ


@contextmanager
def called(installation: Installation) -> Iterator[Calling]:
    """The services: of the deployment whose environment this is, else of the folder."""
    if is_deployed():
        # pydantic reads the settings from the environment
        yield Deployment(WebsEnvironment())
        return
    with reached(installation) as reach:
        yield reach


@contextmanager
def called_credentials(installation: Installation) -> Iterator[tuple[Calling, Credentials]]:
    """The services, and the credentials in web's database beside them."""
    if is_deployed():
        told = WebsEnvironment()
        owner, runtime = told.owner_database_url, told.database_url.get_secret_value()
        doors = Access(owner=owner.get_secret_value() if owner else "", runtime=runtime)
        with credentials(doors, told.private_key.get_secret_value()) as kept:
            yield Deployment(told), kept
        return
    with reached(installation) as reach:
        key = installation.keys().pairs["web"].private
        with credentials(reach.access["web"], key) as kept:
            yield reach, kept
