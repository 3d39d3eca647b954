"""Where the appraisal service finds what it needs: ``CAIRN_APPRAISAL_…``."""

from pydantic_settings import SettingsConfigDict

from shared.http.settings import ServiceSettings


class AppraisalSettings(ServiceSettings):
    """The appraisal service's settings."""

    model_config = SettingsConfigDict(env_prefix="CAIRN_APPRAISAL_", extra="ignore")
