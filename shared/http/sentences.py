"""Sentences in the reader's language, from gettext catalogues."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

from shared.kernel.erased import is_erased

LANGUAGES = ("en", "zh-CN")
ERASED_WORDS = {"en": "erased", "zh-CN": "已删除"}
SHARED_LOCALES = Path(__file__).parent / "locales"


@cache
def _catalogue(file: Path) -> dict[str, str]:
    with file.open("rb") as stream:
        read = read_po(stream)
    return {
        str(message.id): str(message.string) for message in read if message.id and message.string
    }


class Sentences:
    """Looks message ids up in a service's ``locales``; English is the message id itself."""

    def __init__(self, folders: Sequence[Path], domain: str) -> None:
        self._chinese: dict[str, str] = {}
        for folder in folders:
            file = folder / "zh_CN" / "LC_MESSAGES" / f"{domain}.po"
            if file.exists():
                self._chinese |= _catalogue(file)

    def say(self, template: str, language: str, details: Mapping[str, Any] | None = None) -> str:
        """The sentence in this language with its details filled in."""
        text = self._chinese.get(template, template) if language == "zh-CN" else template
        erased = ERASED_WORDS[language]
        said = {k: erased if is_erased(v) else v for k, v in (details or {}).items()}
        return text.format_map(_Lenient(said))


class _Lenient(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def language_of(accept_language: str | None) -> str:
    """The best of our languages for an Accept-Language header; English when none fits."""
    best, best_weight = "en", 0.0
    for part in (accept_language or "").split(","):
        tag, _, parameters = part.strip().partition(";")
        try:
            weight = float(parameters.strip().removeprefix("q=") or 1)
        except ValueError:
            weight = 0.0
        language = "zh-CN" if tag.lower().startswith("zh") else "en"
        if (tag.lower().startswith(("zh", "en"))) and weight > best_weight:
            best, best_weight = language, weight
    return best
