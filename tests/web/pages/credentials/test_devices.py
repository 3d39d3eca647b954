"""What a browser says of itself, in two words."""

import pytest

from services.web.pages.credentials.devices import device_of

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (CHROME, "Chrome · Windows"),
        (f"{CHROME} Edg/140.0", "Edge · Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X) Version/19 Safari/605", "Safari · macOS"),
        ("curl/8", ""),
        (None, ""),
    ],
)
def test_a_device_is_told_by_browser_and_system(said: str | None, words: str) -> None:
    assert device_of(said) == words
