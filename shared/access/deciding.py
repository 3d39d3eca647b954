"""Deciding: whether someone may, by which rule, and if not, why not."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.access.refusals import NoLongerHere
from shared.access.refusals_of_delegates import BeyondTheUnit, InPersonOnly, NotInTheDelegation
from shared.access.rules import Action
from shared.access.things import Around, Asker, Directory, Thing
from shared.kernel.refusals import Refused


@dataclass(frozen=True)
class Decision:
    """``rule`` is the id of the rule that allowed; ``refusal`` says why not."""

    rule: str | None = None
    refusal: Refused | None = None

    @property
    def allowed(self) -> bool:
        """Whether it may be done."""
        return self.refusal is None


def decide(action: Action, asker: Asker, thing: Thing, around: Around) -> Decision:
    """Whether the asker may do this to the thing: bars first, then the first ground that holds."""
    if no := _not_at_all(action, asker):
        return no
    asker = _present(asker)
    for bar in action.bars:
        if bar.ground.holds(asker, thing, around):
            return Decision(refusal=bar.refusal(field=thing.field, action=action.name))
    near = _is_near(action, asker, thing, around)
    for name, ground in action.grounds.items():
        if (near or action.is_open_by(ground)) and ground.holds(asker, thing, around):
            return Decision(rule=f"{action.name}:{name}")
    refusal = action.refusal if near else BeyondTheUnit
    return Decision(refusal=refusal(field=thing.field, action=action.name))


def enter(action: Action, asker: Asker) -> None:
    """Refuse whoever cannot do this to anything, before it is known what it is about."""
    if no := _not_at_all(action, asker):
        must([no])
    if not any(ground.could(_present(asker)) for ground in action.grounds.values()):
        raise action.refusal(action=action.name)


def decide_all(
    action: Action, asker: Asker, things: Sequence[Thing], directory: Directory, today: date
) -> list[Decision]:
    """A decision for each thing; asks the directory once for all of them, or not at all."""
    asked = _present(asker)
    ids = {one for thing in things for one in _asks_about(action, asked, thing)}
    around = directory.around(ids, today) if ids else Around()
    return [decide(action, asker, thing, around) for thing in things]


def must(decisions: Iterable[Decision]) -> str:
    """The rules that allow all of it, each once; the first refusal is raised."""
    rules: dict[str, None] = {}
    for decision in decisions:
        if decision.refusal is not None:
            raise decision.refusal
        rules[decision.rule or ""] = None
    return " ".join(rules)


def _not_at_all(action: Action, asker: Asker) -> Decision | None:
    """A person who acts and is no longer active may nothing; a delegate nothing that takes the
    person, and outside the areas of the delegation nothing but look.
    """
    if asker.person is not None and not asker.active and asker.service is None:
        return Decision(refusal=NoLongerHere())
    if asker.stands_in and action.in_person:
        return Decision(refusal=InPersonOnly(action=action.name))
    if asker.uncovered and not action.reads:
        return Decision(refusal=NotInTheDelegation(action=action.name))
    return None


def _is_near(action: Action, asker: Asker, thing: Thing, around: Around) -> bool:
    """Whether the thing lies in the unit to which a delegation is limited, if it is."""
    if asker.limit is None:
        return True
    return any(asker.limit in around.within.get(one, ()) for one in _places(action, thing))


def _places(action: Action, thing: Thing) -> Iterable[UUID]:
    return (one for part in action.place for one in thing.ids(part))


def _present(asker: Asker) -> Asker:
    """A service that acts on behalf of someone who is gone acts for nobody."""
    return asker if asker.active else Asker(service=asker.service)


def _asks_about(action: Action, asker: Asker, thing: Thing) -> Iterator[UUID]:
    """Whose surroundings must be known: those of bars; of grounds where none holds without."""
    for bar in action.bars:
        if bar.ground.could(asker):
            yield from bar.ground.asks_about(thing)
    if asker.limit is not None:
        yield from _places(action, thing)
    waiting = []
    for ground in action.grounds.values():
        if ground.could(asker):
            ids = list(ground.asks_about(thing))
            if not ids and ground.holds(asker, thing, Around()):
                return
            waiting.extend(ids)
    yield from waiting
