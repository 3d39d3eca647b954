"""What is known of how key results stand: their check-ins, or the figures of their KPIs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.goals.api import rows
from services.goals.api.looking import Looking
from services.goals.domain.check_ins import CheckIn, CheckIns
from services.goals.domain.evidence import Evidence
from services.goals.domain.kpi_figures import Definition, Figure, KpiFigures
from services.goals.domain.measure import KpiBinding

Row = Mapping[str, Any]
Bindings = Mapping[UUID, KpiBinding | None]
FigureRows = Mapping[tuple[UUID, UUID], Sequence[Row]]


@dataclass(frozen=True)
class EvidenceKnown:
    """What counts for one key result, the check-ins beside it, and the KPI's definition if any."""

    counting: Evidence
    check_ins: CheckIns
    entries: tuple[Row, ...]
    figures: tuple[Row, ...] = ()
    definition: Row | None = None


def load_evidence(looking: Looking, bindings: Bindings) -> dict[UUID, EvidenceKnown]:
    """The evidence of each key result; those bound to a KPI follow its figures."""
    entries: dict[UUID, list[Row]] = {key: [] for key in bindings}
    for row in looking.rows(rows.ENTRIES, {"ids": list(bindings)}):
        entries[row["key_result_id"]].append(row)
    kpis = _Kpis(looking, [b for b in bindings.values() if b is not None])
    return {
        key: _with_kpi(kpis, binding, entries[key]) if binding else _own(entries[key])
        for key, binding in bindings.items()
    }


def _own(entries: Sequence[Row]) -> EvidenceKnown:
    check_ins = CheckIns(_check_in(row) for row in entries)
    return EvidenceKnown(check_ins, check_ins, tuple(entries))


def _with_kpi(kpis: "_Kpis", binding: KpiBinding, entries: Sequence[Row]) -> EvidenceKnown:
    definition = kpis.definition(binding.kpi_id, binding.definition_version)
    return EvidenceKnown(
        counting=kpis.figures_of(definition, binding.subject_id),
        check_ins=CheckIns(_check_in(row) for row in entries),
        entries=tuple(entries),
        figures=tuple(kpis.rows_of(binding.kpi_id, binding.subject_id)),
        definition=definition,
    )


def _check_in(row: Row) -> CheckIn:
    done = row["milestones_done"]
    return CheckIn(
        observed_on=row["observed_on"],
        rank=row["rank"],
        value=row["value"],
        milestones_done=None if done is None else frozenset(done),
        level=row["level"],
        confidence=row["confidence"],
    )


class _Kpis:
    """The KPIs that measure some key results, with their components, in two queries."""

    def __init__(self, looking: Looking, bindings: Sequence[KpiBinding]) -> None:
        ids = list({binding.kpi_id for binding in bindings})
        self._definitions = looking.rows(rows.DEFINITIONS, {"ids": ids})
        known = list({row["kpi_id"] for row in self._definitions})
        subjects = list({binding.subject_id for binding in bindings})
        self._rows: dict[tuple[UUID, UUID], list[Row]] = {}
        for row in looking.rows(rows.FIGURES, {"kpis": known, "subjects": subjects}):
            self._rows.setdefault((row["kpi_id"], row["subject_id"]), []).append(row)

    def definition(self, kpi: UUID | None, version: int | None = None) -> Row | None:
        """A version of a KPI's definition; without a version the latest known one."""
        known = [row for row in self._definitions if row["kpi_id"] == kpi]
        exact = [row for row in known if row["definition"] == version]
        return next(reversed(exact or known), None)

    def rows_of(self, kpi: UUID, subject: UUID) -> Sequence[Row]:
        """The figures of one KPI and subject."""
        return self._rows.get((kpi, subject), ())

    def figures_of(self, definition: Row | None, subject: UUID) -> KpiFigures:
        """The figures of a definition for a subject; none for an unknown one."""
        if definition is None:
            return KpiFigures(Definition("last"), ())
        return KpiFigures(
            _definition(definition),
            _figures(self.rows_of(definition["kpi_id"], subject)),
            numerator=self._component(definition["numerator_id"], subject),
            denominator=self._component(definition["denominator_id"], subject),
        )

    def _component(self, kpi: UUID | None, subject: UUID) -> KpiFigures | None:
        return None if kpi is None else self.figures_of(self.definition(kpi), subject)


def _definition(row: Row) -> Definition:
    return Definition(
        row["over_time"], row["grain"], tuple(row["sources"]), percent=row["unit"] == "%"
    )


def _figures(found: Iterable[Row]) -> list[Figure]:
    return [
        Figure(row["period"], row["observed_on"], row["rank"], row["value"], row["source"])
        for row in found
    ]
