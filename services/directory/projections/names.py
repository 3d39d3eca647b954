"""By what people are found and in which order they are listed: names, and how they sound.

Everything is folded: no accents, no capitals, no spaces or signs. ``张伟`` is found by ``张伟``,
``伟``, ``zhangwei``, ``wei`` and ``zw``; ``Chen Xiao`` by ``chenxiao`` and ``xiaochen``.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from pypinyin import Style, pinyin

# How characters sound as family names, where that is not their usual sound.
FAMILY_NAMES = {
    "曾": "zeng",
    "单": "shan",
    "解": "xie",
    "仇": "qiu",
    "查": "zha",
    "朴": "piao",
    "区": "ou",
    "盖": "ge",
    "乐": "yue",
    "翟": "zhai",
    "任": "ren",
    "尉": "yu",
    "员": "yun",
    "缪": "miao",
    "繁": "po",
    "洗": "xian",
}


def folded(text: str) -> str:
    """The text as it is compared: without accents, capitals, spaces and signs."""
    plain = text if text.isascii() else unicodedata.normalize("NFKD", text)
    return "".join(filter(str.isalnum, plain.casefold()))


def keys_of(name: str, name_en: str) -> set[str]:
    """Everything with whose beginning a person with these names is found."""
    return {key for key in (*_written(name), *_sounding(name), *_written(name_en)) if key}


def order_of(name: str, name_en: str) -> tuple[str, str]:
    """What people are ordered by in a Chinese and in an English list."""
    characters = folded(name)
    sounds = " ".join(_as_family(characters, _usual(characters)))
    return f"{sounds or characters} {name}", f"{' '.join(_words(name_en))} {name_en}"


def _words(text: str) -> list[str]:
    return [word for word in map(folded, text.split()) if word]


def _written(text: str) -> Iterator[str]:
    """A name as it is written: from each word on, the words before it at the end."""
    words = _words(text)
    for n in range(len(words)):
        yield "".join(words[n:] + words[:n])
    whole = "".join(words)
    if not whole.isascii():
        yield from (whole[n:] for n in range(1, len(whole)))


def _sounding(name: str) -> Iterator[str]:
    characters = folded(name)
    usual = _usual(characters)
    family = _as_family(characters, usual)
    for sounds in (usual, family) if family != usual else (usual,):
        syllables = [sound or c for sound, c in zip(sounds, characters, strict=False)]
        for n in range(len(syllables)):
            whole = "".join(syllables[n:])
            yield from (whole, whole.replace("v", "u"))
        yield "".join(syllable[0] for syllable in syllables)


def _usual(characters: str) -> list[str]:
    """The syllables of a name, empty where a character has no sound; none if none has."""
    if characters.isascii():
        return []
    sounds = [_sound(c) for c in characters]
    return sounds if any(sounds) else []


def _as_family(characters: str, usual: list[str]) -> list[str]:
    """The same, the first one as a family name sounds."""
    if usual and characters[0] in FAMILY_NAMES:
        return [FAMILY_NAMES[characters[0]], *usual[1:]]
    return usual


@lru_cache(maxsize=20_000)
def _sound(character: str) -> str:
    """The usual sound of one character; empty for what has none."""
    if character.isascii():
        return ""
    found = pinyin(character, style=Style.NORMAL, errors="ignore")
    return str(found[0][0]) if found else ""
