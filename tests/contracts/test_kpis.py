"""What is published about KPIs never changes its shape, and names nothing but the business."""

import inspect
import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from shared.contracts import kpis as k
from shared.contracts.records import Contract

GOLDEN = Path(__file__).parent / "golden"
KPI, ENTRY, CORRECTION, CHEN, WON, CASES, BATCH = (UUID(int=n) for n in range(1, 8))
Q3 = k.NamedPeriod(code="2026-Q3", first=date(2026, 7, 1), last=date(2026, 9, 30))
Q2 = k.NamedPeriod(code="2026-Q2", first=date(2026, 4, 1), last=date(2026, 6, 30))
SUBJECT = k.Subject(kind="person", id=CHEN)
PROOF = k.Evidence(link="https://erp.example/9", sha256="0" * 64)
DELIVERY = k.Batch(id=BATCH, file="august.csv", row=17)
DEFINITION = {
    "code": "win_rate",
    "name_zh": "赢单率",
    "name_en": "Win rate",
    "unit": "%",
    "direction": "higher",
    "over_time": "ratio_of_sums",
    "over_units": "ratio_of_sums",
    "frequency": "day",
    "grain": "replace",
    "owner_id": CHEN,
    "sources": ("crm", "manual"),
    "numerator_id": WON,
    "denominator_id": CASES,
}
TERMS = k.Terms(
    threshold=Decimal(80),
    target=Decimal(100),
    stretch=Decimal("120.5"),
    plan=(k.PlanPoint(on=date(2026, 7, 31), value=Decimal(30)),),
    share=Decimal("0.5"),
)
ABOUT = {"kpi_id": KPI, "subject": SUBJECT}
COMMITTED = {**ABOUT, "period": Q3}
SAID = {"value": Decimal("9000.50"), "period": "2026-08-14", "observed_on": date(2026, 8, 14)}
EXAMPLES: list[Contract] = [
    k.KpiDefined(**DEFINITION),
    k.KpiRedefined(**DEFINITION, definition=2, reason="new owner", effective_from=date(2026, 8, 1)),
    k.CommitmentOffered(
        **COMMITTED, definition=1, terms_number=1, terms=TERMS, effective_from=date(2026, 7, 1)
    ),
    k.CommitmentRevised(
        **COMMITTED,
        terms_number=2,
        terms=k.Terms(low=Decimal(-1), high=Decimal(1)),
        effective_from=date(2026, 8, 1),
        retroactive=True,
        reason="a large customer left",
        category="external_change",
    ),
    k.CommitmentAgreed(terms_number=2),
    k.CommitmentDisputed(terms_number=2, reason="too high"),
    k.CommitmentSuspended(
        first=date(2026, 8, 1),
        last=date(2026, 8, 10),
        reason="renovation",
    ),
    k.BaselineSet(
        **COMMITTED, value=Decimal(300), taken_from=Q2, method="sum of invoices", evidence=PROOF
    ),
    k.BaselineCorrected(value=Decimal(310), reason="returns"),
    k.Rebaselined(
        value=Decimal(420),
        taken_from=Q2,
        method="sum of invoices",
        reason="merger",
    ),
    k.LedgerOpened(**ABOUT, fiscal_year="2026"),
    k.Measured(
        **ABOUT,
        **SAID,
        entry_id=ENTRY,
        origin="imported",
        source="erp",
        external_id="INV-1",
        batch=DELIVERY,
        evidence=PROOF,
        note="cash",
        after_sealing=True,
        reason="found late",
    ),
    k.MeasurementCorrected(
        **ABOUT, **SAID, entry_id=ENTRY, correction_id=CORRECTION, reason="refund", batch=DELIVERY
    ),
    k.MeasurementWithdrawn(**ABOUT, entry_id=ENTRY, reason="wrong person"),
    k.PeriodSealed(**ABOUT, period=Q3),
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
    declared = {c for c in vars(k).values() if isinstance(c, type) and issubclass(c, Contract)}
    assert {type(e) for e in EXAMPLES} == {c for c in declared if c.record_name}


def test_no_objective_and_no_key_result_is_named() -> None:
    said = inspect.getsource(k) + "".join(
        (GOLDEN / f"{e.record_name}.json").read_text(encoding="utf-8") for e in EXAMPLES
    )
    assert re.findall(r"(?i)objective|key.?result|\bkrs?\b|\bokrs?\b|goal|check.?in", said) == []
