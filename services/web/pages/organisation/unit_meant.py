"""Which unit a list is asked about: by its id, or by a part of its name or code as typed."""

from dataclasses import dataclass

from services.web.clients.asking import Answer
from services.web.pages.names import Named, Names, by_id, is_id
from services.web.pages.organisation.picking import AT_MOST
from services.web.pages.visits import Visit


@dataclass(frozen=True)
class Meant:
    """What was ``typed``, and the ``unit`` that is meant: empty for none. Where several fit what
    was typed they are the ``choices``; where nothing does, ``unclear`` without choices.
    """

    typed: str = ""
    unit: str = ""
    choices: tuple[Named, ...] = ()
    unclear: bool = False


async def unit_meant(visit: Visit, unit: str, typed: str | None) -> Meant:
    """The unit of this id, unless something else was typed; else the one unit that fits it, or is
    called so among those that do.
    """
    ask, typed = visit.site.organisation, None if typed is None else typed.strip()
    if typed == "" or (typed is None and not is_id(unit)):
        return Meant()
    known = await ask.units_of(visit.asking, [unit]) if is_id(unit) else []
    called = _named(visit, known)
    if typed is None or (called and called[0].name == typed):
        return Meant(called[0].name if called else "", unit)
    found = await ask.units(visit.asking, search=typed, limit=AT_MOST)
    fitting = [one for one in found if _is_called(one, typed)]
    if len(fitting) != 1:
        fitting = found
    if len(fitting) == 1:
        return Meant(typed, str(fitting[0]["unit_id"]))
    return Meant(typed, choices=tuple(_named(visit, fitting)), unclear=True)


def _named(visit: Visit, units: list[Answer]) -> list[Named]:
    names = Names(visit.asking.language, {}, by_id(units, "unit_id"))
    return [names.unit(one["unit_id"]) for one in units]


def _is_called(unit: Answer, typed: str) -> bool:
    names = (unit["code"], unit.get("name_zh"), unit.get("name_en"))
    return typed.casefold() in {str(name).casefold() for name in names if name}
