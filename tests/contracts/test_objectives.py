"""What goals publishes: every contract has a golden record, which is added and never edited."""

import inspect
import json
from pathlib import Path

import pytest

from shared.contracts import objective_revisions, objectives
from shared.contracts.records import Contract

GOLDEN = Path(__file__).parent / "golden"
OWN = {
    "cairn.goals.objective.suggested.v1",
    "cairn.goals.objective.suggestion_accepted.v1",
    "cairn.goals.objective.suggestion_declined.v1",
    "cairn.goals.objective.drafted.v1",
    "cairn.goals.objective.redrafted.v1",
    "cairn.goals.key_result.drafted.v1",
    "cairn.goals.key_result.discarded.v1",
    "cairn.goals.objective.post_mortem_written.v1",
}


def published() -> list[type[Contract]]:
    return [
        thing
        for module in (objectives, objective_revisions)
        for thing in vars(module).values()
        if inspect.isclass(thing)
        and issubclass(thing, Contract)
        and thing.record_name
        and thing.__module__ == module.__name__
    ]


@pytest.mark.parametrize("contract", published(), ids=lambda c: c.record_name)
def test_the_golden_record_is_still_read_whole(contract):
    golden = json.loads((GOLDEN / f"{contract.record_name}.json").read_text("utf-8"))
    read = contract.model_validate(golden)
    assert read.model_dump(mode="json", exclude_unset=True) == golden


def test_every_golden_record_has_its_contract():
    named = {contract.record_name for contract in published()}
    assert {path.stem for path in GOLDEN.glob("cairn.goals.*.json")} == named


def test_names_are_unique():
    names = [contract.record_name for contract in published()]
    assert len(names) == len(set(names))


def test_drafts_suggestions_and_post_mortems_never_leave_the_service():
    assert {c.record_name for c in published() if c.audience == "own"} == OWN


def test_no_contract_carries_the_name_of_a_person():
    for contract in published():
        assert not {"name", "person_name"} & contract.model_fields.keys()
