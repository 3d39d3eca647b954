"""A whole appraisal worked out from a plan, its schemes, and what is known of KPIs."""

from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from services.appraisal.domain.appraising import Days, Known, appraise, governing
from services.appraisal.domain.coverage import due_periods
from services.appraisal.domain.entries import Entry
from services.appraisal.domain.rules import Rules
from services.appraisal.domain.totals import Judgement, Mark
from shared.kernel.ids import id_of
from shared.kernel.periods import Period
from tests.support.appraisals import (
    FIRST,
    LAST,
    LI,
    QUARTER,
    RULES,
    commitment,
    entry,
    item,
    kpi,
    plan,
    segment,
    terms,
)

D = Decimal
REVENUE = id_of("kpi", "revenue")
OCTOBER = date(2026, 10, 8)
DAYS = Days(until=LAST, today=OCTOBER, zone=ZoneInfo("Asia/Shanghai"))
MARKS = tuple(Mark(section=code, points=D(80)) for code in ("ability", "values"))
JUDGED = Judgement(self_marks=MARKS, manager_marks=MARKS)
AUGUST_15 = date(2026, 8, 15)
EARLY = Period(first=FIRST, last=date(2026, 8, 14))
LATE = Period(first=AUGUST_15, last=LAST)
MOVED = plan(segment(FIRST, EARLY.last), segment(AUGUST_15, LAST))
WORKING = Known().working


def one_kpi(**more: object) -> Rules:
    """The sales scheme with revenue alone."""
    kpi_section = RULES.sections[0].model_copy(update={"items": (item("revenue"),)})
    sections = (kpi_section, *RULES.sections[1:])
    return RULES.model_copy(update={"sections": sections, **more})


def entries(value: int) -> tuple[Entry, ...]:
    days = [period.first for period in due_periods(QUARTER, "day", WORKING)]
    return tuple(entry(value, on=day, rank=n) for n, day in enumerate(days, start=1))


def known(*commitments: object, value: int = 1) -> Known:
    return Known(
        kpis={REVENUE: kpi("revenue")},
        entries={(REVENUE, LI): entries(value)},
        commitments={(REVENUE, LI): tuple(commitments)},  # type: ignore[dict-item]
    )


def test_a_whole_quarter_on_target() -> None:
    answer = appraise(plan(), [one_kpi()], JUDGED, known(commitment(terms(target=66))), DAYS)
    assert (answer.total, answer.band) == (D("94.00"), "S")


def test_each_segment_is_measured_on_its_own_commitment_and_weighs_its_calendar_days() -> None:
    early_days = len(due_periods(EARLY, "day", WORKING))
    late_days = len(due_periods(LATE, "day", WORKING))
    promised = (
        commitment(terms(target=early_days), period=EARLY),
        commitment(terms(target=late_days * 2), period=LATE),
    )
    answer = appraise(MOVED, [one_kpi(), one_kpi()], JUDGED, known(*promised), DAYS)
    assert [i.points for i in answer.items] == [100, 50]
    expected = (D(100) * EARLY.days + D(50) * LATE.days) / 92
    assert answer.sections[0].points == expected.quantize(D("0.000001"))


def test_one_commitment_for_the_whole_quarter_is_split_by_its_own_plan() -> None:
    whole = commitment(terms(target=66))
    answer = appraise(MOVED, [one_kpi(), one_kpi()], JUDGED, known(whole), DAYS)
    assert [i.points for i in answer.items] == [100, 100]
    assert sum(i.target or 0 for i in answer.items) == 66


def test_a_segment_left_out_does_not_count() -> None:
    july_20 = date(2026, 7, 20)
    short = plan(segment(FIRST, date(2026, 7, 19), left_out=True), segment(july_20, LAST))
    answer = appraise(
        short, [one_kpi(), one_kpi()], JUDGED, known(commitment(terms(target=66))), DAYS
    )
    assert [i.segment for i in answer.items] == [july_20]


def test_the_last_segment_that_counts_governs() -> None:
    other = one_kpi(bonus_limit=D(3))
    assert governing(MOVED, [one_kpi(), other]) == other
    ends_short = plan(segment(FIRST, LAST), segment(AUGUST_15, LAST, left_out=True))
    assert governing(ends_short, [one_kpi(), other]) == one_kpi()


def test_a_kpi_that_nobody_defined_blocks() -> None:
    answer = appraise(plan(), [one_kpi()], JUDGED, Known(), DAYS)
    assert answer.blocked_by == ("revenue: no_commitment", "kpi: no_points")


def test_a_day_ends_at_midnight_where_the_tenant_works() -> None:
    assert DAYS.end_of(LAST).isoformat() == "2026-10-01T00:00:00+08:00"
