"""``import``: check a whole file, report row by row, then record it."""

from collections.abc import Sequence
from pathlib import Path

from rich.progress import Progress

from services.host.importing.faults import Fault, FileRefused
from services.host.importing.importer import Checked, Importer
from services.host.importing.layout.words import Language
from services.host.importing.report import write_report
from services.host.importing.sending import ImportStopped
from services.host.installation import Installation
from services.host.reach import reached
from services.host.verbs.speaking import errors, language_of, tell_json, tell_table

HEADS = {
    "en": ("Sheet", "Row", "Column", "What is wrong", "What to do"),
    "zh": ("工作表", "行", "列", "问题", "处理办法"),
}


def import_file(
    installation: Installation,
    file: Path,
    *,
    dry_run: bool,
    lang: str,
    json: bool,
    report: Path | None = None,
) -> int:
    """0 when all is recorded (or would be), 1 when the file has faults or was stopped.

    ``report`` is where the file goes with what is wrong beside each row, when it has been read.
    """
    language = language_of(lang)
    with reached(installation) as reach, Importer(reach, language=language) as importer:
        try:
            checked = importer.check(file)
        except FileRefused as refused:
            return _faulty(refused.faults, language, json=json)
        if report is not None:
            write_report(report, checked.book, checked.faults, language)
        if checked.faults:
            return _faulty(checked.faults, language, json=json)
        if dry_run:
            tell_json({"rows": checked.rows, "commands": len(checked.commands), "faults": []})
            return 0
        return _record(importer, checked, language, json=json)


def _record(importer: Importer, checked: Checked, language: Language, *, json: bool) -> int:
    try:
        with Progress(console=errors, disable=json) as bar:
            task = bar.add_task(" ", total=len(checked.commands))
            outcome = importer.run(
                checked, progress=lambda p: bar.update(task, completed=p.done, total=p.of)
            )
    except ImportStopped as stopped:
        return _faulty([stopped.fault], language, json=json)
    tell_json(
        {
            "rows": checked.rows,
            "commands": outcome.sent,
            "recorded_before": outcome.repeated,
            "warnings": outcome.warnings,
        }
    )
    return 0


def _faulty(faults: Sequence[Fault], language: Language, *, json: bool) -> int:
    rows = [
        (
            fault.sheet,
            str(fault.row or ""),
            fault.column,
            fault.wrong(language),
            fault.remedy(language),
        )
        for fault in faults
    ]
    if json:
        keys = ("sheet", "row", "column", "wrong", "remedy")
        tell_json({"faults": [dict(zip(keys, row, strict=True)) for row in rows]})
    else:
        tell_table(HEADS[language], rows)
    return 1
