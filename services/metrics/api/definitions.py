"""KPI definitions as known at an instant."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.metrics.domain.kpi import Definition
from shared.http.reading import Reading

DEFINITIONS = """
SELECT DISTINCT ON (kpi_id) *, count(*) OVER (PARTITION BY kpi_id) AS versions
FROM kpi_definition
WHERE recorded_at <= %(moment)s::timestamptz
  AND (effective_from IS NULL OR effective_from <= %(on)s)
  AND (%(ids)s::uuid[] IS NULL OR kpi_id = ANY(%(ids)s))
ORDER BY kpi_id, definition DESC
"""


@dataclass(frozen=True)
class DefinedKpi:
    """A KPI with the version of its definition that holds."""

    id: UUID
    number: int
    definition: Definition

    @property
    def components(self) -> tuple[UUID, ...]:
        """The KPIs whose figures make it up: its own, or those of numerator and denominator."""
        above, below = self.definition.numerator_id, self.definition.denominator_id
        return (above, below) if above is not None and below is not None else (self.id,)

    def told(self) -> dict[str, Any]:
        """The KPI for readers."""
        said = self.definition.model_dump()
        return {"id": self.id, "definition": self.number, **said, "owner": said["owner_id"]}


def definitions(reading: Reading, ids: Collection[UUID] | None = None) -> dict[UUID, DefinedKpi]:
    """The KPIs asked for, or all of them, by id in order of their codes."""
    wanted = None if ids is None else list(ids)
    rows = reading.rows(DEFINITIONS, {"ids": wanted})
    return {row["kpi_id"]: _defined(row) for row in sorted(rows, key=lambda row: row["code"])}


def _defined(row: dict[str, Any]) -> DefinedKpi:
    said = {name: row[name] for name in Definition.model_fields}
    return DefinedKpi(row["kpi_id"], row["definition"], Definition.model_validate(said))
