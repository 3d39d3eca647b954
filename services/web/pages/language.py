"""In which language a page speaks: the person's choice, then the browser's, then Chinese."""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.core import negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

LANGUAGES = ("zh-CN", "en")
OWN_NAMES = {"zh-CN": "中文", "en": "English"}
COOKIE = "cairn_language"
LOCALES = Path(__file__).parent.parent / "locales"


def to_translate(sentence: str) -> str:
    """Marks a sentence for the catalogues where it is written; it is translated when shown."""
    return sentence


ERASED_WORD = to_translate("erased")


@cache
def catalogue(language: str) -> Translations:
    """The texts of one language, read from its .po file."""
    path = LOCALES / language.replace("-", "_") / "LC_MESSAGES" / "messages.po"
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language.replace("-", "_")))
    compiled.seek(0)
    return Translations(compiled)


def spoken(chosen: str | None, accepted: str | None) -> str:
    """The language to speak, given the cookie and the browser's Accept-Language."""
    if chosen in LANGUAGES:
        return str(chosen)
    wanted = [_plain(part) for part in _by_preference(accepted or "")]
    found = negotiate_locale(wanted, ["zh_CN", "zh", "en"], sep="_")
    return "en" if found == "en" else "zh-CN"


def _by_preference(header: str) -> list[str]:
    parts = [part.strip().split(";q=") for part in header.split(",") if part.strip()]
    return [p[0] for p in sorted(parts, key=lambda p: -_quality(p[1:]))]


def _quality(rest: list[str]) -> float:
    try:
        return float(rest[0]) if rest else 1.0
    except ValueError:
        return 0.0


def _plain(tag: str) -> str:
    """``zh-Hans-CN`` and ``en-GB`` as locales that we can tell apart."""
    return tag.split("-", maxsplit=1)[0].lower()
