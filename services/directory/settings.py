"""Where the directory finds what it needs: ``CAIRN_DIRECTORY_…``."""

from pydantic_settings import BaseSettings, SettingsConfigDict

from services.directory.domain.words import Role
from shared.http.settings import ServiceSettings


class DirectorySettings(ServiceSettings):
    """The directory's settings."""

    model_config = SettingsConfigDict(env_prefix="CAIRN_DIRECTORY_", extra="ignore")


class ScimSettings(BaseSettings):
    """How identity providers are answered: ``CAIRN_SCIM_…``.

    ``roles`` maps the name of a group to the role that its members hold, as in
    ``{"Cairn HR": "hr"}``; ``url`` is the address that identity providers know, where it is not
    the one that their requests arrive with.
    """

    model_config = SettingsConfigDict(
        env_prefix="CAIRN_SCIM_", env_ignore_empty=True, extra="ignore"
    )

    roles: dict[str, Role] = {}
    url: str = ""
