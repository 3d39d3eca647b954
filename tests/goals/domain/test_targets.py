"""Which target holds on a day, as known at an instant; and what each revision did."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.goals.domain.measure import Metric, YesNo
from services.goals.domain.targets import Statement, effects, in_force, known_at, steps

START = date(2026, 7, 1)


def said(target: int, on: date, position: int, recorded: date | None = None) -> Statement[int]:
    day = recorded or on
    return Statement(
        says=target,
        effective_from=on,
        recorded_at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
        position=position,
        revision=UUID(int=position) if position else None,
    )


ORIGINAL = said(1200, START, 0)
DOWN = said(1000, date(2026, 8, 1), 1)
UP = said(1100, date(2026, 9, 1), 2)
QUARTER = (ORIGINAL, DOWN, UP)


def target_on(day: date, *known: Statement[int]) -> int | None:
    holding = in_force(known, day)
    return holding.says if holding else None


def test_each_target_holds_from_its_day_until_the_next() -> None:
    days = (date(2026, 7, 31), date(2026, 8, 1), date(2026, 8, 31), date(2026, 9, 1))
    assert [target_on(day, *QUARTER) for day in days] == [1200, 1000, 1000, 1100]


def test_before_the_first_target_none_holds() -> None:
    assert target_on(date(2026, 6, 30), *QUARTER) is None


def test_as_known_before_the_first_revision_only_the_original_was() -> None:
    known = known_at(QUARTER, datetime(2026, 7, 31, tzinfo=UTC))
    assert known == (ORIGINAL,)
    assert target_on(date(2026, 9, 30), *known) == 1200


def test_everything_is_known_now_in_the_order_of_recording() -> None:
    assert known_at((UP, ORIGINAL, DOWN), None) == QUARTER


def test_a_revision_recorded_later_cancels_those_effective_on_or_after_its_day() -> None:
    announced = said(1300, date(2026, 9, 1), 1, recorded=date(2026, 7, 10))
    overruling = said(1000, date(2026, 8, 1), 2, recorded=date(2026, 7, 20))
    history = (ORIGINAL, announced, overruling)
    assert target_on(date(2026, 9, 15), *history) == 1000
    same_day = said(900, date(2026, 9, 1), 2)
    assert target_on(date(2026, 9, 1), ORIGINAL, announced, same_day) == 900


def test_the_steps_show_every_statement_and_its_days() -> None:
    cancelled = said(1300, date(2026, 9, 1), 1, recorded=date(2026, 7, 10))
    overruling = said(1000, date(2026, 8, 1), 2, recorded=date(2026, 7, 20))
    first, dead, last = steps((ORIGINAL, cancelled, overruling))
    assert (first.first, first.last) == (START, date(2026, 7, 31))
    assert (dead.first, dead.cancelled_by) == (None, overruling.revision)
    assert (last.first, last.last) == (date(2026, 8, 1), None)


histories = st.lists(
    st.tuples(st.integers(0, 90), st.integers(0, 2000)), min_size=0, max_size=6
).map(
    lambda rows: (
        ORIGINAL,
        *(said(t, START + timedelta(days=d), n) for n, (d, t) in enumerate(rows, 1)),
    )
)


@given(histories, st.integers(0, 95))
def test_the_steps_agree_with_what_holds_on_every_day(
    history: tuple[Statement[int], ...], offset: int
) -> None:
    day = START + timedelta(days=offset)
    holding = [
        step.statement
        for step in steps(history)
        if step.first is not None and step.first <= day and (step.last is None or day <= step.last)
    ]
    assert holding == [in_force(history, day)]


@given(histories)
def test_a_history_cut_where_it_was_known_is_its_beginning(
    history: tuple[Statement[int], ...],
) -> None:
    for statement in history:
        known = known_at(history, statement.recorded_at)
        assert all(s.recorded_at <= statement.recorded_at for s in known)


def metric(baseline: int, target: int) -> Metric:
    return Metric(baseline=Decimal(baseline), target=Decimal(target))


def test_the_two_effects_add_up_to_the_difference() -> None:
    baseline_effect, target_effect = effects(Decimal(600), metric(0, 1200), metric(200, 1000))
    assert baseline_effect == Decimal("0.4") - Decimal("0.5")
    assert target_effect == Decimal("0.5") - Decimal("0.4")


def test_a_revised_target_alone_has_no_baseline_effect() -> None:
    assert effects(Decimal(550), metric(0, 1200), metric(0, 1100)) == (
        0,
        Decimal("0.5") - Decimal("0.458333"),
    )


def test_effects_cannot_be_told_without_data_or_for_other_measures() -> None:
    assert effects(None, metric(0, 1), metric(0, 2)) == (None, None)
    assert effects(Decimal(1), YesNo(), YesNo()) == (None, None)
    assert effects(Decimal(1), metric(0, 1), YesNo()) == (None, None)
