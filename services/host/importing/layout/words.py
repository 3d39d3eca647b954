"""What a layout is made of: sheets, columns, and the words that a cell chooses from."""

import unicodedata
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "text", "texts", "code", "codes", "day", "number", "whole", "yes_no", "choice", "choices"
]
Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Said:
    """The same thing in both languages."""

    en: str
    zh: str

    def in_language(self, language: Language) -> str:
        """The words for people who read this language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, its headers, what its cells hold, an example, and its rule.

    ``refers`` names the sheets, a code of which the cell must name; ``words`` is what a choice
    chooses from, by the value it means; ``longest`` how many characters a text may have.
    """

    key: str
    head: Said
    kind: Kind
    example: str
    rule: Said
    required: bool
    refers: tuple[str, ...]
    words: dict[str, Said]
    longest: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its key (also the name of its CSV file), title, what a row says, its columns.

    ``identity`` are the columns that together tell one row from another.
    """

    key: str
    title: Said
    row: Said
    identity: tuple[str, ...]
    columns: tuple[Column, ...]

    def column(self, key: str) -> Column:
        """The column with this key."""
        return next(column for column in self.columns if column.key == key)

    def column_headed(self, header: str) -> Column | None:
        """The column with this header in either language, or this key; ``None`` for no such one."""
        said = folded(header)
        for column in self.columns:
            if said in {folded(column.head.en), folded(column.head.zh), folded(column.key)}:
                return column
        return None


def folded(word: str) -> str:
    """A name as it is compared: width, case, blanks, dashes and a closing ``*`` do not matter."""
    plain = unicodedata.normalize("NFKC", word).strip().rstrip("*").casefold()
    return "".join(plain.replace("_", " ").replace("-", " ").split())
