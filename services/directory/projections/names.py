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
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in plain if c.isalnum())


def keys_of(name: str, name_en: str) -> set[str]:
    """Everything with whose beginning a person with these names is found."""
    return {key for key in (*_written(name), *_sounding(name), *_written(name_en)) if key}


def order_of(name: str, name_en: str) -> tuple[str, str]:
    """What people are ordered by in a Chinese and in an English list."""
    sounds = " ".join(_sounds(name))
    return f"{sounds or folded(name)} {name}", f"{' '.join(_words(name_en))} {name_en}"


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
    usual = [_sound(c) for c in folded(name)]
    for sounds in (usual, _sounds(name)):
        if not any(usual):
            continue
        syllables = [sound or c for sound, c in zip(sounds, folded(name), strict=True)]
        for n in range(len(syllables)):
            whole = "".join(syllables[n:])
            yield from (whole, whole.replace("v", "u"))
        yield "".join(syllable[0] for syllable in syllables)


def _sounds(name: str) -> list[str]:
    """The syllables of a name, the first one as a family name sounds."""
    characters = folded(name)
    sounds = [_sound(c) for c in characters]
    if characters and characters[0] in FAMILY_NAMES:
        sounds[0] = FAMILY_NAMES[characters[0]]
    return sounds if any(sounds) else []


@lru_cache(maxsize=20_000)
def _sound(character: str) -> str:
    """The usual sound of one character; empty for what has none."""
    if character.isascii():
        return ""
    found = pinyin(character, style=Style.NORMAL, errors="ignore")
    return str(found[0][0]) if found else ""
