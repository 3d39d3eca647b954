"""What is published about appraisals never changes its shape, and keeps people's texts at home."""

import inspect
import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from shared.contracts import appraisal_parts as p
from shared.contracts import appraisals as a
from shared.contracts.records import Contract

GOLDEN = Path(__file__).parent / "golden"
LI, ZHOU, ZHAO, EAST, SCHEME, KPI, ENTRY, CHANGE, LEDGER = (UUID(int=n) for n in range(1, 10))
D = Decimal
TITLE = p.Title(en="KPIs", zh="业绩指标")
CURVE = p.Curve(
    x="actual",
    form="linear",
    anchors=(p.Anchor(x=D(0), points=D(0)), p.Anchor(x=D("1.5"), points=D(100))),
    before_first=p.End(rule="value", points=D(0)),
    after_last=p.End(rule="hold"),
)
ITEM = p.Item(
    kpi=KPI,
    code="revenue",
    weight=D(100),
    curve=p.CurveChoice(preset="own", curve=CURVE),
    missing="renormalise",
)
RULES = p.Rules(
    sections=(
        p.Section(code="kpi", title=TITLE, kind="kpi", weight=D(70), items=(ITEM,)),
        p.Section(
            code="ability", title=p.Title(en="Ability", zh="能力"), kind="judged", weight=D(30)
        ),
    ),
    missing_section="block",
    missing_reviewer="renormalise",
    self_share=D(20),
    bonus_limit=D(5),
    deduction_limit=D(10),
    bands=(p.Band(name="S", at_least=D(90)), p.Band(name="D", at_least=D(0))),
    shortest_segment=30,
)
PLAN = p.Plan(
    subject=LI,
    period="2026-Q3",
    first=date(2026, 7, 1),
    last=date(2026, 9, 30),
    manager=ZHOU,
    segments=(
        p.Segment(
            first=date(2026, 7, 1),
            last=date(2026, 9, 30),
            unit=EAST,
            scheme=SCHEME,
            scheme_version=1,
            kpi_subject=LI,
        ),
    ),
)
EVIDENCE = p.Evidence(feed="kpis", position=41, stream=LEDGER, version=7)
RESULT = p.Result(
    sections=(
        p.SectionFigure(
            code="kpi",
            kind="kpi",
            weight=D(70),
            points=D("103.5"),
            points_against_original=D(99),
        ),
    ),
    items=(
        p.ItemFigure(
            segment=date(2026, 7, 1),
            kpi=KPI,
            code="revenue",
            weight=D(100),
            direction="higher",
            commitment=ENTRY,
            terms_number=2,
            actual=D(3000000),
            target=D(3000000),
            agreed_target=D(3000000),
            original_target=D(3100000),
            achievement=D(1),
            points=D(100),
            points_against_original=D("96.774194"),
            covered=66,
            due=66,
            missing="none",
            policy="renormalise",
            dropped=False,
            veto=False,
            formula="1 + (3000000 - 3000000) / |3000000|; points(x) = 100",
            evidence=(EVIDENCE,),
        ),
    ),
    bonus=D(0),
    deduction=D(0),
    veto=False,
    total=D("98.75"),
    total_against_original=D("96.10"),
    band="S",
)
MARKS = (p.Mark(section="ability", points=D(90)),)
ADDED = {"entry": ENTRY, "author": ZHOU, "reason": "Saved the fair."}
DECIDED = {"change": CHANGE, "by": ZHAO, "reason": "One zero too many."}
EXAMPLES: list[Contract] = [
    a.SchemeVersionDrafted(
        version=1,
        code="SALES-2026",
        title=TITLE,
        template="sales",
        from_day=date(2026, 7, 1),
        rules=RULES,
    ),
    a.SchemeVersionSigned(version=1, signer=ZHAO),
    a.SchemeVersionPutInForce(version=1, from_day=date(2026, 7, 1)),
    a.AppraisalPlanned(plan=PLAN),
    a.AppraisalReplanned(plan=PLAN, reason="Zhou left."),
    a.SelfReviewOpened(),
    a.SelfReviewGiven(by=LI, marks=MARKS, text="A good quarter."),
    a.SelfReviewClosed(reason="On leave."),
    a.ManagerReviewGiven(by=ZHOU, marks=MARKS, text="Agreed."),
    a.BonusGiven(**ADDED, points=D("4.5")),
    a.DeductionTaken(**ADDED, points=D(1)),
    a.VetoRaised(**ADDED),
    a.EntryWithdrawn(**ADDED),
    a.ResultSealed(by=ZHOU, result=RESULT),
    a.EvidenceChanged(change=CHANGE, kpi=KPI, evidence=EVIDENCE, total_would_be=D("93.85")),
    a.ChangeDismissed(**DECIDED),
    a.Reopened(**DECIDED),
    a.SignedOff(by=ZHAO),
]
PUBLISHED = {
    a.SchemeVersionDrafted,
    a.SchemeVersionSigned,
    a.SchemeVersionPutInForce,
    a.AppraisalPlanned,
    a.SelfReviewOpened,
    a.SignedOff,
}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.record_name)
def test_it_is_written_as_it_always_was(example: Contract) -> None:
    golden = json.loads((GOLDEN / f"{example.record_name}.json").read_text(encoding="utf-8"))
    assert json.loads(example.model_dump_json()) == golden


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.record_name)
def test_what_was_written_can_be_read(example: Contract) -> None:
    golden = (GOLDEN / f"{example.record_name}.json").read_text(encoding="utf-8")
    assert type(example).model_validate_json(golden) == example


def test_every_contract_has_its_example() -> None:
    declared = {c for c in vars(a).values() if isinstance(c, type) and issubclass(c, Contract)}
    assert {type(e) for e in EXAMPLES} == {c for c in declared if c.record_name}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.record_name)
def test_marks_texts_reasons_and_results_stay_at_home(example: Contract) -> None:
    assert (example.audience == "published") == (type(example) in PUBLISHED)
    if example.audience == "published":
        said = set(example.model_dump())
        assert not said & {"marks", "text", "reason", "points", "result", "total_would_be"}


def test_no_objective_and_no_key_result_is_named() -> None:
    source = inspect.getsource(a) + inspect.getsource(p)
    told = re.sub(r'""".*?"""', "", source, flags=re.DOTALL) + "".join(
        (GOLDEN / f"{e.record_name}.json").read_text(encoding="utf-8") for e in EXAMPLES
    )
    assert re.findall(r"(?i)objective|key.?result|\bkrs?\b|\bokrs?\b|check.?in", told) == []
