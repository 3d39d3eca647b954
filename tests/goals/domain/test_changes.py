"""What can be asked to change, as it arrives."""

from uuid import uuid4

import pytest
from pydantic import TypeAdapter, ValidationError

from services.goals.domain.changes import Change, DroppedKeyResult, NewTarget, ReplacedKeyResult

read = TypeAdapter(Change).validate_python


def test_a_change_says_what_it_is_about():
    key_result_id = uuid4()
    change = read({"what": "target", "key_result_id": str(key_result_id), "target": "1000"})
    assert isinstance(change, NewTarget)
    assert (change.target, change.plan) == (1000, None)
    dropped = read({"what": "key_result_dropped", "key_result_id": str(key_result_id)})
    assert isinstance(dropped, DroppedKeyResult)


def test_a_replacement_brings_its_successor():
    successor = {
        "key_result_id": str(uuid4()),
        "title": "Launch abroad",
        "responsible_id": str(uuid4()),
        "measure": {"type": "boolean"},
    }
    change = read(
        {"what": "key_result_replaced", "key_result_id": str(uuid4()), "successor": successor}
    )
    assert isinstance(change, ReplacedKeyResult)
    assert change.successor.weight is None


@pytest.mark.parametrize(
    "asked",
    [
        {"what": "colour"},
        {"what": "target", "target": "1000"},
        {"what": "target", "key_result_id": str(uuid4()), "target": "NaN"},
        {"what": "priority", "priority": 0},
        {"what": "weight", "weight": 10_001},
        {"what": "kind", "kind": "hopeful"},
        {"what": "wording", "title": ""},
        {"what": "holder", "holder": {"kind": "person", "id": str(uuid4())}, "hurry": True},
    ],
)
def test_what_cannot_be_meant_is_not_read(asked):
    with pytest.raises(ValidationError):
        read(asked)
