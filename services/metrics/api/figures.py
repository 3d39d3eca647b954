"""Figures of KPIs in a window, as known at an instant, added up by the domain's arithmetic."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from services.metrics.api.definitions import DefinedKpi
from services.metrics.domain.aggregation import over_time, over_units, ratio_of_sums
from services.metrics.domain.calendar import Frequency, due_periods
from services.metrics.domain.effective import Counting, PeriodValue, value_of_periods
from services.metrics.domain.tenant_calendar import TenantCalendar
from shared.http.reading import Reading
from shared.kernel.periods import Period

ENTRIES = """
SELECT entry_id, kpi_id, subject_id, value, period, observed_on, source FROM measurement
WHERE during @> %(moment)s::timestamptz AND NOT withdrawn AND subject_id = ANY(%(subjects)s)
  AND kpi_id = ANY(%(kpis)s) AND observed_on BETWEEN %(first)s AND %(last)s
ORDER BY rank
"""

Key = tuple[UUID, UUID]


@dataclass(frozen=True)
class Figures:
    """The value of every measured period, by KPI and subject."""

    values: Mapping[Key, Mapping[str, PeriodValue]]

    def of(self, kpi: UUID, subject: UUID) -> list[PeriodValue]:
        """One KPI of one subject, period by period in order."""
        return list(self.values.get((kpi, subject), {}).values())

    def actual(self, kpi: DefinedKpi, subject: UUID) -> Decimal | None:
        """The aggregate over the window; ``None`` without a figure."""
        return self.until(kpi, subject, date.max)

    def until(self, kpi: DefinedKpi, subject: UUID, day: date) -> Decimal | None:
        """The aggregate up to and including a day."""
        parts = [
            [v.value for v in self.of(part, subject) if v.observed_on <= day]
            for part in kpi.components
        ]
        return _aggregate(kpi, parts)

    def of_members(self, kpi: DefinedKpi, subjects: Iterable[UUID]) -> Decimal | None:
        """What several subjects come to together; ratios are those of the sums of all of them."""
        if kpi.definition.over_units == "ratio_of_sums":
            members = list(subjects)
            return _aggregate(
                kpi,
                [
                    [v.value for one in members for v in self.of(part, one)]
                    for part in kpi.components
                ],
            )
        return over_units([self.actual(kpi, one) for one in subjects], kpi.definition.over_units)

    def measured(self, kpi: DefinedKpi, subject: UUID) -> set[str]:
        """The periods that were measured, of a ratio in both components."""
        keys = [set(self.values.get((part, subject), ())) for part in kpi.components]
        return set.intersection(*keys)


def _aggregate(kpi: DefinedKpi, parts: list[list[Decimal]]) -> Decimal | None:
    if len(parts) == 2:
        return ratio_of_sums(parts[0], parts[1], kpi.definition.unit)
    return over_time(parts[0], kpi.definition.over_time)


def figures(
    reading: Reading,
    kpis: Mapping[UUID, DefinedKpi],
    subjects: Collection[UUID],
    window: Period,
) -> Figures:
    """Everything measured of these KPIs and subjects in a window, in one query."""
    wanted = {
        "kpis": list(kpis),
        "subjects": list(subjects),
        "first": window.first,
        "last": window.last,
    }
    entries: dict[Key, list[Counting]] = defaultdict(list)
    for row in reading.rows(ENTRIES, wanted):
        key = row["kpi_id"], row["subject_id"]
        entries[key].append(
            Counting(
                row["entry_id"], row["value"], row["period"], row["observed_on"], row["source"]
            )
        )
    return Figures(
        {
            key: value_of_periods(
                said, kpis[key[0]].definition.grain, kpis[key[0]].definition.sources
            )
            for key, said in entries.items()
        }
    )


def due_codes(
    frequency: Frequency,
    window: Period,
    on: date,
    calendar: TenantCalendar,
    suspended: frozenset[date] = frozenset(),
) -> frozenset[str]:
    """The periods of a window that are due by a day; of daily figures the working days."""
    off = calendar.days_off(window) if frequency == "day" else frozenset()
    return frozenset(p.code for p in due_periods(frequency, window, on, off | suspended))
