"""The KPI board, worked out by hand: values, targets, coverage and levels as of any instant."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from services.metrics.api.board import kpi_board
from services.metrics.api.kpis import card
from services.metrics.domain.errors import KpiIsUnknown, PeriodIsUnknown
from shared.contracts import kpis as say
from shared.contracts import organisation as org
from shared.kernel.ids import id_of
from tests.support.goals_tables import Told
from tests.support.metrics_tables import metrics_tables

BEGAN, MONDAY = datetime(2026, 7, 6, 1, tzinfo=UTC), date(2026, 7, 6)
WEEK = say.NamedPeriod(code="2026-W28", first=MONDAY, last=date(2026, 7, 12))
SUNDAY = WEEK.last
CHEN, WU, ELSE = (UUID(int=n) for n in (1, 2, 3))
SALES, EAST = UUID(int=20), UUID(int=21)
REVENUE, WON, CASES, RATE, MINUTES = (
    id_of("kpi", code) for code in ("REVENUE", "WON", "CASES", "RATE", "MINUTES")
)


class Week:
    """One week of two sellers, told record by record."""

    def __init__(self) -> None:
        self.business, self.organisation = Told(say.FEED), Told(org.FEED)
        self.at, self.entries = BEGAN, 0
        self._people()
        self._defined()
        self._promised()
        for kpi, values in (
            (REVENUE, {0: 100, 1: 200, 2: 0, 3: 300, 4: 150}),
            (WON, {0: 1, 1: 0, 2: 3}),
            (CASES, {0: 10, 1: 2, 2: 4}),
            (MINUTES, {0: 30, 1: 10}),
        ):
            for day, value in values.items():
                self.measure(kpi, CHEN, day, value)
        self.measure(REVENUE, WU, 0, 50)
        self.measure(WON, WU, 0, 2)
        self.measure(CASES, WU, 0, 2)

    def say(self, feed: Told, stream: UUID, says: Any) -> None:
        self.at += timedelta(minutes=1)
        feed.say(stream, says, self.at)

    def _people(self) -> None:
        for unit, parent in ((SALES, None), (EAST, SALES)):
            founded = org.UnitFounded(
                code=str(unit),
                kind="team",
                parent_id=parent,
                counts_as_department=False,
                effective_from=date(2026, 1, 1),
            )
            self.say(self.organisation, unit, founded)
        for who, unit in ((CHEN, EAST), (WU, SALES), (ELSE, SALES)):
            post = org.PostAssigned(
                unit_id=unit, title="sales", share=10_000, effective_from=date(2026, 1, 1)
            )
            self.say(self.organisation, who, post)

    def _defined(self) -> None:
        rate = {
            "unit": "%",
            "over_time": "ratio_of_sums",
            "over_units": "ratio_of_sums",
            "numerator_id": WON,
            "denominator_id": CASES,
        }
        minutes = {"unit": "min", "direction": "lower", "over_time": "mean", "over_units": "mean"}
        for kpi, code, more in (
            (REVENUE, "REVENUE", {}),
            (WON, "WON", {}),
            (CASES, "CASES", {}),
            (RATE, "RATE", rate),
            (MINUTES, "MINUTES", minutes),
        ):
            usual = {
                "code": code,
                "name_zh": code,
                "name_en": code,
                "unit": "CNY",
                "direction": "higher",
                "over_time": "sum",
                "over_units": "sum",
                "frequency": "day",
                "grain": "replace",
                "owner_id": WU,
            }
            self.say(self.business, kpi, say.KpiDefined(**{**usual, **more}))

    def _promised(self) -> None:
        promise(self, REVENUE, target=1000, threshold=700, stretch=1200)
        promise(self, RATE, target=25)
        promise(self, MINUTES, target=20, threshold=30)
        stream = id_of("commitment", REVENUE, CHEN, WEEK.code)
        baseline = say.BaselineSet(
            **about(REVENUE, CHEN), period=WEEK, value=Decimal(900), taken_from=WEEK, method="sum"
        )
        self.say(self.business, stream, baseline)

    def measure(self, kpi: UUID, who: UUID, day: int, value: int) -> UUID:
        self.entries += 1
        on = MONDAY + timedelta(days=day)
        entry = UUID(int=self.entries)
        figure = say.Measured(
            **about(kpi, who),
            entry_id=entry,
            value=Decimal(value),
            period=on.isoformat(),
            observed_on=on,
            origin="imported",
            source="erp",
        )
        self.say(self.business, ledger(kpi, who), figure)
        return entry


def about(kpi: UUID, who: UUID) -> dict[str, Any]:
    return {"kpi_id": kpi, "subject": say.Subject(kind="person", id=who)}


def ledger(kpi: UUID, who: UUID) -> UUID:
    return id_of("kpi_ledger", kpi, who, "2026")


def promise(week: Week, kpi: UUID, **marks: int) -> None:
    stream = id_of("commitment", kpi, CHEN, WEEK.code)
    terms = say.Terms(**{name: Decimal(value) for name, value in marks.items()})
    offer = say.CommitmentOffered(
        **about(kpi, CHEN),
        definition=1,
        period=WEEK,
        terms_number=1,
        terms=terms,
        effective_from=MONDAY,
    )
    week.say(week.business, stream, offer)
    week.say(week.business, stream, say.CommitmentAgreed(terms_number=1))


@pytest.fixture(scope="module")
def week():
    return Week()


@pytest.fixture(scope="module")
def tables(module_databases, week):
    with metrics_tables(module_databases) as made:
        made.feed([week.business, week.organisation])
        assert made.parked() == []
        yield made


def cells(told: dict[str, Any], subject: UUID) -> dict[UUID, dict[str, Any]]:
    row = next(row for row in told["rows"] if row["subject"]["id"] == subject)
    return {cell["kpi"]: cell for cell in row["cells"]}


def test_figures_stand_beside_what_was_promised(tables):
    found = cells(kpi_board(tables.reading(SUNDAY), WEEK.code, unit=EAST), CHEN)
    revenue = found[REVENUE]
    assert (revenue["actual"], revenue["target"], revenue["baseline"]) == (750, 1000, 900)
    assert (revenue["achievement"], revenue["level"]) == (Decimal("0.75"), "below_target")
    assert (found[RATE]["actual"], found[RATE]["level"]) == (25, "on_target")
    assert (found[MINUTES]["actual"], found[MINUTES]["level"]) == (20, "on_target")
    assert found[WON]["level"] == "no_target"


def test_coverage_counts_working_days(tables):
    found = cells(kpi_board(tables.reading(SUNDAY), WEEK.code, unit=EAST), CHEN)
    assert found[REVENUE]["coverage"] == 1
    assert found[RATE]["coverage"] == Decimal("0.6")
    assert found[MINUTES]["coverage"] == Decimal("0.4")


def test_in_mid_week_a_sum_is_judged_by_what_is_due(tables):
    tuesday = MONDAY + timedelta(days=1)
    revenue = cells(kpi_board(tables.reading(tuesday), WEEK.code, unit=EAST), CHEN)[REVENUE]
    assert (revenue["actual"], revenue["level"]) == (300, "on_target")


def test_before_the_period_begins_there_are_no_figures(tables):
    sunday_before = MONDAY - timedelta(days=1)
    found = cells(
        kpi_board(tables.reading(sunday_before), WEEK.code, unit=EAST, subject=CHEN), CHEN
    )
    assert {cell["actual"] for cell in found.values()} == {None}
    assert found[REVENUE]["coverage"] is None


def test_a_unit_is_what_its_people_come_to_together(tables):
    told = kpi_board(tables.reading(SUNDAY), WEEK.code, unit=SALES)
    unit = cells(told, SALES)
    assert (unit[REVENUE]["actual"], unit[REVENUE]["of_members"]) == (800, True)
    assert unit[RATE]["actual"] == Decimal("33.333333")
    assert [row["subject"]["id"] for row in told["rows"]] == [SALES, CHEN, WU]


def test_without_a_unit_everyone_with_a_promise_is_shown(tables):
    told = kpi_board(tables.reading(SUNDAY), WEEK.code)
    assert [row["subject"]["id"] for row in told["rows"]] == [CHEN]
    assert told["period"]["last"] == SUNDAY


def test_one_subject_is_shown_even_without_figures(tables):
    told = kpi_board(tables.reading(SUNDAY), WEEK.code, subject=ELSE)
    assert {cell["level"] for cell in cells(told, ELSE).values()} == {"no_data"}


def test_as_of_an_earlier_instant_less_was_known(tables, week):
    early = BEGAN + timedelta(minutes=17)
    revenue = cells(kpi_board(tables.reading(SUNDAY, early), WEEK.code, unit=EAST), CHEN)[REVENUE]
    assert (revenue["target"], revenue["actual"]) == (1000, None)


def test_an_unknown_period_or_kpi_is_refused(tables):
    with pytest.raises(PeriodIsUnknown):
        kpi_board(tables.reading(SUNDAY), "someday")
    with pytest.raises(KpiIsUnknown):
        card(tables.reading(SUNDAY), UUID(int=99), CHEN, WEEK.code)


def test_the_number_of_questions_to_the_database_does_not_grow(tables, monkeypatch):
    def asked(unit: UUID) -> int:
        count = 0
        reading = tables.reading(SUNDAY)
        rows = type(reading).rows

        def counting(self: Any, *args: Any) -> Any:
            nonlocal count
            count += 1
            return rows(self, *args)

        with monkeypatch.context() as patched:
            patched.setattr(type(reading), "rows", counting)
            kpi_board(reading, WEEK.code, unit=unit)
        return count

    assert asked(EAST) == asked(SALES) <= 10


def test_a_card_shows_how_the_week_went(tables):
    told = card(tables.reading(SUNDAY), REVENUE, CHEN, WEEK.code)
    assert [(p["value"], p["cumulative"]) for p in told["series"]["actual"]] == [
        (100, 100),
        (200, 300),
        (0, 300),
        (300, 600),
        (150, 750),
    ]
    assert [(p["on"], p["value"]) for p in told["series"]["plan"]] == [
        (MONDAY, Decimal("142.857143")),
        (SUNDAY, 1000),
    ]
    assert [entry["value"] for entry in told["entries"]] == [100, 200, 0, 300, 150]
    assert told["commitment"]["status"] == "agreed"


def test_the_card_of_a_ratio_shows_both_components(tables):
    told = card(tables.reading(SUNDAY), RATE, CHEN, WEEK.code)
    assert [p["cumulative"] for p in told["series"]["actual"]] == [
        10,
        Decimal("8.333333"),
        25,
    ]
    assert {entry["kpi_id"] for entry in told["entries"]} == {WON, CASES}
    assert [p["value"] for p in told["series"]["plan"]] == [25, 25]


def test_a_card_without_a_promise_has_no_plan(tables):
    told = card(tables.reading(SUNDAY), REVENUE, WU, WEEK.code)
    assert (told["commitment"], told["series"]["plan"], told["actual"]) == (None, [], 50)


def test_the_card_of_a_unit_shows_what_its_people_come_to(tables):
    told = card(tables.reading(SUNDAY), REVENUE, SALES, WEEK.code)
    assert (told["actual"], told["of_members"], told["subject"]["kind"]) == (800, True, "unit")
