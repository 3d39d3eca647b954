"""The enterprise's rules for objectives."""

from datetime import date

from services.goals.domain.cycle import CycleActivated
from services.goals.domain.policy import Policy, PolicyAdopted, PolicyWords
from tests.support.scenario import scenario

STRICT = PolicyWords(effective_from=date(2026, 7, 1), revisions_need_approval=True)
ADOPTED = PolicyAdopted(version=1, **dict(STRICT))


def test_new_words_are_a_new_version():
    state = scenario(Policy).when(lambda p: p.adopt(STRICT)).then(ADOPTED)
    assert (state.version, state.words) == (1, STRICT)


def test_the_same_words_again_are_nothing():
    scenario(Policy).given(ADOPTED).when(lambda p: p.adopt(STRICT)).then_nothing()


def test_a_fact_of_another_kind_changes_nothing():
    assert Policy().after(CycleActivated()) == Policy()


def test_until_one_is_adopted_the_usual_words_hold():
    assert Policy().words.key_results_at_most == 5
    assert Policy().version == 0
