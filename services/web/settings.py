"""Where the pages find their database, the services and the key they sign with: ``CAIRN_WEB_…``."""

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.web.pages.company.provider import Provider
from shared.http.bounds import Limits


class WebSettings(BaseSettings):
    """The web's settings; no secret has a default.

    ``services`` maps each service to its base URL. ``development_login`` lets everybody sign in as
    anybody: for demonstrations only. ``https`` says that browsers come over HTTPS: cookies are then
    sent over it only. A session ends after ``session_hours``, and when it was not used for
    ``session_idle_minutes``. ``public_url`` is where browsers find the site, when that is not how
    requests reach it; ``providers`` are the company's sign-ins. Lines of web's own logs go after
    ``security_log_days``.
    """

    model_config = SettingsConfigDict(
        env_prefix="CAIRN_WEB_", env_ignore_empty=True, extra="ignore"
    )

    database_url: SecretStr
    owner_database_url: SecretStr | None = None
    services: dict[str, str]
    key_id: str = "web"
    private_key: SecretStr
    public_key: str
    host: str = "127.0.0.1"
    port: int = 8000
    time_zone: str = "Asia/Shanghai"
    session_hours: int = 24
    session_idle_minutes: int = 480
    security_log_days: int = Field(default=400, ge=30)
    development_login: bool = False
    https: bool = False
    limits: Limits = Limits(strangers_a_minute=600)
    public_url: str = ""
    providers: tuple[Provider, ...] = ()

    @field_validator("providers")
    @classmethod
    def _must_have_names_of_their_own(cls, given: tuple[Provider, ...]) -> tuple[Provider, ...]:
        if len({one.name for one in given}) < len(given):
            raise ValueError("two providers have the same name")
        return given
