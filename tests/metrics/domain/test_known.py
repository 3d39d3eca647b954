"""A map that grows without being copied and never changes."""

from hypothesis import given, settings
from hypothesis import strategies as st

from services.metrics.domain.known import Known

PAIRS = st.lists(st.tuples(st.integers(0, 20), st.integers()), max_size=60)


@settings(max_examples=100, deadline=None)
@given(PAIRS)
def test_it_knows_what_a_dict_would_know(pairs: list[tuple[int, int]]) -> None:
    known: Known[int, int] = Known()
    plain: dict[int, int] = {}
    for key, value in pairs:
        known, plain[key] = known.knowing(key, value), value
    assert {key: known.get(key) for key in range(21)} == {k: plain.get(k) for k in range(21)}
    assert all((key in known) == (key in plain) for key in range(21))


def test_an_earlier_map_stays_as_it_was() -> None:
    before: Known[str, int] = Known().knowing("a", 1)
    after = before.knowing("a", 2).knowing("b", 3)
    assert (before.get("a"), before.get("b")) == (1, None)
    assert (after.get("a"), after.get("b")) == (2, 3)


def test_layers_stay_few() -> None:
    known: Known[int, int] = Known()
    for number in range(1000):
        known = known.knowing(number, number)
    assert len(known.layers) <= 10
