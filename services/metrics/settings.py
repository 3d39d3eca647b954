"""Where metrics finds what it needs: ``CAIRN_METRICS_…``."""

from pydantic_settings import SettingsConfigDict

from shared.http.settings import ServiceSettings


class MetricsSettings(ServiceSettings):
    """The settings of metrics."""

    model_config = SettingsConfigDict(env_prefix="CAIRN_METRICS_", extra="ignore")
