"""Where the directory finds what it needs: ``CAIRN_DIRECTORY_…``."""

from pydantic_settings import SettingsConfigDict

from shared.http.settings import ServiceSettings


class DirectorySettings(ServiceSettings):
    """The directory's settings."""

    model_config = SettingsConfigDict(env_prefix="CAIRN_DIRECTORY_", extra="ignore")
