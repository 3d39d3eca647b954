"""Everything known of some objectives as of an instant, in a constant number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.goals.api import rows
from services.goals.api.evidence import EvidenceKnown, load_evidence
from services.goals.api.looking import Looking
from services.goals.domain.agreement import Agreement, KeyResultAgreement, Says, agreed
from services.goals.domain.calendar import Calendar
from services.goals.domain.measure import KpiBinding
from services.goals.domain.policy import PolicyWords
from services.goals.domain.standing import KeyResultKnown
from services.goals.domain.targets import Statement
from services.goals.domain.terms import Holder, KeyResultTerms
from shared.kernel.periods import Period

Row = Mapping[str, Any]

SAID_OF_OBJECTIVES = (
    "title",
    "description",
    "kind",
    "priority",
    "weight",
    "holder",
    "responsible_id",
)


@dataclass(frozen=True)
class KeyResultEntry:
    """A key result as the tables know it, ready for the arithmetic."""

    id: UUID
    objective_id: UUID
    number: int
    known: KeyResultKnown
    evidence: EvidenceKnown
    joined_on: date | None
    successor_id: UUID | None
    revised_at: tuple[datetime, ...]

    @property
    def agreement(self) -> KeyResultAgreement:
        """What it says on each day."""
        return self.known.agreement


@dataclass(frozen=True)
class ObjectiveEntry:
    """An objective as the tables know it; ``children`` contribute to it or its key results."""

    id: UUID
    row: Row
    agreement: Agreement
    key_results: tuple[KeyResultEntry, ...]
    parents: tuple[Row, ...]
    revised_at: tuple[datetime, ...]

    @property
    def is_live(self) -> bool:
        """Whether it counts: published, running or closed."""
        return self.row["stage"] in ("published", "closed")

    def on(self, day: date, aspect: str) -> Any:
        """What holds on a day about its title, kind, weight, holder and so on."""
        return self.agreement.on(day, aspect)

    def holder_on(self, day: date) -> Holder:
        """Who holds it on a day."""
        return Holder.model_validate(self.on(day, "holder"))


@dataclass(frozen=True)
class House:
    """Some objectives with all that their figures depend on, as known at one instant."""

    objectives: Mapping[UUID, ObjectiveEntry]
    children: Mapping[UUID, tuple[UUID, ...]]
    cycles: Mapping[UUID, Row]
    policies: Sequence[Row]
    calendar: Calendar
    today: date
    cadences: Mapping[UUID, Mapping[str, str]] = field(default_factory=dict)

    def policy(self, day: date) -> tuple[int, PolicyWords]:
        """The version and words of the policy that holds on a day; 0 before any was adopted."""
        known = [p for p in self.policies if p["effective_from"] <= day]
        if not known:
            return 0, PolicyWords()
        says = {k: v for k, v in known[-1]["says"].items() if k in PolicyWords.model_fields}
        return known[-1]["version"], PolicyWords.model_validate(says)


def load(looking: Looking, wanted: Iterable[UUID]) -> House:
    """Everything about these objectives and, where children count, those that contribute."""
    ids = list(dict.fromkeys(wanted))
    below = looking.rows(rows.BELOW, {"ids": ids})
    everyone = list(dict.fromkeys([*ids, *(row["objective_id"] for row in below)]))
    about = {"ids": everyone}
    objectives = looking.rows(rows.OBJECTIVES, about)
    parents = _grouped(looking.rows(rows.PARENTS, about), "objective_id")
    statements = looking.rows(rows.STATEMENTS, about)
    key_results = _key_results(looking, looking.rows(rows.KEY_RESULTS, about), statements)
    said = _grouped(statements, "objective_id")
    entries = {
        row["objective_id"]: _objective(
            row, said.get(row["objective_id"], ()), key_results, parents
        )
        for row in objectives
    }
    return House(
        objectives=entries,
        children=_children(below, entries),
        cycles={row["cycle_id"]: row for row in looking.rows(rows.CYCLES)},
        policies=looking.rows(rows.POLICIES),
        calendar=load_calendar(looking),
        today=looking.on,
    )


def load_calendar(looking: Looking) -> Calendar:
    """The calendar as known at the instant."""
    named: dict[str, list[Period]] = {}
    for row in looking.rows(rows.PERIODS):
        named.setdefault(row["kind"], []).append(Period(first=row["first"], last=row["last"]))
    marked = {row["day"]: row["kind"] for row in looking.rows(rows.DAYS)}
    return Calendar({kind: tuple(periods) for kind, periods in named.items()}, marked)


def _objective(
    row: Row,
    own: Sequence[Row],
    key_results: Mapping[UUID, Sequence[KeyResultEntry]],
    parents: Mapping[UUID, Sequence[Row]],
) -> ObjectiveEntry:
    revisions = [_statement(s) for s in own if s["key_result_id"] is None]
    since = row["published_on"] or date.min
    terms = row["terms"]
    first: Statement[Says] = Statement(
        {aspect: terms.get(aspect) for aspect in SAID_OF_OBJECTIVES}, since, row["since"], 0
    )
    return ObjectiveEntry(
        id=row["objective_id"],
        row=row,
        agreement=Agreement((first, *revisions)),
        key_results=tuple(key_results.get(row["objective_id"], ())),
        parents=tuple(parents.get(row["objective_id"], ())),
        revised_at=tuple(s["recorded_at"] for s in own),
    )


def _statement(row: Row) -> Statement[Says]:
    return Statement(
        row["says"], row["effective_from"], row["recorded_at"], row["position"], row["revision_id"]
    )


def _key_results(
    looking: Looking, found: Sequence[Row], statements: Sequence[Row]
) -> dict[UUID, list[KeyResultEntry]]:
    said = _grouped((s for s in statements if s["key_result_id"]), "key_result_id")
    agreements = {
        row["key_result_id"]: _agreed(row, said.get(row["key_result_id"], ())) for row in found
    }
    bindings = {key: binding_on(says, looking.on) for key, says in agreements.items()}
    evidence = load_evidence(looking, bindings)
    grouped: dict[UUID, list[KeyResultEntry]] = {}
    for row in found:
        key = row["key_result_id"]
        revised = tuple(s["recorded_at"] for s in said.get(key, ()))
        entry = _entry(row, agreements[key], evidence[key], revised)
        grouped.setdefault(row["objective_id"], []).append(entry)
    return grouped


def _entry(
    row: Row,
    agreement: KeyResultAgreement,
    evidence: EvidenceKnown,
    revised: tuple[datetime, ...],
) -> KeyResultEntry:
    known = KeyResultKnown(agreement, evidence.counting, row["dropped_from"], row["added_later"])
    return KeyResultEntry(
        id=row["key_result_id"],
        objective_id=row["objective_id"],
        number=row["number"],
        known=known,
        evidence=evidence,
        joined_on=row["joined_on"],
        successor_id=row["successor_id"],
        revised_at=revised,
    )


def _agreed(row: Row, statements: Iterable[Row]) -> KeyResultAgreement:
    original = KeyResultTerms.model_validate(row["original"])
    since = row["joined_on"] or original.start
    first: Statement[None] = Statement(None, since, row["since"], 0)
    return agreed(original, first, (_statement(s) for s in statements))


def binding_on(agreement: KeyResultAgreement, day: date) -> KpiBinding | None:
    """The KPI that measures a key result on a day, if one does."""
    bound = agreement.on(day, "kpi")
    return KpiBinding.model_validate(bound) if bound is not None else None


def _children(
    below: Sequence[Row], known: Mapping[UUID, ObjectiveEntry]
) -> dict[UUID, tuple[UUID, ...]]:
    found: dict[UUID, dict[UUID, None]] = {}
    for row in below:
        if row["objective_id"] in known:
            found.setdefault(row["parent_objective_id"], {})[row["objective_id"]] = None
    return {parent: tuple(children) for parent, children in found.items()}


def _grouped(found: Iterable[Row], column: str) -> dict[UUID, list[Row]]:
    grouped: dict[UUID, list[Row]] = {}
    for row in found:
        grouped.setdefault(row[column], []).append(row)
    return grouped
