"""What objectives and key results can say."""

import pytest
from pydantic import ValidationError

from services.goals.domain.measure import YesNo
from services.goals.domain.terms import ObjectiveTerms
from tests.goals.domain import samples as s


def test_terms_survive_storage():
    assert ObjectiveTerms.model_validate_json(s.TERMS.model_dump_json()) == s.TERMS


@pytest.mark.parametrize(
    "said",
    [
        {"title": ""},
        {"priority": 6},
        {"weight": -1},
        {"kind": "hopeful"},
        {"holder": None},
        {"mood": "good"},
    ],
)
def test_terms_outside_the_language_are_not_read(said):
    with pytest.raises(ValidationError):
        ObjectiveTerms.model_validate(s.TERMS.model_dump() | said)


def test_a_key_result_has_a_number_from_1():
    with pytest.raises(ValidationError):
        s.key_result(s.ORDERS, 0, YesNo())
