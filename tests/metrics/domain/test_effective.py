"""Which figures count, as known at an instant."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from services.metrics.domain.effective import Counting, Statement, known_at, value_of_periods

FIRST = date(2026, 8, 1)
A, B = uuid4(), uuid4()


def counting(entry: UUID, value: int, day: int = 0, source: str = "erp") -> Counting:
    on = FIRST + timedelta(days=day)
    return Counting(entry, Decimal(value), on.isoformat(), on, source)


def values(entries: list[Counting], grain: str = "replace", *sources: str) -> dict[str, int]:
    found = value_of_periods(entries, grain, sources)  # type: ignore[arg-type]
    return {period: int(value.value) for period, value in found.items()}


def test_the_value_said_last_holds_for_its_period() -> None:
    assert values([counting(A, 5), counting(B, 7)]) == {"2026-08-01": 7}


def test_transactions_add_up() -> None:
    entries = [counting(A, 5), counting(B, 7)]
    assert values(entries, "add") == {"2026-08-01": 12}
    assert value_of_periods(entries, "add", ())["2026-08-01"].entries == (A, B)


def test_the_highest_source_that_reported_wins_each_period() -> None:
    entries = [counting(A, 5, 0, "erp"), counting(B, 7, 0, "manual"), counting(B, 9, 1, "manual")]
    assert values(entries, "replace", "erp", "manual") == {"2026-08-01": 5, "2026-08-02": 9}
    assert values(entries, "add", "manual", "erp") == {"2026-08-01": 7, "2026-08-02": 9}


def test_sources_without_rank_come_last_and_are_equal() -> None:
    entries = [counting(A, 5, 0, "erp"), counting(B, 7, 0, "one"), counting(B, 9, 0, "two")]
    assert values(entries, "replace", "erp") == {"2026-08-01": 5}
    assert values(entries[1:], "replace", "erp") == {"2026-08-01": 9}
    assert values(entries[1:], "add", "erp") == {"2026-08-01": 16}


def test_nothing_measured_is_nothing_at_all() -> None:
    assert values([]) == {}


def test_a_correction_holds_from_its_instant_and_keeps_rank_and_source() -> None:
    told = [
        Statement(1, A, counting(A, 5)),
        Statement(2, B, counting(B, 7)),
        Statement(3, A, counting(A, 6, 0, "someone else")),
    ]
    assert known_at(told, 0) == []
    assert known_at(told, 2) == [counting(A, 5), counting(B, 7)]
    assert known_at(told, 3) == [counting(A, 6), counting(B, 7)]
    assert values(known_at(told, 3)) == {"2026-08-01": 7}


def test_a_correction_may_move_the_day() -> None:
    told = [Statement(1, A, counting(A, 5)), Statement(2, A, counting(A, 5, 3))]
    assert values(known_at(told, 2)) == {"2026-08-04": 5}


def test_a_withdrawn_entry_counts_no_longer() -> None:
    told = [
        Statement(1, A, counting(A, 5)),
        Statement(2, B, counting(B, 7)),
        Statement(3, B, None),
    ]
    assert values(known_at(told, 2)) == {"2026-08-01": 7}
    assert values(known_at(told, 3)) == {"2026-08-01": 5}


ENTRIES = [UUID(int=n) for n in range(5)]
TELLING = st.lists(
    st.tuples(
        st.sampled_from(ENTRIES), st.one_of(st.none(), st.integers(-50, 50)), st.integers(0, 3)
    ),
    max_size=25,
)


def told(history: list[tuple[UUID, int | None, int]]) -> list[Statement[int]]:
    return [
        Statement(at, entry, None if value is None else counting(entry, value, day))
        for at, (entry, value, day) in enumerate(history)
    ]


@settings(max_examples=150, deadline=None)
@given(TELLING, st.integers(0, 25))
def test_what_was_known_then_is_what_had_been_told_until_then(
    history: list[tuple[UUID, int | None, int]], at: int
) -> None:
    everything = told(history)
    assert known_at(everything, at) == known_at(everything[: at + 1], 99)


@settings(max_examples=150, deadline=None)
@given(TELLING)
def test_transactions_lose_nothing(history: list[tuple[UUID, int | None, int]]) -> None:
    known = known_at(told(history), 99)
    periods = value_of_periods(known, "add", ())
    assert sum(v.value for v in periods.values()) == sum(e.value for e in known)
    assert sorted(e for v in periods.values() for e in v.entries) == sorted(
        e.entry_id for e in known
    )
    assert [v.observed_on for v in periods.values()] == sorted(
        v.observed_on for v in periods.values()
    )
