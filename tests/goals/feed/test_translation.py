"""Every fact of goals is published as exactly one record."""

import pytest

from services.goals.domain.policy import Policy, PolicyWords
from services.goals.feed.translation import TRANSLATION
from shared.eventing.mapper import encode
from shared.kernel.actors import person
from shared.kernel.facts import Envelope, Fact, fact_named, stored_names
from tests.goals.domain import samples as s
from tests.goals.domain.test_revising import REVISIONS


def test_no_fact_is_forgotten():
    goals = {fact_named(name) for name in stored_names() if name.startswith("goals.")}
    assert goals == {entry.fact for entry in TRANSLATION.entries}


def test_each_fact_has_a_contract_of_its_own():
    assert len({entry.contract for entry in TRANSLATION.entries}) == len(TRANSLATION.entries)


def test_everything_is_published_on_one_feed():
    assert TRANSLATION.feeds == ["objectives"]


def test_fact_and_contract_have_the_same_fields():
    for entry in TRANSLATION.entries:
        assert entry.fact.model_fields.keys() == entry.contract.model_fields.keys(), entry.fact


SAID = [
    s.Q3,
    *s.PUBLISHED,
    *Policy().adopt(PolicyWords(revisions_need_approval=True)),
    *(outcome for _, outcome in REVISIONS if isinstance(outcome, Fact)),
]


@pytest.mark.parametrize("fact", SAID, ids=lambda f: f.stored_name)
def test_a_record_says_what_the_fact_says(fact):
    stored = encode(fact, Envelope(actor=person(s.CHEN)))
    record = TRANSLATION.contract_of(fact.stored_name, stored)
    assert record.model_dump(mode="json") == fact.model_dump(mode="json")
