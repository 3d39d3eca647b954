"""What is wrong with a file: where, in which words, and what to do about it."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from services.host.importing.layout.words import Language, Said


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: its code, sheet, row and column as the file names them, and details.

    ``row`` counts as a spreadsheet does (the header is row 1); ``None`` for the sheet as a whole.
    """

    code: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    details: dict[str, str | Said] = field(default_factory=dict)

    def wrong(self, language: Language) -> str:
        """What is wrong, as a sentence."""
        return self._sentence(0, language)

    def remedy(self, language: Language) -> str:
        """What to do about it, as a sentence."""
        return self._sentence(1, language)

    def _sentence(self, which: int, language: Language) -> str:
        said = sentences()[self.code][which].in_language(language)
        return said.format_map(
            {
                name: word.in_language(language) if isinstance(word, Said) else word
                for name, word in self.details.items()
            }
        )


class FileRefused(Exception):
    """A file with faults: nothing of it is imported."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__()
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return "; ".join(fault.wrong("en") for fault in self.faults[:3])


@cache
def sentences() -> dict[str, tuple[Said, Said]]:
    """What is wrong and its remedy, by code, in both languages."""
    text = files("services.host.importing").joinpath("faults.toml").read_text(encoding="utf-8")
    return {
        code: (Said(*entry["wrong"]), Said(*entry["remedy"]))
        for code, entry in tomllib.loads(text).items()
    }
