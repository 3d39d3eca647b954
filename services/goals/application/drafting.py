"""From entries as people send them to terms as the domain keeps them."""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from services.goals.application.commands import AcceptSuggestion, CarryOverObjective
from services.goals.application.entries import KeyResultEntry, ObjectiveEntry
from services.goals.domain.cycle import Cycle
from services.goals.domain.objective import Objective
from services.goals.domain.terms import Holder, KeyResultTerms, ObjectiveTerms
from shared.kernel.ids import id_of

NOT_TERMS = {"objective_id", "expected_version", "key_results"}


def objective_terms(entry: ObjectiveEntry) -> ObjectiveTerms:
    """The terms that an entry describes."""
    return ObjectiveTerms(**{n: getattr(entry, n) for n in _fields(entry) - NOT_TERMS})


def key_result_terms(entry: ObjectiveEntry, cycle: Cycle) -> list[KeyResultTerms]:
    """The key results of an entry, numbered as listed; they last the cycle unless they say so."""
    return [_numbered(n, listed, cycle) for n, listed in enumerate(entry.key_results, 1)]


def _numbered(number: int, entry: KeyResultEntry, cycle: Cycle) -> KeyResultTerms:
    said = {n: getattr(entry, n) for n in _fields(entry)}
    said["start"] = entry.start or cycle.first
    said["deadline"] = entry.deadline or cycle.last
    return KeyResultTerms(number=number, **said)


def _fields(entry: ObjectiveEntry | KeyResultEntry) -> set[str]:
    return set(type(entry).model_fields)


def parents_first(entries: Sequence[ObjectiveEntry]) -> Iterator[tuple[int, ObjectiveEntry]]:
    """The entries with their places, each after those listed ones that it is aligned to."""
    places = {entry.objective_id: n for n, entry in enumerate(entries)}
    told: set[int] = set()

    def tell(place: int) -> Iterator[tuple[int, ObjectiveEntry]]:
        if place in told:
            return
        told.add(place)
        for link in entries[place].alignments:
            if link.objective_id in places:
                yield from tell(places[link.objective_id])
        yield place, entries[place]

    for place in range(len(entries)):
        yield from tell(place)


def accepted_terms(objective: Objective, command: AcceptSuggestion) -> ObjectiveTerms | None:
    """The draft that an accepted suggestion begins as: held by the unit it was suggested to."""
    suggestion = objective.suggestion
    if suggestion is None:
        return None
    return ObjectiveTerms(
        cycle_id=suggestion.cycle_id,
        title=suggestion.title,
        description=suggestion.description,
        level=command.level,
        holder=Holder(kind="unit", id=suggestion.unit_id),
        responsible_id=command.responsible_id,
        kind=command.kind,
    )


def continued(
    objective: Objective, command: CarryOverObjective, cycle: Cycle
) -> tuple[ObjectiveTerms, list[KeyResultTerms]]:
    """The draft by which an objective goes on elsewhere: same words, the new cycle's days."""
    before = objective.terms()
    terms = before.model_copy(
        update={
            "cycle_id": command.cycle_id,
            "alignments": (),
            "continued_from": command.objective_id,
            "first_original": before.first_original or command.objective_id,
        }
    )
    return terms, list(_going_on(objective, command.into, cycle))


def _going_on(objective: Objective, new_id: UUID, cycle: Cycle) -> Iterable[KeyResultTerms]:
    alive = [k for k in objective.key_results.values() if k.dropped_from is None]
    for number, key_result in enumerate(sorted(alive, key=lambda k: k.original.number), 1):
        latest = key_result.said.days_from(cycle.first)[-1]
        yield key_result.terms_on(latest).model_copy(
            update={
                "key_result_id": id_of("carried over", new_id, key_result.original.key_result_id),
                "number": number,
                "start": cycle.first,
                "deadline": cycle.last,
                "plan": (),
            }
        )
