"""The whole demo quarter as rows of the layout, and the files that ship with the product."""

from importlib.resources import files
from pathlib import Path

from services.host.demo import appraisal, business, check_ins, goals, organisation
from services.host.importing.layout.words import Language
from services.host.importing.writing import Rows, write_folder, write_workbook

LANGUAGES: tuple[Language, ...] = ("zh", "en")


def quarter(language: Language) -> Rows:
    """Every row of the demo quarter; codes, days and figures are the same in both languages."""
    return {
        "units": organisation.units(),
        "people": organisation.people(language),
        "periods": organisation.periods(),
        "working_days": organisation.working_days(),
        "cycles": goals.cycles(),
        "objectives": goals.objective_rows(language),
        "key_results": goals.key_result_rows(language),
        "steps": goals.steps(language),
        "plan_points": goals.plan_points(),
        "revisions": goals.revisions(language),
        "kpis": business.kpis(),
        "commitments": business.commitments(language),
        "check_ins": check_ins.check_ins(language),
        "measurements": business.measurements(),
        "corrections": [*business.corrections(language), *check_ins.corrections(language)],
        "schemes": appraisal.schemes(),
        "scheme_kpis": appraisal.scheme_kpis(),
        "appraisals": appraisal.appraisals(),
        "reviews": appraisal.reviews(language),
    }


def workbook(language: Language) -> Path:
    """Where the shipped workbook of this language lies."""
    return _shipped() / f"cairn-demo-2026-Q3-{language}.xlsx"


def folder(language: Language) -> Path:
    """Where the same lies as CSV files."""
    return _shipped() / f"cairn-demo-2026-Q3-{language}"


def write_all(where: Path) -> None:
    """Write both workbooks and both folders; the same bytes every time."""
    for language in LANGUAGES:
        rows = quarter(language)
        write_workbook(where / workbook(language).name, rows, language)
        write_folder(where / folder(language).name, rows, language)


def _shipped() -> Path:
    return Path(str(files("services.host.demo").joinpath("files")))
