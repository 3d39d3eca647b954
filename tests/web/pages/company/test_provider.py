"""How a provider is described, and which descriptions are refused."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from services.web.pages.company.provider import Provider
from services.web.settings import WebSettings

CORP = {"name": "corp", "issuer": "https://id.example.com", "client_id": "cairn"}


def test_a_secret_comes_from_the_settings_or_anew_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("first\n")
    kept = Provider(**CORP, client_secret_file=file)
    assert kept.secret() == "first"
    file.write_text("second\n")
    assert kept.secret() == "second"
    assert Provider(**CORP, client_secret="told").secret() == "told"
    assert Provider(**CORP).secret() is None
    assert "told" not in repr(Provider(**CORP, client_secret="told"))


@pytest.mark.parametrize(
    "more",
    [
        {"name": "Corp/.."},
        {"issuer": "http://id.example.com"},
        {"scopes": "profile"},
        {"client_secret": "a", "client_secret_file": "b"},
        {"claimm": "sub"},
    ],
    ids=["name", "http", "scopes", "two-secrets", "unknown"],
)
def test_what_would_be_unsafe_or_is_not_known_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Provider(**{**CORP, **more})


def test_two_providers_have_two_names() -> None:
    needed = {"database_url": SecretStr("x"), "private_key": SecretStr("x"), "public_key": "x"}
    with pytest.raises(ValidationError, match="same name"):
        WebSettings(**needed, services={}, providers=(Provider(**CORP), Provider(**CORP)))  # type: ignore[arg-type]
