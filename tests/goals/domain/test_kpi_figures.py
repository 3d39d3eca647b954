"""What a KPI says about a key result: its aggregate over some days."""

from datetime import date
from decimal import Decimal

import pytest

from services.goals.domain.kpi_figures import Definition, Figure, KpiFigures
from shared.kernel.periods import Period

QUARTER = Period(first=date(2026, 7, 1), last=date(2026, 9, 30))
JULY = Period(first=date(2026, 7, 1), last=date(2026, 7, 31))


def figure(month: int, value: int, rank: int = 1, source: str = "crm") -> Figure:
    return Figure(f"2026-{month:02}", date(2026, month, 28), rank, Decimal(value), source)


MONTHS = [figure(6, 1000), figure(7, 30), figure(8, 50), figure(9, 10)]


@pytest.mark.parametrize(
    ("over_time", "expected"), [("sum", 90), ("mean", 30), ("last", 10), ("min", 10), ("max", 50)]
)
def test_figures_add_up_as_the_definition_says(over_time: str, expected: int) -> None:
    definition = Definition(over_time=over_time)  # type: ignore[arg-type]
    assert KpiFigures(definition, MONTHS).said(QUARTER).value == expected


def test_unmeasured_days_say_nothing() -> None:
    assert KpiFigures(Definition("sum"), []).said(QUARTER).value is None
    assert KpiFigures(Definition("sum"), []).last_day(QUARTER) is None


def test_a_newer_figure_replaces_and_additions_add() -> None:
    twice = [figure(7, 30, rank=2), figure(7, 20, rank=1)]
    assert KpiFigures(Definition("sum"), twice).aggregate(QUARTER) == 30
    assert KpiFigures(Definition("sum", grain="add"), twice).aggregate(QUARTER) == 50


def test_the_highest_source_that_reported_counts() -> None:
    two = [figure(7, 30, source="erp"), figure(7, 99, rank=5, source="typed")]
    assert KpiFigures(Definition("sum", sources=("erp", "crm")), two).aggregate(JULY) == 30


def test_a_ratio_divides_the_sums_of_its_components() -> None:
    won = KpiFigures(Definition("sum"), [figure(7, 1), figure(8, 3)])
    chances = KpiFigures(Definition("sum"), [figure(7, 10), figure(8, 10)])
    rate = KpiFigures(Definition("ratio_of_sums"), [], won, chances)
    assert rate.said_within(JULY) == Decimal("0.1")
    assert rate.aggregate(QUARTER) == Decimal("0.2")
    assert rate.last_day(QUARTER) == date(2026, 8, 28)


def test_a_ratio_in_per_cent_reads_as_per_cent() -> None:
    won = KpiFigures(Definition("sum"), [figure(7, 1)])
    chances = KpiFigures(Definition("sum"), [figure(7, 8)])
    rate = KpiFigures(Definition("ratio_of_sums", percent=True), [], won, chances)
    assert rate.aggregate(JULY) == Decimal("12.5")


def test_a_ratio_without_denominator_says_nothing() -> None:
    nothing = KpiFigures(Definition("sum"), [])
    assert KpiFigures(Definition("ratio_of_sums"), [], nothing, nothing).aggregate(JULY) is None
    assert KpiFigures(Definition("ratio_of_sums"), []).aggregate(JULY) is None
