from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from services.host.demo.quarter import folder, workbook
from services.host.importing.checks.known import NothingKnown
from services.host.importing.faults import sentences
from services.host.importing.reading import read_book
from services.host.importing.validation import faults_of
from tests.support.workbooks import Rows, book_of, codes_after, small

Case = tuple[str, Callable[[Rows], object], tuple[str, str, str]]


def put(sheet: str, number: int, **cells: Any) -> Callable[[Rows], object]:
    """Cells of the n-th row (from 0) that say something else."""
    return lambda rows: rows[sheet][number].update(cells)


def at(sheet: str, row_code: str, /, **cells: Any) -> Callable[[Rows], object]:
    """Cells of the row with this code that say something else."""
    return lambda rows: next(r for r in rows[sheet] if r["code"] == row_code).update(cells)


def also(sheet: str, number: int, **cells: Any) -> Callable[[Rows], object]:
    """One more row, like the n-th but for these cells."""
    return lambda rows: rows[sheet].append({**rows[sheet][number], **cells})


def without(sheet: str, column: str, value: Any) -> Callable[[Rows], object]:
    """No rows that say this in this column."""

    def change(rows: Rows) -> None:
        rows[sheet] = [row for row in rows[sheet] if row[column] != value]

    return change


CASES: list[tuple[Callable[[Rows], object], tuple[str, str, str]]] = [
    # Everywhere
    (also("units", 3), ("row_twice", "units", "code")),
    (also("measurements", 0), ("row_twice", "measurements", "code")),
    (put("people", 3, unit="NORTH"), ("unknown_code", "people", "unit")),
    (put("objectives", 3, supports=("D9",)), ("unknown_code", "objectives", "supports")),
    (at("key_results", "D2-4", code="D1"), ("code_elsewhere", "key_results", "code")),
    # Organisation
    (put("units", 0, parent="EAST"), ("circle", "units", "parent")),
    (put("units", 0, parent="FARHILL"), ("circle", "units", "parent")),
    (put("people", 0, manager="E021"), ("circle", "people", "manager")),
    (put("people", 0, manager="E001"), ("own_manager", "people", "manager")),
    (put("people", 0, share=Decimal(120)), ("share_out_of_range", "people", "share")),
    (put("people", 0, share=Decimal("50.005")), ("too_fine", "people", "share")),
    (put("periods", 0, last=date(2025, 1, 1)), ("days_reversed", "periods", "last")),
    # Cycles and objectives
    (put("cycles", 0, mid_review=date(2026, 10, 1)), ("outside_cycle", "cycles", "mid_review")),
    (put("cycles", 0, last=date(2026, 6, 1)), ("days_reversed", "cycles", "last")),
    (
        put("objectives", 0, published_on=date(2026, 6, 1)),
        ("days_reversed", "objectives", "published_on"),
    ),
    (
        put("objectives", 0, published_on=date(2026, 10, 1)),
        ("outside_cycle", "objectives", "published_on"),
    ),
    (put("objectives", 0, holder="E010"), ("holder_of_other_kind", "objectives", "holder")),
    (put("objectives", 3, holder="EAST"), ("holder_of_other_kind", "objectives", "holder")),
    (put("objectives", 0, priority=6), ("out_of_range", "objectives", "priority")),
    (put("objectives", 0, contributes_to=("P1-1",)), ("circle", "objectives", "contributes_to")),
    (put("objectives", 0, supports=("D1-2",)), ("supports_itself", "objectives", "supports")),
    # Key results
    (at("key_results", "D1-1", target=None), ("needed_for", "key_results", "target")),
    (at("key_results", "D1-1", low=Decimal(1)), ("not_used_for", "key_results", "low")),
    (
        at("key_results", "D1-1", target=Decimal(0)),
        ("target_equals_baseline", "key_results", "target"),
    ),
    (at("key_results", "D1-1", stretch=Decimal(900)), ("stretch_short", "key_results", "stretch")),
    (at("key_results", "D3-1", operator=None), ("needed_for", "key_results", "operator")),
    (at("key_results", "D3-1", low=None), ("needed_for", "key_results", "low")),
    (at("key_results", "D3-2", judged_by=None), ("needed_for", "key_results", "judged_by")),
    (at("key_results", "P6-2", low=Decimal(4)), ("bounds_crossed", "key_results", "low")),
    (
        at("key_results", "D1-2", deadline=date(2026, 10, 1)),
        ("outside_cycle", "key_results", "deadline"),
    ),
    (at("key_results", "P3-1", kpi_subject=None), ("needed_for", "key_results", "kpi_subject")),
    (
        at("key_results", "P3-1", baseline=Decimal(9)),
        ("sum_begins_at_zero", "key_results", "baseline"),
    ),
    (at("key_results", "D1-1", weight=Decimal(101)), ("out_of_range", "key_results", "weight")),
    (at("key_results", "D3-1", weight=Decimal(100)), ("weights_full", "key_results", "weight")),
    (without("steps", "key_result", "D1-3"), ("no_steps", "key_results", "type")),
    (also("steps", 0, key_result="D1-1"), ("steps_not_wanted", "steps", "key_result")),
    (put("steps", 0, due=None), ("needed_for", "steps", "due")),
    (put("steps", 0, weight=Decimal("0.5")), ("not_whole", "steps", "weight")),
    (put("steps", 4, value=Decimal(2)), ("out_of_range", "steps", "value")),
    (put("plan_points", 0, day=date(2026, 10, 1)), ("plan_off_window", "plan_points", "day")),
    (put("plan_points", 0, key_result="D1-3"), ("not_used_for", "plan_points", "key_result")),
    (at("key_results", "D1-2", weight=Decimal("3.333")), ("too_fine", "key_results", "weight")),
    (at("key_results", "D1-2", title="x" * 301), ("too_long", "key_results", "title")),
    # Revisions
    (put("revisions", 2, value=Decimal("2.555")), ("too_fine", "revisions", "value")),
    (put("revisions", 0, value=None), ("needed_for", "revisions", "value")),
    (put("revisions", 0, value=Decimal(0)), ("target_equals_baseline", "revisions", "value")),
    (put("revisions", 0, key_result="D3-1"), ("not_used_for", "revisions", "what")),
    (put("revisions", 1, value=Decimal(5)), ("not_used_for", "revisions", "value")),
    (put("revisions", 2, value=Decimal(120)), ("out_of_range", "revisions", "value")),
    (put("revisions", 0, approved_by="E010"), ("own_approval", "revisions", "approved_by")),
    (
        put("revisions", 0, effective_from=date(2026, 7, 1)),
        ("before_publication", "revisions", "effective_from"),
    ),
    (put("revisions", 3, key_result="D2-4"), ("already_dropped", "revisions", "key_result")),
    # Check-ins and corrections
    (
        put("check_ins", 0, recorded_on=date(2026, 7, 9)),
        ("recorded_too_early", "check_ins", "observed_on"),
    ),
    (
        put("check_ins", 0, observed_on=date(2026, 7, 1)),
        ("before_publication", "check_ins", "observed_on"),
    ),
    (put("check_ins", 0, value=None, confidence=None), ("says_nothing", "check_ins", "key_result")),
    (put("check_ins", 0, confidence=11), ("out_of_range", "check_ins", "confidence")),
    (put("check_ins", 0, level="Gold"), ("not_used_for", "check_ins", "level")),
    (put("check_ins", 0, key_result="P3-1"), ("measured_by_kpi", "check_ins", "value")),
    (put("check_ins", 0, key_result="P4-3"), ("not_yes_or_no_value", "check_ins", "value")),
    (at("check_ins", "C-D3-3-01", level="Perfect"), ("not_a_step", "check_ins", "level")),
    (
        at("check_ins", "C-D1-3-03", milestones_done=("Party",)),
        ("not_a_step", "check_ins", "milestones_done"),
    ),
    (
        put("corrections", 0, recorded_on=date(2026, 8, 1)),
        ("corrected_too_early", "corrections", "recorded_on"),
    ),
    (
        put("corrections", 0, observed_on=date(2026, 9, 1)),
        ("recorded_too_early", "corrections", "observed_on"),
    ),
    # KPIs
    (at("kpis", "WIN_RATE", numerator=None), ("needed_for", "kpis", "numerator")),
    (at("kpis", "REVENUE", numerator="ORDERS_WON"), ("not_used_for", "kpis", "numerator")),
    (at("kpis", "WIN_RATE", numerator="WIN_RATE"), ("ratio_of_ratios", "kpis", "numerator")),
    (at("kpis", "REVENUE", sources=("crm", "goals")), ("fed_from_goals", "kpis", "sources")),
    (
        put("commitments", 0, agreed_on=date(2026, 6, 1)),
        ("days_reversed", "commitments", "agreed_on"),
    ),
    (put("commitments", 0, offered_by="E021"), ("own_promise", "commitments", "offered_by")),
    (put("commitments", 0, baseline_period=None), ("needed_for", "commitments", "baseline_period")),
    (
        put("commitments", 0, threshold=Decimal(4_000_000)),
        ("promise_out_of_order", "commitments", "target"),
    ),
    (
        put("commitments", 5, threshold=Decimal(9)),
        ("promise_out_of_order", "commitments", "target"),
    ),
    (
        put("measurements", 0, recorded_on=date(2026, 6, 30)),
        ("recorded_too_early", "measurements", "observed_on"),
    ),
    (put("measurements", 0, kpi="WIN_RATE"), ("ratio_is_computed", "measurements", "kpi")),
    (put("measurements", 0, source="rumour"), ("source_not_listed", "measurements", "source")),
    (at("kpis", "REVENUE", code="销售收入"), ("kpi_code", "kpis", "code")),
    # Appraisal
    (put("reviews", 0, points=Decimal("9.00001")), ("too_fine", "reviews", "points")),
    (without("scheme_kpis", "place", "revenue"), ("places_missing", "schemes", "template")),
    (put("schemes", 0, signers=("E001",)), ("two_signers", "schemes", "signers")),
    (put("schemes", 0, signed_on=date(2026, 6, 1)), ("days_reversed", "schemes", "signed_on")),
    (put("appraisals", 0, manager="E021"), ("about_oneself", "appraisals", "manager")),
    (put("appraisals", 0, planned_by="E021"), ("about_oneself", "appraisals", "planned_by")),
    (put("reviews", 0, points=Decimal(101)), ("out_of_range", "reviews", "points")),
    (
        put("reviews", 0, recorded_on=date(2026, 10, 1)),
        ("self_review_not_open", "reviews", "recorded_on"),
    ),
    (
        put("appraisals", 0, self_review_from=None),
        ("self_review_not_open", "reviews", "recorded_on"),
    ),
    (without("reviews", "reviewer", "self"), ("manager_before_self", "reviews", "recorded_on")),
]


@pytest.mark.parametrize(("change", "fault"), CASES, ids=["-".join(case[1]) for case in CASES])
def test_what_does_not_hold_together_is_named(
    tmp_path: Path, change: Callable[[Rows], object], fault: tuple[str, str, str]
) -> None:
    assert fault in codes_after(tmp_path, change)


def test_the_small_quarter_holds_together(tmp_path: Path) -> None:
    assert codes_after(tmp_path, lambda rows: None) == set()


@pytest.mark.parametrize("path", [workbook("zh"), workbook("en"), folder("zh"), folder("en")])
def test_the_shipped_quarter_holds_together(path: Path) -> None:
    assert faults_of(read_book(path)) == []


def test_a_code_that_is_known_already_need_not_be_in_the_file(tmp_path: Path) -> None:
    class Organisation(NothingKnown):
        def knows(self, sheet: str, code: str) -> bool:
            return sheet in {"people", "units", "periods"} and code != "E021"

    rows = small()
    for sheet in ("people", "units", "periods", "working_days"):
        del rows[sheet]
    found = faults_of(book_of(tmp_path, rows), Organisation())
    assert {(fault.code, fault.details["value"]) for fault in found} == {("unknown_code", "E021")}


def test_a_closed_cycle_takes_nothing_more(tmp_path: Path) -> None:
    class Closed(NothingKnown):
        def is_closed(self, cycle: str) -> bool:
            return cycle == "2026-Q3"

    found = faults_of(book_of(tmp_path, small()), Closed())
    assert {(fault.code, fault.sheet) for fault in found} == {
        ("cycle_closed", "cycles"),
        ("cycle_closed", "objectives"),
    }


def test_of_a_cell_that_cannot_be_read_nothing_more_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "quarter"
    book_of(folder, small())
    sheet = folder / "key_results.csv"
    text = sheet.read_text(encoding="utf-8-sig")
    sheet.write_text(text.replace("0,1200,1400", "0,many,1400"), encoding="utf-8")
    found = faults_of(read_book(folder))
    assert [(fault.code, fault.row, fault.column) for fault in found] == [
        ("not_a_number", 2, "Target"),
    ]


def test_faults_come_in_the_order_of_sheets_and_rows(tmp_path: Path) -> None:
    rows = small()
    rows["check_ins"][4]["confidence"] = 11
    rows["check_ins"][2]["confidence"] = 12
    rows["people"][0]["share"] = Decimal(0)
    found = faults_of(book_of(tmp_path, rows))
    assert [(fault.sheet, fault.row) for fault in found] == [
        ("people", 2),
        ("check_ins", 4),
        ("check_ins", 6),
    ]


def test_a_fault_says_what_is_wrong_and_what_to_do_in_both_languages(tmp_path: Path) -> None:
    rows = small()
    rows["check_ins"][0]["confidence"] = 11
    (fault,) = faults_of(book_of(tmp_path, rows))
    assert fault.wrong("en") == "11 lies outside 0 to 10."
    assert fault.remedy("zh") == "请填写该范围内的数值。"


@pytest.mark.parametrize("code", sorted(sentences()))
def test_every_fault_has_a_sentence_and_a_remedy_in_both_languages(code: str) -> None:
    for said in sentences()[code]:
        assert said.en.endswith((".", ";", "}"))
        assert any("一" <= letter <= "鿿" for letter in said.zh)
