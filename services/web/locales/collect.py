"""Gather every text of pages and templates into the catalogues.

For whoever writes pages: ``python services/web/locales/collect.py``. New texts enter both
.po files: in English as they stand, in Chinese empty, to be translated (a test fails until they
are). Texts that no page uses any more leave.
"""

from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

WEB = Path(__file__).parent.parent
METHODS = [("pages/**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]
OPTIONS = {"templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true"}}
KEYWORDS = {"to_translate": None, "_": None, "gettext": None, "ngettext": (1, 2)}
CATALOGUES = {
    "en": WEB / "locales" / "en" / "LC_MESSAGES" / "messages.po",
    "zh_CN": WEB / "locales" / "zh_CN" / "LC_MESSAGES" / "messages.po",
}
Key = str | tuple[str, ...]


def collected() -> dict[Key, set[str]]:
    """Every text that pages and templates show, with the files it is in."""
    found: dict[Key, set[str]] = {}
    for file, _, text, _, _ in extract_from_dir(
        str(WEB), METHODS, OPTIONS, KEYWORDS, comment_tags=()
    ):
        key: Key = (text[0], text[1]) if isinstance(text, tuple) else text
        found.setdefault(key, set()).add(Path(file).as_posix())
    return found


def refresh(locale: str) -> None:
    """Bring one catalogue up to the texts in use; what has been translated stays."""
    old = known(locale)
    new = Catalog(locale, fuzzy=False)
    for key, files in sorted(collected().items(), key=lambda item: str(item[0])):
        translated = old.get(key) or (key if locale == "en" else _blank(key))
        new.add(key, translated, locations=[(file, 0) for file in sorted(files)])
    with CATALOGUES[locale].open("wb") as out:
        write_po(out, new, width=0, omit_header=True, sort_output=True, include_lineno=False)


def known(locale: str) -> dict[Key, Key]:
    """What has been translated so far; entries marked fuzzy have not."""
    if not CATALOGUES[locale].exists():
        return {}
    with CATALOGUES[locale].open("rb") as source:
        messages = [m for m in read_po(source, locale) if m.id and not m.fuzzy]
    said = {_key(message.id): _key(message.string or "") for message in messages}
    return {key: text for key, text in said.items() if all(text)}


def _key(text: Any) -> Key:
    return text if isinstance(text, str) else tuple(text)


def _blank(key: Key) -> Key:
    return "" if isinstance(key, str) else ("",)


if __name__ == "__main__":
    for name in CATALOGUES:
        refresh(name)
