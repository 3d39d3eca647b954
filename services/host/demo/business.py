"""The rows about KPIs, commitments, daily measurements and their corrections."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from services.host.demo.figures import amount, around, spread, working_days
from services.host.demo.telling import in_language, plain, told
from services.host.importing.layout.words import Language
from services.host.importing.writing import Entry

KPI_KEYS = ("code", "name_zh", "name_en", "unit", "direction", "over_time", "numerator")
MORE_KPI_KEYS = ("denominator", "over_units", "frequency", "grain", "owner", "sources")
COUNTED = ("REVENUE", "COLLECTIONS", "OPPORTUNITIES", "ORDERS_WON")
PROMISED = ("threshold", "target", "stretch", "baseline")


def kpis() -> list[Entry]:
    """The six definitions."""
    story = told("business")
    return [
        {**plain(kpi, *KPI_KEYS, *MORE_KPI_KEYS), **plain(story, "defined_by", "defined_on")}
        for kpi in story["kpis"]
    ]


def commitments(language: Language) -> list[Entry]:
    """Six commitments for each of twelve sellers, offered by their manager and agreed."""
    story = told("business")
    managers = {person["code"]: person["manager"] for person in told("company")["people"]}
    return [
        {
            "kpi": kpi["code"],
            "subject": seller,
            "period": "2026-Q3",
            **_promise(kpi["code"], terms["targets"]),
            "baseline_period": "2026-Q2",
            "baseline_method": in_language(story["baseline_method"], language),
            "offered_by": managers[seller],
            "offered_on": story["offered_on"],
            "agreed_on": story["agreed_on"],
        }
        for seller, terms in story["sellers"].items()
        for kpi in story["kpis"]
    ]


def _promise(kpi: str, targets: list[int]) -> dict[str, Decimal]:
    story = told("business")
    if kpi in story["same_for_all"]:
        said = [amount(value) for value in story["same_for_all"][kpi]]
    else:
        target = targets[COUNTED.index(kpi)]
        said = [amount(share) * target for share in story["in_proportion"][kpi]]
    return dict(zip(PROMISED, said, strict=True))


def measurements() -> list[Entry]:
    """Every figure of every working day in order, the mistyped one as it was typed at first."""
    story = told("business")
    rows = [row for seller in story["sellers"] for row in _figures_of(seller)]
    return sorted(rows, key=lambda row: (row["observed_on"], row["subject"], row["code"]))


def _figures_of(seller: str) -> Iterator[dict[str, Any]]:
    story = told("business")
    sources = {kpi["code"]: kpi["sources"] for kpi in story["kpis"]}
    for kpi, by_day in daily(seller).items():
        for day, value in by_day.items():
            row = {
                "code": code_of(kpi, seller, day),
                "kpi": kpi,
                "subject": seller,
                "observed_on": day,
                "value": amount(value),
                "source": sources[kpi][0],
            }
            yield _as_first_said(row)


def daily(seller: str) -> dict[str, dict[date, int]]:
    """What one seller's quarter came to, day by day, for each KPI that is measured."""
    story, company = told("business"), told("company")
    cycle = company["cycle"]
    days = list(
        working_days(cycle["first"], cycle["last"], company["days_off"], company["make_up_days"])
    )
    *sums, response = story["sellers"][seller]["actual"]
    shares = story["months"]["shares"]
    figures = {
        kpi: spread(total, days, f"{kpi} {seller}", shares)
        for kpi, total in zip(COUNTED, sums, strict=True)
    }
    return {**figures, "FIRST_RESPONSE": around(response, days, f"FIRST_RESPONSE {seller}")}


def code_of(kpi: str, seller: str, day: date) -> str:
    """The external id of one figure."""
    return f"{kpi}-{seller}-{day:%Y%m%d}"


def _as_first_said(row: dict[str, Any]) -> dict[str, Any]:
    wrong, late = told("business")["mistyped"], told("business")["late"]
    if row["code"] == code_of(wrong["kpi"], wrong["subject"], wrong["day"]):
        return {**row, "value": row["value"] * wrong["times"]}
    if row["code"] == code_of(late["kpi"], late["subject"], late["day"]):
        return {**row, "recorded_on": late["recorded_on"]}
    return row


def corrections(language: Language) -> list[Entry]:
    """The mistyped figure, put right."""
    wrong = told("business")["mistyped"]
    code = code_of(wrong["kpi"], wrong["subject"], wrong["day"])
    return [
        {
            "code": f"K-{code}",
            "corrects": code,
            "value": amount(daily(wrong["subject"])[wrong["kpi"]][wrong["day"]]),
            "reason": in_language(wrong["reason"], language),
            "by": wrong["by"],
            "recorded_on": wrong["corrected_on"],
        }
    ]
