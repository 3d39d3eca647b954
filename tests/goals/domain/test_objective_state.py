"""What is true of an objective afterwards."""

import pytest

from services.goals.domain.cycle import DraftingOpened
from services.goals.domain.errors import KeyResultWasDropped, UnknownKeyResult, UnknownObjective
from services.goals.domain.key_result_revisions import KeyResultDropped, KeyResultReplaced
from services.goals.domain.measure import YesNo
from services.goals.domain.objective_state import ObjectiveState
from tests.goals.domain import samples as s

STAMP = s.grounds().model_dump()
DROPPED = KeyResultDropped(**STAMP, key_result_id=s.CARE)
REPLACED = KeyResultReplaced(
    **STAMP, key_result_id=s.LAUNCH, successor=s.key_result(s.ORDERS, 6, YesNo(), weight=1500)
)


def test_a_fact_of_another_kind_changes_nothing():
    assert ObjectiveState().after(DraftingOpened()) == ObjectiveState()


def test_what_exists_can_be_aligned_to():
    assert not ObjectiveState().offers(None)
    published = s.objective(*s.PUBLISHED)
    assert published.offers(None)
    assert published.offers(s.CUSTOMERS)
    assert not published.offers(s.ORDERS)


def test_a_dropped_key_result_is_not_in_force():
    state = s.objective(*s.PUBLISHED, DROPPED)
    assert [k.original.number for k in state.in_force(s.AUG_14)] == [1, 2, 3, 4]
    with pytest.raises(KeyResultWasDropped):
        state.living(s.CARE)
    with pytest.raises(UnknownKeyResult):
        state.living(s.ORDERS)


def test_a_successor_joins_when_its_predecessor_leaves():
    state = s.objective(*s.PUBLISHED, REPLACED)
    assert [k.original.number for k in state.in_force(s.AUG_14)] == [1, 2, 4, 5, 6]
    assert state.next_number() == 7
    assert REPLACED.revision_id in state.seen


def test_without_a_draft_there_are_no_terms():
    with pytest.raises(UnknownObjective):
        ObjectiveState().terms()
    assert s.objective(*s.DRAFT).terms() == s.TERMS
