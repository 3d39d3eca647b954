"""Turns a page's model into HTML in the reader's language."""

import json
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from services.web.pages.assets import Assets
from services.web.pages.formats import Formats
from services.web.pages.language import ERASED_WORD, LANGUAGES, OWN_NAMES, catalogue
from shared.kernel.erased import is_erased

TEMPLATES = Path(__file__).parent.parent / "templates"


class Rendering:
    """One template environment for each language: its texts, its numbers and its days."""

    def __init__(self, assets: Assets, time_zone: str) -> None:
        self.assets, self.time_zone = assets, time_zone

    def html(self, language: str, template: str, model: dict[str, Any]) -> str:
        """The page; every name that a template uses must be in the model."""
        return self._environments[language].get_template(template).render(model)

    def formats(self, language: str) -> Formats:
        """How numbers and days are written in this language."""
        return self._formats[language]

    @cached_property
    def _formats(self) -> dict[str, Formats]:
        return {language: Formats(language, self.time_zone) for language in LANGUAGES}

    @cached_property
    def _environments(self) -> dict[str, Environment]:
        return {language: self._environment(language) for language in LANGUAGES}

    def _environment(self, language: str) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
            finalize=lambda value: _shown(value, language),
        )
        texts = catalogue(language)
        install = environment.install_gettext_callables  # type: ignore[attr-defined]
        install(texts.gettext, texts.ngettext, newstyle=True, pgettext=texts.pgettext)
        environment.filters.update(self._filters(language))
        environment.filters["word"] = lambda word: texts.gettext(word) if word else ""
        environment.globals.update(
            asset=self.assets.url,
            icons=self.assets.url("vendor/icons.svg"),
            language=language,
            languages=OWN_NAMES,
        )
        return environment

    def _filters(self, language: str) -> dict[str, Any]:
        formats = self.formats(language)
        return {
            "number": formats.number,
            "percent": formats.percent,
            "measured": formats.measured,
            "day": formats.day,
            "full_day": formats.full_day,
            "instant": formats.instant,
            "data": data,
        }


def _shown(value: Any, language: str) -> Any:
    """A value as a page shows it: where something personal was erased, it says so."""
    return catalogue(language).gettext(ERASED_WORD) if is_erased(value) else value


def data(value: Any) -> Markup:
    """JSON for a ``<script type="application/json">``: nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(safe)  # noqa: S704 - the three signs that could leave the element are escaped
