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


@pytest.mark.parametrize(
    ("aspect", "words"),
    [
        ("level", ["company", "department", "team", "person"]),
        ("origin", ["strategy", "department_priority", "market_or_customer", "breakthrough"]),
        ("objective_class", ["base", "breakthrough"]),
        ("kind", ["committed", "aspirational"]),
    ],
)
def test_an_objective_says_its_level_origin_class_and_kind(aspect, words):
    for word in words:
        said = ObjectiveTerms.model_validate(s.TERMS.model_dump() | {aspect: word})
        assert getattr(said, aspect) == word
    with pytest.raises(ValidationError):
        ObjectiveTerms.model_validate(s.TERMS.model_dump() | {aspect: "another"})


def test_a_key_result_has_a_number_from_1():
    with pytest.raises(ValidationError):
        s.key_result(s.ORDERS, 0, YesNo())
