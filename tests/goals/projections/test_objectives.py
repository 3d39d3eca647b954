"""Replay and ``as_of`` agree: tables fed up to an instant, and full tables asked as of it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.goals.api import queries, stories
from shared.contracts import kpis, measurements, objective_revisions, objectives
from shared.contracts.objective_terms import AlignmentLink, KpiBinding
from shared.kernel.ids import id_of
from tests.support.goals_quarter import (
    CHEN,
    CYCLE,
    FIRST,
    KPI,
    LAST,
    LI,
    SALES,
    WANG,
    at,
    checked,
    kpis_told,
    metric,
    objective,
    organisation_told,
    quarter,
)
from tests.support.goals_quarter import key_result as key_result_terms
from tests.support.goals_tables import GoalsTables, Told, goals_tables

OBJECTIVES = [id_of("objective", n) for n in range(2)]
KEY_RESULTS = [id_of("key_result", n) for n in range(4)]
LATER = id_of("key_result", "later")
BINDING = KpiBinding(kpi_id=KPI, definition_version=1, subject_id=SALES)

Step = tuple[str, int, int, int]


@pytest.fixture(scope="module")
def tables(module_databases):
    with goals_tables(module_databases) as full, goals_tables(module_databases) as partial:
        yield full, partial


class History:
    """Grows random but possible histories, one step after another."""

    def __init__(self) -> None:
        self.organisation, self.kpis = organisation_told(), kpis_told()
        self.objectives, self.measurements = Told("objectives"), Told("measurements")
        self.instant = at(7, 1)
        self.entries: list[int] = []
        self.figures: list[int] = []
        self._begin()

    @property
    def feeds(self) -> list[Told]:
        return [self.organisation, self.objectives, self.measurements, self.kpis]

    def _begin(self) -> None:
        planned = objectives.CyclePlanned(
            code="2026-Q3",
            kind="quarter",
            first=FIRST,
            last=LAST,
            drafting_first=FIRST,
            drafting_last=date(2026, 7, 3),
            cadence="weekly",
        )
        self.objectives.say(CYCLE, planned, self.instant)
        measures: list[dict[str, Any]] = [metric(0, 100), metric(50, 10), {"type": "boolean"}]
        own = [
            key_result_terms(KEY_RESULTS[n], n + 1, f"KR {n}", m) for n, m in enumerate(measures)
        ]
        bound = key_result_terms(KEY_RESULTS[3], 4, "By KPI", metric(0, 5_000_000), kpi=BINDING)
        for key, terms in zip(OBJECTIVES, ([own[0], own[1], bound], [own[2]]), strict=True):
            drafted = objectives.Drafted(terms=objective(f"Draft {key}"))
            self._say(key, drafted)
            for one in terms:
                self._say(key, objectives.KeyResultDrafted(terms=one))
            published = objectives.ObjectivePublished(
                published_on=FIRST, late=False, terms=objective(f"O {key}"), key_results=terms
            )
            self._say(key, published)

    def _say(self, stream: Any, says: Any) -> None:
        self.instant += timedelta(minutes=7)
        self.objectives.say(stream, says, self.instant, str(CHEN))

    def take(self, step: Step) -> None:
        """One thing happens, some hours later."""
        kind, which, number, hours = step
        self.instant += timedelta(hours=hours)
        getattr(self, f"_{kind}")(which, number)

    def _grounds(self, which: int, number: int) -> dict[str, Any]:
        return {
            "revision_id": id_of("revision", len(self.objectives.records)),
            "reason": "as it happens",
            "category": "other",
            "asked_by": LI,
            "effective_from": FIRST + timedelta(days=(which * 31 + number) % 92),
        }

    def _target(self, which: int, number: int) -> None:
        revised = objective_revisions.TargetRevised(
            **self._grounds(which, number),
            key_result_id=KEY_RESULTS[which % 2],
            target=Decimal(number + 51),
        )
        self._say(OBJECTIVES[0], revised)

    def _baseline(self, which: int, number: int) -> None:
        corrected = objective_revisions.BaselineCorrected(
            **self._grounds(which, number), key_result_id=KEY_RESULTS[0], baseline=Decimal(number)
        )
        self._say(OBJECTIVES[0], corrected)

    def _weight(self, which: int, number: int) -> None:
        revised = objective_revisions.KeyResultWeightRevised(
            **self._grounds(which, number), key_result_id=KEY_RESULTS[which % 2], weight=number * 20
        )
        self._say(OBJECTIVES[0], revised)

    def _responsible(self, which: int, number: int) -> None:
        revised = objective_revisions.ObjectiveResponsibleRevised(
            **self._grounds(which, number), responsible_id=(LI, WANG)[which % 2]
        )
        self._say(OBJECTIVES[which % 2], revised)

    def _measure(self, which: int, number: int) -> None:
        replaced = objective_revisions.MeasureReplaced(
            **self._grounds(which, number),
            key_result_id=KEY_RESULTS[2],
            measure={"type": "threshold", "operator": "at_least", "lower": number},
            unit="%",
        )
        self._say(OBJECTIVES[1], replaced)

    def _drop(self, which: int, number: int) -> None:
        dropped = objective_revisions.KeyResultDropped(
            **self._grounds(which, number), key_result_id=KEY_RESULTS[which % 2]
        )
        self._say(OBJECTIVES[0], dropped)

    def _add(self, which: int, number: int) -> None:
        added = objective_revisions.KeyResultAdded(
            **self._grounds(which, number),
            terms=key_result_terms(LATER, 9, "Later", metric(0, number + 1), weight=None),
        )
        self._say(OBJECTIVES[0], added)

    def _align(self, which: int, number: int) -> None:
        key = KEY_RESULTS[0] if number % 2 else None
        link = AlignmentLink(objective_id=OBJECTIVES[0], key_result_id=key, mode="contributes")
        says = objectives.Aligned if which % 2 else objectives.AlignmentEnded
        self._say(OBJECTIVES[1], says(link=link))

    def _cancel(self, which: int, number: int) -> None:
        cancelled = objectives.ObjectiveCancelled(
            reason="no", category="other", on=LAST, after_mid_cycle_review=bool(number % 2)
        )
        self._say(OBJECTIVES[1], cancelled)

    def _close(self, which: int, number: int) -> None:
        closed = objectives.ObjectiveClosed(closed_on=LAST, score=Decimal(number % 10) / 10)
        self._say(OBJECTIVES[which % 2], closed)
        if number % 2:
            self._say(OBJECTIVES[which % 2], objectives.Rescored(score=Decimal(1), reason="yes"))

    def _cadence(self, which: int, number: int) -> None:
        unit = SALES if which % 2 else None
        cadence = ("weekly", "biweekly", "monthly")[number % 3]
        self._say(CYCLE, objectives.CadenceChosen(cadence=cadence, unit_id=unit))  # type: ignore[arg-type]

    def _check_in(self, which: int, number: int) -> None:
        self.instant += timedelta(minutes=1)
        self.entries.append(len(self.measurements.records))  # withdrawn ones never come again
        says = checked(
            f"e{self.entries[-1]}",
            KEY_RESULTS[which % 3],
            FIRST + timedelta(days=number % 92),
            value=number % 120,
            confidence=number % 11,
        )
        self.measurements.say(id_of("ledger", which % 3), says, self.instant, str(LI))

    def _correct(self, which: int, number: int) -> None:
        if self.entries:
            self.instant += timedelta(minutes=1)
            corrected = measurements.CheckInCorrected(
                key_result_id=KEY_RESULTS[0],
                entry_id=id_of("entry", f"e{self.entries[which % len(self.entries)]}"),
                correction_id=id_of("correction", len(self.measurements.records)),
                observed_on=FIRST + timedelta(days=number % 92),
                value=Decimal(number),
            )
            self.measurements.say(id_of("ledger", 0), corrected, self.instant)

    def _withdraw(self, which: int, number: int) -> None:
        if self.entries:
            self.instant += timedelta(minutes=1)
            entry = self.entries.pop(which % len(self.entries))
            withdrawn = measurements.CheckInWithdrawn(
                key_result_id=KEY_RESULTS[0], entry_id=id_of("entry", f"e{entry}")
            )
            self.measurements.say(id_of("ledger", 0), withdrawn, self.instant)

    def _figure(self, which: int, number: int) -> None:
        instant = max(self.instant, self.kpis.records[-1].recorded_at) + timedelta(minutes=1)
        self.instant = instant
        says = kpis.MeasurementCorrected(
            kpi_id=KPI,
            subject=kpis.Subject(kind="unit", id=SALES),
            entry_id=id_of("figure", 6 + which % 4),
            correction_id=id_of("correction", len(self.kpis.records)),
            value=Decimal(number * 10_000),
            period="2026-07",
            observed_on=FIRST + timedelta(days=number % 92),
            reason="counted again",
        )
        self.kpis.say(id_of("kpi_ledger", KPI), says, instant)


KINDS = sorted(
    name.removeprefix("_")
    for name in vars(History)
    if name.startswith("_") and name not in {"_begin", "_say", "_grounds"} and "__" not in name
)
steps = st.tuples(
    st.sampled_from(KINDS), st.integers(0, 7), st.integers(0, 120), st.integers(1, 60)
)


def answers(tables: GoalsTables, on: date, as_of: datetime | None) -> list[Any]:
    """Everything that a reader can ask for."""
    reading = tables.reading(on, as_of=as_of)
    shown: list[Any] = [
        queries.objectives(reading),
        queries.objectives(reading, unit=SALES),
        queries.cycles(reading),
        queries.key_results(reading, LI),
    ]
    for one in shown[0]["items"]:
        shown += [
            queries.objective(reading, one["id"]),
            queries.alignment(reading, one["id"]),
            stories.objective_story(reading, one["id"]),
        ]
        for key_result in one["key_results"]:
            shown += [
                queries.key_result(reading, key_result["id"]),
                stories.key_result_story(reading, key_result["id"]),
            ]
    return [{k: v for k, v in told.items() if k != "as_of"} for told in shown]


def grown(some: Sequence[Step]) -> History:
    history = History()
    for step in some:
        history.take(step)
    return history


@settings(max_examples=25)
@given(
    st.lists(steps, min_size=6, max_size=16),
    st.integers(10, 90),
    st.integers(0, 100),
    st.integers(1, 9),
)
def test_replay_to_an_instant_and_as_of_agree(tables, some, cut, day, batch) -> None:
    full, partial = tables
    history = grown(some)
    happened = sorted({k.recorded_at for feed in history.feeds for k in feed.records})
    instant = happened[cut * (len(happened) - 1) // 100]
    full.feed(history.feeds)
    partial.feed([feed.until(instant) for feed in history.feeds], batch=batch)
    assert full.parked() == partial.parked() == []
    on = FIRST + timedelta(days=day)
    assert answers(full, on, instant) == answers(partial, on, None)


def test_the_demo_quarter_at_each_of_its_instants(tables) -> None:
    full, partial = tables
    full.feed(quarter())
    for instant in (at(6, 30), at(7, 1, 2), at(8, 2, 23), at(8, 3), at(9, 2), at(9, 30)):
        partial.feed([feed.until(instant) for feed in quarter()])
        assert answers(full, LAST, instant) == answers(partial, LAST, None)


def test_an_answer_once_given_does_not_change(tables) -> None:
    full, _ = tables
    before = quarter()
    full.feed(before)
    instant = at(9, 30)
    told = answers(full, LAST, instant)
    late = checked("late", KEY_RESULTS[0], FIRST, value=7)
    before[2].say(id_of("ledger", 0), late, at(10, 5))
    full.feed(before)
    assert answers(full, LAST, instant) == told


@settings(max_examples=8)
@given(st.lists(steps, max_size=14))
def test_no_two_rows_of_a_key_overlap_in_time(tables, some) -> None:
    full, _ = tables
    full.feed(grown(some).feeds)
    with full.pool.connection() as connection:
        for table, keys in (
            ("objectives.objectives", "objective_id"),
            ("objectives.key_results", "key_result_id"),
            ("objectives.cycles", "cycle_id"),
            ("measurements.entries", "entry_id"),
            ("kpis.figures", "entry_id"),
        ):
            overlapping = connection.execute(
                f"SELECT count(*) FROM {table} a JOIN {table} b USING ({keys})"
                " WHERE a.during && b.during AND lower(a.during) < lower(b.during)"
            ).fetchone()
            assert overlapping == (0,)
