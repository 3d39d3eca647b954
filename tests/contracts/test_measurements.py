"""What is published about key results' ledgers never changes its shape, and carries no words."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from shared.contracts import measurements as m
from shared.contracts.records import Contract

GOLDEN = Path(__file__).parent / "golden"
KEY_RESULT, ENTRY, CORRECTION, CHEN = (UUID(int=n) for n in range(1, 5))
FIGURES = {
    "observed_on": date(2026, 8, 14),
    "value": Decimal("612.5"),
    "milestones_done": ("pilot",),
    "level": "good",
    "confidence": 7,
    "reported_status": "behind",
}
EXAMPLES: list[Contract] = [
    m.CheckedIn(
        key_result_id=KEY_RESULT,
        entry_id=ENTRY,
        responsible_id=CHEN,
        origin="imported",
        source="workbook",
        external_id="KR-7/14",
        **FIGURES,
    ),
    m.CheckInCorrected(
        key_result_id=KEY_RESULT, entry_id=ENTRY, correction_id=CORRECTION, **FIGURES
    ),
    m.CheckInWithdrawn(key_result_id=KEY_RESULT, entry_id=ENTRY),
    m.CheckInWorded(
        key_result_id=KEY_RESULT,
        entry_id=ENTRY,
        progress="签了三家",
        obstacles="样机不足",
        support_needed="两台样机",
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.record_name)
def test_it_is_written_as_it_always_was(example: Contract) -> None:
    golden = json.loads((GOLDEN / f"{example.record_name}.json").read_text(encoding="utf-8"))
    assert json.loads(example.model_dump_json()) == golden


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.record_name)
def test_what_was_written_can_be_read(example: Contract) -> None:
    golden = (GOLDEN / f"{example.record_name}.json").read_text(encoding="utf-8")
    assert type(example).model_validate_json(golden) == example


def test_every_contract_has_its_example() -> None:
    declared = {c for c in vars(m).values() if isinstance(c, type) and issubclass(c, Contract)}
    assert {type(e) for e in EXAMPLES} == {c for c in declared if c.record_name}


def test_words_never_leave_the_service() -> None:
    assert m.CheckInWorded.audience == "own"
    words = {"progress", "obstacles", "support_needed", "reason", "note", "text"}
    told = {f for e in EXAMPLES if e.audience == "published" for f in type(e).model_fields}
    assert told & words == set()
