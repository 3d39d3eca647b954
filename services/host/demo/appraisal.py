"""The rows about the scheme, the appraisals and the reviews given so far."""

from services.host.demo.figures import amount
from services.host.demo.telling import Told, in_language, plain, told
from services.host.importing.layout.words import Language
from services.host.importing.writing import Entry

SCHEME_KEYS = ("code", "title_zh", "title_en", "template", "from", "drafted_by", "drafted_on")
REVIEWERS = ("self", "manager")


def schemes() -> list[Entry]:
    """The sales scheme."""
    return [plain(told("appraisal")["scheme"], *SCHEME_KEYS, "signers", "signed_on")]


def scheme_kpis() -> list[Entry]:
    """Which KPI stands for which KPI of the template."""
    story = told("appraisal")
    return [
        {"scheme": story["scheme"]["code"], "place": place, "kpi": kpi}
        for place, kpi in story["places"].items()
    ]


def appraisals() -> list[Entry]:
    """One appraisal for each of the twelve sellers."""
    story = told("appraisal")
    managers = {person["code"]: person["manager"] for person in told("company")["people"]}
    return [
        {
            "code": code_of(seller),
            "subject": seller,
            "period": "2026-Q3",
            "scheme": story["scheme"]["code"],
            "manager": managers[seller],
            **plain(story["appraisals"], "planned_by", "planned_on", "self_review_from"),
        }
        for seller in told("business")["sellers"]
    ]


def code_of(seller: str) -> str:
    """The code of a seller's appraisal."""
    return f"A-{seller}-2026-Q3"


def reviews(language: Language) -> list[Entry]:
    """The marks given so far, in the order in which they were given."""
    return [
        row
        for reviewer in REVIEWERS
        for seller, given in told("appraisal")["given"].items()
        for row in _review(seller, reviewer, given, language)
    ]


def _review(seller: str, reviewer: str, given: Told, language: Language) -> list[Entry]:
    marks = told("appraisal")["marks"]
    text = given.get(f"{reviewer}_text")
    return [
        {
            "appraisal": code_of(seller),
            "reviewer": reviewer,
            "section": section,
            "points": amount(points),
            "text": in_language(text, language) if text and section == "ability" else None,
            "recorded_on": marks[f"{reviewer}_on"],
        }
        for section, points in zip(marks["sections"], given.get(reviewer, ()), strict=False)
    ]
