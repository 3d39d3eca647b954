"""The demo quarter sent to real services: cut off, finished, repeated, and found to be right."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx2
import pytest

from services.host.demo.quarter import folder, workbook
from services.host.house import RECORDING, House
from services.host.importing.importer import Checked, Importer
from services.host.importing.planning.command import Command
from services.host.importing.planning.names import (
    appraisal_id,
    key_result_id,
    objective_id,
    person_id,
)
from services.host.importing.running import Progress
from services.host.importing.sending import ImportStopped
from shared.eventing.rehearsal import Rehearsal
from shared.kernel.actors import person, service
from tests.support.children import until
from tests.support.house import running, speaking
from tests.support.postgres import Databases
from tests.support.workbooks import book_of, rows_of

pytestmark = pytest.mark.timeout(400)


class CutOffError(Exception):
    """The process ended in the middle."""


def facts(house: House) -> dict[str, int]:
    """How many facts each log holds."""
    found = {}
    for name, one in house.services.items():
        with one.pool.connection() as connection:
            row = connection.execute("SELECT count(*) FROM log.facts").fetchone()
        found[name] = int(row[0]) if row else 0
    return found


def arrived(house: House) -> bool:
    """Whether every table has followed every feed to its head."""
    heads: dict[str, int] = {}
    tables: list[tuple[str, int]] = []
    with httpx2.Client(trust_env=False) as client:
        for name in house.services:
            for table in client.get(f"{house.url(name)}/health/ready").json()["tables"]:
                tables.append((table["feed"], table["position"]))
                heads[table["feed"]] = max(table["position"], heads.get(table["feed"], 0))
    return all(position == heads[feed] for feed, position in tables)


def rehearsed(house: House, checked: Checked, importer: Importer, cut_after: int = 0) -> int:
    """Run day by day on the rehearsal clock; how many answers came from an earlier run."""
    with ExitStack() as stack:
        clocks = [stack.enter_context(Rehearsal(access.owner)) for access in house._access.values()]

        def set_clock(instant: datetime) -> None:
            for clock in clocks:
                clock.show(instant)

        def progress(made: Progress) -> None:
            if made.done == cut_after:
                raise CutOffError

        return importer.run(checked, progress=progress, set_clock=set_clock).repeated


@pytest.fixture(scope="module")
def house(module_databases: Databases) -> Iterator[House]:
    """Four services with nothing recorded yet."""
    with running(module_databases, *RECORDING) as house:
        yield house


@pytest.fixture(scope="module")
def quarter(house: House) -> dict[str, int]:
    """The quarter, cut off in the middle and finished by running it again; its facts."""
    with Importer(house) as importer:
        checked = importer.check(workbook("en"))
        with pytest.raises(CutOffError):
            rehearsed(house, checked, importer, cut_after=120)
        assert rehearsed(house, checked, importer) == 120
    return facts(house)


def test_a_cut_off_import_is_finished_by_running_it_again(quarter: dict[str, int]) -> None:
    assert quarter["metrics"] > 4_500
    assert min(quarter.values()) >= 40


def test_a_second_run_records_nothing(house: House, quarter: dict[str, int]) -> None:
    with Importer(house) as importer:
        checked = importer.check(workbook("en"))
        assert rehearsed(house, checked, importer) == len(checked.commands)
    assert facts(house) == quarter


def test_the_same_as_csv_records_nothing(house: House, quarter: dict[str, int]) -> None:
    with Importer(house) as importer:
        rehearsed(house, importer.check(folder("en")), importer)
    assert facts(house) == quarter


def test_nothing_is_recorded_even_when_no_request_is_remembered(
    house: House, quarter: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    key = Command.key
    monkeypatch.setattr(Command, "key", property(lambda command: f"later-{key.fget(command)}"))
    with Importer(house) as importer:
        assert rehearsed(house, importer.check(workbook("en")), importer) == 0
    assert facts(house) == quarter


def test_everything_is_recorded_on_its_day_on_behalf_of_who_did_it(
    house: House, quarter: dict[str, int]
) -> None:
    with house.services["goals"].pool.connection() as connection:
        recorded = connection.execute(
            "SELECT DISTINCT (recorded_at AT TIME ZONE 'Asia/Shanghai')::date FROM log.facts"
        ).fetchall()
    days = {row[0] for row in recorded}
    assert {date(2026, 6, 24), date(2026, 8, 3), date(2026, 9, 7)} <= days
    assert max(days) == date(2026, 9, 7)
    story = read(house, "goals", f"/key-results/{key_result_id('D1-1')}/story")
    assert str(person_id("E010")) in str(story)


def read(house: House, name: str, path: str, reader: str = "E010", **params: Any) -> dict[str, Any]:
    """What a service says to one of the demo's people."""
    with speaking(house, name, person(person_id(reader))) as me:
        return me.read(path, **params)


PAGE = Path(__file__).parents[3] / "docs" / "worked-example.md"


def by_hand(first: str) -> list[list[str]]:
    """The rows of the page's tables whose first cell matches."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if re.fullmatch(first, row[0])]


def test_appraisal_totals_are_those_worked_out_by_hand(
    house: House, quarter: dict[str, int]
) -> None:
    until(lambda: arrived(house), what="everything in every table")
    rows = by_hand(r"E\d{3}")
    assert len(rows) == 8
    for seller, *sections, total, band in rows:
        path = f"/appraisals/{appraisal_id(seller, '2026-Q3')}"
        told = read(house, "appraisal", path, reader="E002")
        points = [Decimal(section["points"]) for section in told["sections"]]
        assert (points, told["total"], told["band"]) == (
            [Decimal(s) for s in sections],
            total,
            band,
        )


def test_progress_is_what_was_worked_out_by_hand_as_known_on_each_day(
    house: House, quarter: dict[str, int]
) -> None:
    until(lambda: arrived(house), what="everything in every table")
    path = f"/key-results/{key_result_id('D1-1')}"
    for day, *figures in by_hand(r"2026-\d\d-\d\d"):
        told = read(house, "goals", path, as_of=f"{day}T23:00:00+08:00")
        progress = told["progress"]
        shown = (told["actual"], told["target"], progress["vs_current"], progress["vs_original"])
        assert [Decimal(figure) for figure in shown] == [Decimal(figure) for figure in figures]


def test_dropping_the_weakest_key_result_never_lifts_the_original(
    house: House, quarter: dict[str, int]
) -> None:
    until(lambda: arrived(house), what="everything in every table")
    rows = by_hand(r"D\d")
    assert [row[0] for row in rows] == ["D1", "D2", "D3"]
    for code, current, original in rows:
        told = read(house, "goals", f"/objectives/{objective_id(code)}", on="2026-09-30")
        progress = told["progress"]
        assert Decimal(progress["vs_current"]) == Decimal(current)
        assert Decimal(progress["vs_original"]) == Decimal(original)


def test_a_refusal_names_the_row_and_what_was_before_it_stays(
    house: House, quarter: dict[str, int], tmp_path: Path
) -> None:
    rows = rows_of("en")
    changed = next(row for row in rows["objectives"] if row["code"] == "D1")
    changed["title"] = "Something else altogether"
    book_of(tmp_path, rows)
    with Importer(house) as importer:
        checked = importer.check(tmp_path)
        assert not checked.faults
        with pytest.raises(ImportStopped) as stopped:
            rehearsed(house, checked, importer)
    fault = stopped.value.fault
    assert (fault.code, fault.sheet, fault.row) == ("refused", "objectives", 2)
    assert "Revise it" in fault.wrong("en")
    assert facts(house) == quarter


def test_a_file_may_build_on_what_is_known_already(
    house: House, quarter: dict[str, int], tmp_path: Path
) -> None:
    until(lambda: arrived(house), what="everything in every table")
    rows = rows_of("en")
    part = {"check_ins": rows["check_ins"][:2], "measurements": rows["measurements"][:3]}
    part["check_ins"][0]["by"] = "E777"
    part["measurements"][0]["kpi"] = "MARGIN"
    book_of(tmp_path, part)
    with Importer(house) as importer:
        faults = importer.check(tmp_path).faults
    assert [(fault.code, fault.sheet, fault.details["value"]) for fault in faults] == [
        ("unknown_code", "check_ins", "E777"),
        ("unknown_code", "measurements", "MARGIN"),
    ]


def test_a_later_file_goes_on_where_an_earlier_one_ended(
    house: House, quarter: dict[str, int], tmp_path: Path
) -> None:
    until(lambda: arrived(house), what="everything in every table")
    rows = rows_of("en")
    book_of(
        tmp_path,
        {
            "check_ins": [
                {
                    **rows["check_ins"][0],
                    "code": "later-1",
                    "observed_on": date(2026, 10, 9),
                    "recorded_on": date(2026, 10, 10),
                    "value": Decimal(1_050),
                }
            ],
            "revisions": [
                {
                    **rows["revisions"][0],
                    "code": "later-2",
                    "value": Decimal(1_090),
                    "effective_from": date(2026, 9, 29),
                    "recorded_on": date(2026, 10, 10),
                }
            ],
            "appraisals": rows["appraisals"][:1],
        },
    )
    with Importer(house) as importer:
        checked = importer.check(tmp_path)
        assert not checked.faults
        rehearsed(house, checked, importer)
    after = facts(house)
    added = {name: after[name] - quarter[name] for name in after}
    assert added == {"directory": 0, "goals": 1, "metrics": 1, "appraisal": 0}


def test_a_plain_import_takes_the_measurements_in_one_list(databases: Databases) -> None:
    with running(databases, *RECORDING) as plain, Importer(plain, language="zh") as importer:
        checked = importer.check(folder("zh"))
        names: list[str] = []
        outcome = importer.run(checked, progress=lambda made: names.append(made.name))
        assert names.count("record-measurements") == 1
        assert outcome.repeated == 0
        first = facts(plain)
        importer.run(importer.check(workbook("zh")))
        assert facts(plain) == first
        with speaking(plain, "goals", service("import")) as me:
            until(lambda: arrived(plain), what="everything in every table")
            told = me.read(f"/key-results/{key_result_id('D1-1')}")
            assert Decimal(told["measure"]["target"]) == 1_100
