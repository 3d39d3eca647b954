"""The facts of an objective's life keep their shape in storage."""

import pytest

from shared.kernel.facts import fact_named
from tests.goals.domain import samples as s


@pytest.mark.parametrize("fact", s.PUBLISHED, ids=lambda f: f.stored_name)
def test_what_is_stored_is_what_is_read(fact):
    assert fact_named(fact.stored_name).model_validate_json(fact.model_dump_json()) == fact


def test_an_original_has_every_weight_resolved():
    assert sum(k.weight for k in s.ORIGINAL.key_results) == 10_000
