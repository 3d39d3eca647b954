from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from services.host.demo.quarter import LANGUAGES, folder, quarter, workbook, write_all
from services.host.importing.layout.words import Language

EN: dict[str, list[dict[str, Any]]] = {
    sheet: [dict(row) for row in rows] for sheet, rows in quarter("en").items()
}


def test_the_shipped_files_are_what_the_generator_writes(tmp_path: Path) -> None:
    write_all(tmp_path)
    for language in LANGUAGES:
        book, files = workbook(language), folder(language)
        assert (tmp_path / book.name).read_bytes() == book.read_bytes(), "write them anew"
        written = {path.name: path.read_bytes() for path in (tmp_path / files.name).iterdir()}
        assert written == {path.name: path.read_bytes() for path in files.iterdir()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_in_the_language_of_the_file(language: Language) -> None:
    texts = [row["title"] for row in quarter(language)["objectives"]]
    chinese = [any("一" <= letter <= "鿿" for letter in str(text)) for text in texts]
    assert all(chinese) if language == "zh" else not any(chinese)


def test_the_company_is_complete() -> None:
    assert len(EN["people"]) == 18
    assert [unit["code"] for unit in EN["units"]] == ["FARHILL", "SALES", "EAST", "SOUTH"]
    assert {day["day"]: day["kind"] for day in EN["working_days"]}[date(2026, 9, 20)] == "make_up"


def test_there_are_key_results_of_every_measure_and_kind() -> None:
    levels = Counter(objective["level"] for objective in EN["objectives"])
    assert levels == {"department": 3, "person": 9}
    assert len(EN["key_results"]) == 32
    types = Counter(key_result["type"] for key_result in EN["key_results"])
    assert set(types) == {"metric", "threshold", "milestone", "boolean", "rubric", "baseline"}
    assert {k.get("judged") for k in EN["key_results"]} == {None, "instant", "period_ratio"}
    assert {k.get("operator") for k in EN["key_results"]} == {
        None,
        "at_least",
        "at_most",
        "between",
    }
    growing = {
        key_result["target"] > key_result["baseline"]
        for key_result in EN["key_results"]
        if key_result["type"] == "metric"
    }
    assert growing == {True, False}
    assert {o["kind"] for o in EN["objectives"]} == {"committed", "aspirational"}
    assert sum(1 for k in EN["key_results"] if k.get("kpi")) == 4
    assert {o["origin"] for o in EN["objectives"]} == {
        "strategy",
        "department_priority",
        "market_or_customer",
        "breakthrough",
    }


def test_the_target_of_new_customers_went_down_and_up_again() -> None:
    said = [(r["key_result"], r["what"], r.get("value"), r["category"]) for r in EN["revisions"]]
    assert said == [
        ("D1-1", "target", Decimal(1000), "external_change"),
        ("D2-4", "dropped", None, "resources"),
        ("D3-1", "weight", Decimal(25), "learned"),
        ("D1-1", "target", Decimal(1100), "learned"),
    ]
    assert all(r["approved_by"] != r["asked_by"] for r in EN["revisions"])


def test_new_customers_of_the_teams_add_up_to_those_of_the_department() -> None:
    values: dict[str, list[Decimal]] = {}
    for row in EN["check_ins"]:
        values.setdefault(row["key_result"], []).append(row.get("value"))
    pairs = zip(values["P1-1"], values["P2-1"], strict=True)
    assert [east + south for east, south in pairs] == values["D1-1"]
    assert values["D1-1"][-1] == 1_045


def test_the_renewal_rate_goes_below_its_baseline_and_comes_back() -> None:
    values = [r["value"] for r in EN["check_ins"] if r["key_result"] == "D2-1"]
    assert min(values) == 78
    assert values[-1] == 88


def test_there_are_thirteen_check_in_days_and_all_are_working_days() -> None:
    days = sorted({row["observed_on"] for row in EN["check_ins"]})
    assert len(days) == 13
    off = {row["day"] for row in EN["working_days"] if row["kind"] == "day_off"}
    assert all(day.weekday() < 5 and day not in off for day in days)


def test_six_kpis_and_a_commitment_of_each_of_twelve_sellers() -> None:
    assert len(EN["kpis"]) == 6
    assert len(EN["commitments"]) == 72
    assert len({row["subject"] for row in EN["commitments"]}) == 12
    assert all(row[key] for row in EN["commitments"] for key in ("baseline", "agreed_on"))


def figures(kpi: str, subject: str) -> dict[date, Decimal]:
    """What one seller's KPI came to each day once everything was put right."""
    right = {row["corrects"]: row["value"] for row in EN["corrections"]}
    return {
        row["observed_on"]: right.get(row["code"], row["value"])
        for row in EN["measurements"]
        if (row["kpi"], row["subject"]) == (kpi, subject)
    }


def test_every_seller_has_a_figure_on_every_working_day() -> None:
    for row in EN["commitments"]:
        if row["kpi"] != "WIN_RATE":
            assert len(figures(row["kpi"], row["subject"])) == 66


def test_the_sums_of_the_quarter_are_round_and_so_are_their_months() -> None:
    revenue = figures("REVENUE", "E021")
    months = [sum(v for day, v in revenue.items() if day.month == m) for m in (7, 8, 9)]
    assert months == [900_000, 960_000, 1_140_000]
    corrected = figures("REVENUE", "E022")
    assert sum(corrected.values()) == 2_640_000
    response = figures("FIRST_RESPONSE", "E021")
    assert sum(response.values()) / len(response) == 10


def test_one_figure_was_mistyped_and_one_came_late() -> None:
    late = [row for row in EN["measurements"] if row.get("recorded_on")]
    assert [(row["subject"], row["observed_on"], row["recorded_on"]) for row in late] == [
        ("E036", date(2026, 7, 23), date(2026, 7, 29)),
    ]
    assert len(EN["corrections"]) == 2
    wrong = next(
        row for row in EN["measurements"] if row["code"] == EN["corrections"][0]["corrects"]
    )
    assert wrong["value"] == EN["corrections"][0]["value"] * 10


def test_twelve_appraisals_and_reviews_of_some() -> None:
    assert len(EN["appraisals"]) == 12
    reviewed = Counter(row["reviewer"] for row in EN["reviews"])
    assert reviewed == {"self": 18, "manager": 16}
