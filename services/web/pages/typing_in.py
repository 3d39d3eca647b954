"""What people type into forms: figures in several hands, and refusals put to the field at fault."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from fastapi import Request

from services.web.clients.asking import RefusedByService
from services.web.pages.language import to_translate

NOT_A_NUMBER = to_translate("Please enter a number, for example 1,100 or 12.5.")
NOT_A_DAY = to_translate("Please choose a day.")
PLEASE_FILL_IN = to_translate("Please fill this in.")
TIMES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
LONGEST_FIGURE = 40
ELSEWHERE = "form"


@dataclass(frozen=True)
class Filled:
    """A form as it was sent: the texts as typed, and what is wrong at which field."""

    typed: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, list[str]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """What was typed, without blanks around it."""
        return self.typed.get(name, "").strip()

    def given(self, name: str) -> str | None:
        """What was typed, or ``None`` when nothing was."""
        return self.text(name) or None

    def figure(self, name: str, *, needed: bool = False) -> str | None:
        """The figure as a decimal string; notes an error when it is none."""
        typed = self.text(name)
        if not typed:
            if needed:
                self.errors[name] = PLEASE_FILL_IN
            return None
        figure = figure_of(typed)
        if figure is None:
            self.errors[name] = NOT_A_NUMBER
            return None
        return format(figure, "f")

    def must_say(self, *names: str) -> None:
        """Notes an error at each of these fields that was left empty."""
        for name in names:
            if not self.text(name):
                self.errors.setdefault(name, PLEASE_FILL_IN)

    def refused(self, refusal: RefusedByService) -> None:
        """Put a refusal to the field at fault, or above the form when that is not one of ours."""
        name = (refusal.field or "").rsplit(".", 1)[-1]
        place = name if name in self.typed else ELSEWHERE
        self.errors[place] = refusal.sentence


async def filled(request: Request) -> Filled:
    """The form that a request carries; files are not taken."""
    form = await request.form()
    pairs = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    lists: dict[str, list[str]] = {}
    for name, value in pairs:
        lists.setdefault(name, []).append(value)
    return Filled(dict(pairs), lists)


def figure_of(typed: str) -> Decimal | None:
    """The figure that was meant: ``1,100``, ``１２．５``, ``500万``, ``95%``; or ``None``."""
    plain = unicodedata.normalize("NFKC", typed).strip().rstrip("%").replace(" ", "")
    if len(plain) > LONGEST_FIGURE:
        return None
    times = TIMES.get(plain[-1:], Decimal(1))
    if plain[-1:] in TIMES:
        plain = plain[:-1]
    if not re.fullmatch(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?|[+-]?\.\d+", plain):
        return None
    try:
        return Decimal(plain.replace(",", "")) * times
    except InvalidOperation:
        return None


def refusal_of(refusal: RefusedByService) -> bool:
    """Whether a refusal is about what was typed, and not about the right to type it."""
    return refusal.status in (400, 409, 422, 428)


def blank(**values: Any) -> Filled:
    """A form before anything was typed, with these values put in."""
    return Filled({name: "" if value is None else str(value) for name, value in values.items()})
