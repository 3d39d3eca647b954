"""What a cell says, once understood: the reading of each kind of column, and its writing."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from services.host.importing.layout.words import Column, Language, Said, folded

Raw = str | int | float | bool | date | datetime | None
Value = str | int | bool | Decimal | date | tuple[str, ...] | None

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)  # what the services take
LARGEST_NUMBER = Decimal(10) ** 20
FINEST = 12
YES, NO = Said("yes", "是"), Said("no", "否")
MYRIADS = {"万": Decimal(10_000), "亿": Decimal(100_000_000), "": Decimal(1)}
NUMBER = re.compile(r"([+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,24})(?:\.\d{1,12})?) ?([万亿]?) ?%?")
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
SEPARATOR = re.compile("[;\uff1b]")
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


class Unreadable(ValueError):
    """A cell that does not hold what its column asks for; ``code`` names what is wrong."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def is_empty(raw: Raw) -> bool:
    """Whether nothing was said."""
    return raw is None or (isinstance(raw, str) and not raw.strip())


def as_text(raw: Raw) -> str:
    """The cell as a person sees it: whole numbers without a point, days in ISO form."""
    if isinstance(raw, bool):
        return YES.en if raw else NO.en
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, datetime):
        return raw.date().isoformat() if _is_midnight(raw) else raw.isoformat()
    return "" if raw is None else str(raw)


def read(column: Column, raw: Raw) -> Value:
    """What the cell says in its column; ``None`` when empty. Raises Unreadable."""
    return None if is_empty(raw) else _READERS[column.kind](column, raw)


def _text(column: Column, raw: Raw) -> str:
    said = as_text(raw).strip()
    said = said[1:] if said[:1] == "'" and said[1:2] in FORMULA_SIGNS else said
    if len(said) > column.longest:
        raise Unreadable("too_long")
    return said


def _code(_: Column, raw: Raw) -> str:
    said = unicodedata.normalize("NFKC", as_text(raw)).strip()
    if len(said) > 64 or not said.isprintable():
        raise Unreadable("not_a_code")
    return said


def _several(column: Column, raw: Raw, one: Callable[[Column, Raw], str]) -> tuple[str, ...]:
    parts = (part.strip() for part in SEPARATOR.split(as_text(raw)))
    return tuple(dict.fromkeys(one(column, part) for part in parts if part))


def _day(_: Column, raw: Raw) -> date:
    day = _said_day(raw)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise Unreadable("beyond_calendars")
    return day


def _said_day(raw: Raw) -> date:
    if isinstance(raw, datetime):
        if not _is_midnight(raw):
            raise Unreadable("not_a_day")
        return raw.date()
    if isinstance(raw, date):
        return raw
    found = DAY.fullmatch(unicodedata.normalize("NFKC", as_text(raw)).strip())
    if found is None:
        raise Unreadable("not_a_day")
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        raise Unreadable("not_a_day") from None


def _number(_: Column, raw: Raw) -> Decimal:
    return _spoken_number(raw) if isinstance(raw, str) else _typed_number(raw)


def _typed_number(raw: Raw) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise Unreadable("not_a_number")
    try:
        # A spreadsheet keeps 15 digits; what lies beyond is the machine's, not the writer's.
        value = Decimal(format(raw, ".15g"))
    except InvalidOperation:
        raise Unreadable("not_a_number") from None
    return _plain(value)


def _spoken_number(raw: str) -> Decimal:
    found = NUMBER.fullmatch(unicodedata.normalize("NFKC", raw).strip())
    if found is None:
        raise Unreadable("not_a_number")
    return _plain(Decimal(found[1].replace(",", "")) * MYRIADS[found[2]])


def _plain(value: Decimal) -> Decimal:
    if not value.is_finite() or abs(value) > LARGEST_NUMBER or too_fine(value, FINEST):
        raise Unreadable("not_a_number")
    short = value.normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short


def too_fine(value: Decimal, places: int) -> bool:
    """Whether a number has more decimal places than this."""
    exponent = value.normalize().as_tuple().exponent
    return isinstance(exponent, int) and -exponent > places


def _whole(column: Column, raw: Raw) -> int:
    value = _number(column, raw)
    if value != value.to_integral_value():
        raise Unreadable("not_whole")
    return int(value)


def _yes_no(_: Column, raw: Raw) -> bool:
    said = folded(as_text(raw))
    if said in {YES.en, YES.zh, "true", "1", "y"}:
        return True
    if said in {NO.en, NO.zh, "false", "0", "n"}:
        return False
    raise Unreadable("not_yes_no")


def _choice(column: Column, raw: Raw) -> str:
    said = folded(as_text(raw))
    for value, word in column.words.items():
        if said in {folded(value), folded(word.en), folded(word.zh)}:
            return value
    raise Unreadable("not_a_choice")


_READERS: dict[str, Callable[[Column, Raw], Value]] = {
    "text": _text,
    "texts": lambda column, raw: _several(column, raw, _text),
    "code": _code,
    "codes": lambda column, raw: _several(column, raw, _code),
    "day": _day,
    "number": _number,
    "whole": _whole,
    "yes_no": _yes_no,
    "choice": _choice,
    "choices": lambda column, raw: _several(column, raw, _choice),
}


def written(column: Column, value: Value, language: Language) -> str | Decimal | date | None:
    """The value as it stands in a file of this language; reading it gives the value back.

    Texts that a spreadsheet would take for a formula get an apostrophe before them.
    """
    if value is None or value == ():
        return None
    if isinstance(value, bool):
        return (YES if value else NO).in_language(language)
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, tuple):
        return "; ".join(_word(column, part, language) for part in value)
    return _word(column, value, language) if isinstance(value, str) else value


def _word(column: Column, value: str, language: Language) -> str:
    if column.words:
        return column.words[value].in_language(language)
    return f"'{value}" if value.startswith(FORMULA_SIGNS) else value


def _is_midnight(moment: datetime) -> bool:
    return (moment.hour, moment.minute, moment.second, moment.microsecond) == (0, 0, 0, 0)
