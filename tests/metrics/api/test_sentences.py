"""Every kind of fact has its sentence, in both languages."""

import re
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from babel.messages.pofile import read_po

from services.metrics.api import sentences
from services.metrics.domain import baseline, commitment, key_result_ledger, kpi, kpi_ledger
from services.metrics.domain.calendar import NamedPeriod
from services.metrics.domain.subjects import Subject
from services.metrics.domain.terms import Terms
from services.metrics.feed.translation import TRANSLATION
from shared.kernel.facts import Fact
from tests.support.sources import ROOT

ONE, DAY = UUID(int=1), date(2026, 8, 14)
CHEN = Subject(kind="person", id=ONE)
Q3 = NamedPeriod(code="2026-Q3", first=date(2026, 7, 1), last=date(2026, 9, 30))
TARGET, BOUNDS = Terms(target=Decimal("400.50")), Terms(low=Decimal(-1), high=Decimal(1))
STOOD = baseline.Baseline(value=Decimal("300.00"), taken_from=Q3, method="invoices")
ABOUT = {"kpi_id": ONE, "subject": CHEN}
PROMISE = {**ABOUT, "period": Q3, "terms_number": 2, "effective_from": DAY}
ENTRY = {"key_result_id": ONE, "entry_id": ONE, "observed_on": DAY}
FIRST = {**ENTRY, "responsible_id": ONE, "origin": "typed"}
FIX = {**ENTRY, "correction_id": ONE, "reason": "typo"}
FIGURE = {**ABOUT, "entry_id": ONE, "value": Decimal("1E+3"), "period": "x", "observed_on": DAY}
MEASURED = {**FIGURE, "origin": "typed", "source": "erp"}
WHY = {"reason": "why", "category": "learned", "retroactive": False, "revision_id": ONE}
DEFINITION = kpi.Definition(
    code="REVENUE",
    name_zh="收入",
    name_en="Revenue",
    unit="CNY",
    direction="higher",
    over_time="sum",
    over_units="sum",
    frequency="day",
    grain="replace",
    owner_id=ONE,
)
TOLD: list[tuple[Fact, str]] = [
    (
        key_result_ledger.CheckedIn(**FIRST, value=Decimal("12.50"), confidence=7),
        "{actor} checked in for 2026-08-14: 12.5, confidence 7.",
    ),
    (
        key_result_ledger.CheckedIn(**FIRST, milestones_done=("design", "live")),
        "{actor} checked in for 2026-08-14: design, live.",
    ),
    (
        key_result_ledger.CheckedIn(**FIRST, confidence=0),
        "{actor} checked in for 2026-08-14: confidence 0.",
    ),
    (key_result_ledger.CheckedIn(**FIRST), "{actor} checked in for 2026-08-14."),
    (
        key_result_ledger.CheckInWorded(
            key_result_id=ONE, entry_id=ONE, progress="", obstacles="", support_needed=""
        ),
        "{actor} put the check-in into words.",
    ),
    (
        key_result_ledger.CheckInCorrected(**FIX, level="good"),
        "{actor} corrected a check-in; for 2026-08-14 it says good.",
    ),
    (
        key_result_ledger.CheckInCorrected(**FIX, confidence=3),
        "{actor} corrected a check-in of 2026-08-14.",
    ),
    (
        key_result_ledger.CheckInWithdrawn(key_result_id=ONE, entry_id=ONE, reason="why"),
        "{actor} withdrew a check-in.",
    ),
    (kpi.Defined(definition=DEFINITION), "{actor} defined the KPI REVENUE."),
    (
        kpi.Redefined(definition=DEFINITION, number=2, effective_from=DAY, reason="why"),
        "{actor} gave the KPI REVENUE version 2 of its definition, from 2026-08-14 on.",
    ),
    (
        commitment.Offered(**PROMISE, definition=1, terms=TARGET),
        "{actor} offered a target of 400.5 for 2026-Q3.",
    ),
    (
        commitment.Offered(**PROMISE, definition=1, terms=BOUNDS),
        "{actor} offered bounds from -1 to 1 for 2026-Q3.",
    ),
    (
        commitment.Revised(**PROMISE, **WHY, terms=TARGET),
        "{actor} put forward a new target of 400.5 for 2026-Q3, from 2026-08-14 on.",
    ),
    (
        commitment.Revised(**PROMISE, **WHY, terms=BOUNDS),
        "{actor} put forward new bounds from -1 to 1 for 2026-Q3, from 2026-08-14 on.",
    ),
    (commitment.Agreed(terms_number=2), "{actor} agreed to terms no. 2."),
    (commitment.Disputed(terms_number=2, reason="why"), "{actor} disputed terms no. 2."),
    (
        commitment.Suspended(first=DAY, last=DAY, reason="why"),
        "{actor} suspended the days from 2026-08-14 to 2026-08-14.",
    ),
    (
        baseline.BaselineSet(**ABOUT, period=Q3, baseline=STOOD),
        "{actor} set the baseline at 300, taken from 2026-Q3.",
    ),
    (
        baseline.BaselineCorrected(value=Decimal(310), reason="why"),
        "{actor} corrected the baseline to 310.",
    ),
    (
        baseline.Rebaselined(baseline=STOOD, reason="why"),
        "{actor} took the baseline anew from 2026-Q3: 300.",
    ),
    (
        kpi_ledger.LedgerOpened(**ABOUT, fiscal_year="2026"),
        "The ledger of 2026 was opened.",
    ),
    (kpi_ledger.Measured(**MEASURED), "{actor} recorded 1000 for 2026-08-14 from erp."),
    (
        kpi_ledger.Measured(**MEASURED, after_sealing=True),
        "{actor} recorded 1000 for 2026-08-14 from erp, after sealing.",
    ),
    (
        kpi_ledger.MeasurementCorrected(**FIGURE, correction_id=ONE, reason="why"),
        "{actor} corrected the figure of 2026-08-14 to 1000.",
    ),
    (
        kpi_ledger.MeasurementCorrected(
            **FIGURE, correction_id=ONE, reason="why", after_sealing=True
        ),
        "{actor} corrected the figure of 2026-08-14 to 1000, after sealing.",
    ),
    (
        kpi_ledger.MeasurementWithdrawn(**ABOUT, entry_id=ONE, reason="why"),
        "{actor} withdrew a figure.",
    ),
    (kpi_ledger.PeriodSealed(**ABOUT, period=Q3), "{actor} sealed 2026-Q3."),
]


@pytest.mark.parametrize(("fact", "sentence"), TOLD, ids=lambda one: type(one).__name__)
def test_each_fact_is_a_sentence(fact, sentence):
    template, details = sentences.told(fact)
    assert template.format(actor="{actor}", **details) == sentence


def test_every_published_fact_has_its_sentence():
    assert {entry.fact for entry in TRANSLATION.entries} == {type(fact) for fact, _ in TOLD}


def test_an_unknown_fact_is_told_by_its_name():
    assert sentences.told(Fact()) == ("", {})


def test_every_sentence_is_told_in_chinese_with_the_same_details():
    file = ROOT / "services/metrics/locales/zh_CN/LC_MESSAGES/stories.po"
    with file.open("rb") as stream:
        chinese = {str(m.id): str(m.string) for m in read_po(stream) if m.id and not m.fuzzy}
    templates = {v for k, v in vars(sentences).items() if k.isupper()}
    assert set(chinese) == templates
    for template, said in chinese.items():
        assert set(re.findall(r"{\w+}", template)) == set(re.findall(r"{\w+}", said)), template
