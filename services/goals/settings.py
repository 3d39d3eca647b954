"""Where goals finds what it needs: ``CAIRN_GOALS_…``."""

from pydantic_settings import SettingsConfigDict

from shared.http.settings import ServiceSettings


class GoalsSettings(ServiceSettings):
    """The settings of goals."""

    model_config = SettingsConfigDict(env_prefix="CAIRN_GOALS_", extra="ignore")
