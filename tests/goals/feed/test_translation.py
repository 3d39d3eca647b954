"""Every fact of goals is published as exactly one record."""

import pytest

from services.goals.domain.policy import Policy, PolicyWords
from services.goals.feed.translation import CONTRACTS, translated
from shared.kernel.facts import Fact, UnknownFact, fact_named, stored_names
from tests.goals.domain import samples as s
from tests.goals.domain.test_revising import REVISIONS


class Unheard(Fact):
    """A fact that nobody publishes."""


def test_no_fact_is_forgotten():
    goals = {fact_named(name) for name in stored_names() if name.startswith("goals.")}
    assert goals == set(CONTRACTS)


def test_each_fact_has_a_contract_of_its_own():
    assert len(set(CONTRACTS.values())) == len(CONTRACTS)


def test_fact_and_contract_have_the_same_fields():
    for fact, contract in CONTRACTS.items():
        assert fact.model_fields.keys() == contract.model_fields.keys(), fact


SAID = [
    s.Q3,
    *s.PUBLISHED,
    *Policy().adopt(PolicyWords(revisions_need_approval=True)),
    *(outcome for _, outcome in REVISIONS if isinstance(outcome, Fact)),
]


@pytest.mark.parametrize("fact", SAID, ids=lambda f: f.stored_name)
def test_a_record_says_what_the_fact_says(fact):
    assert translated(fact).model_dump(mode="json") == fact.model_dump(mode="json")


def test_a_fact_nobody_publishes_is_a_defect():
    with pytest.raises(UnknownFact):
        translated(Unheard())
