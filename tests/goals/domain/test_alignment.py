"""Who contributes to whom."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.goals.domain.alignment import contributed_to, must_align, reached_from
from services.goals.domain.errors import AlignedInACircle, AlignedToItself, AlignedToNothing
from services.goals.domain.terms import AlignmentLink


@dataclass(frozen=True)
class Other:
    """An objective as far as alignment cares."""

    alignments: tuple[AlignmentLink, ...] = ()
    key_results: frozenset[UUID] = frozenset()

    def offers(self, key_result_id):
        return key_result_id is None or key_result_id in self.key_results


def to(n, mode="contributes"):
    return AlignmentLink(objective_id=UUID(int=n), mode=mode)


def test_only_contributions_are_followed():
    assert contributed_to([to(1), to(2, "supports")]) == [UUID(int=1)]


def test_everything_contributed_to_is_reached_once():
    others = {
        UUID(int=1): Other((to(2), to(3))),
        UUID(int=2): Other((to(3),)),
        UUID(int=3): Other((to(3, "supports"), to(9))),
    }
    assert reached_from(UUID(int=1), others) == {UUID(int=n) for n in (1, 2, 3, 9)}


def test_neither_itself_nor_nothing():
    others = {UUID(int=2): Other()}
    with pytest.raises(AlignedToItself):
        must_align(UUID(int=1), to(1), others)
    with pytest.raises(AlignedToNothing):
        must_align(UUID(int=1), to(3), others)
    missing = AlignmentLink(objective_id=UUID(int=2), key_result_id=UUID(int=5))
    with pytest.raises(AlignedToNothing):
        must_align(UUID(int=1), missing, others)


links = st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=15)


@given(links)
def test_whatever_is_asked_nobody_contributes_to_themselves(asked):
    """Accepting every link that is not refused never leaves a circle."""
    others = {UUID(int=n): Other() for n in range(1, 7)}
    for child, parent in asked:
        try:
            must_align(UUID(int=child), to(parent), others)
        except (AlignedInACircle, AlignedToItself):
            continue
        known = others[UUID(int=child)]
        others[UUID(int=child)] = Other((*known.alignments, to(parent)))
    for objective_id, other in others.items():
        for above in contributed_to(other.alignments):
            assert objective_id not in reached_from(above, others)
