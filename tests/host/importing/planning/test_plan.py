import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from services.host.demo.quarter import folder, workbook
from services.host.importing.checks.known import NothingKnown
from services.host.importing.layout.words import Language
from services.host.importing.planning.command import Command, Step
from services.host.importing.planning.plan import in_large_lists, plan
from services.host.importing.reading import read_book
from shared.http.commanding import kebab
from shared.kernel.ids import id_of
from tests.support.workbooks import Rows, book_of, small


def vocabulary(service: str) -> Mapping[str, type[BaseModel]]:
    """A service's commands by the name under which they are sent."""
    module = import_module(f"services.{service}.application.commands")
    models = [m for m in vars(module).values() if isinstance(m, type) and issubclass(m, BaseModel)]
    return {kebab(model): model for model in models}


@cache
def planned(language: Language = "en") -> list[Command]:
    return plan(read_book(workbook(language)), NothingKnown())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_body_is_the_command_that_its_service_knows(language: Language) -> None:
    for command in planned(language):
        model = vocabulary(command.service)[command.name]
        # As the service reads it: from JSON, so that ids, days and figures are text.
        model.model_validate_json(json.dumps(command.body))


def test_days_come_in_order_and_on_each_day_what_others_build_on_comes_first() -> None:
    commands = planned()
    places = [(command.day, command.step) for command in commands]
    assert places == sorted(places)
    assert (commands[0].name, commands[0].day) == ("register-units", date(2026, 6, 22))
    assert (commands[-1].name, commands[-1].day) == ("give-manager-review", date(2026, 10, 10))
    assert [c.name for c in commands if c.day == date(2026, 7, 3)] == [
        "publish-objectives",
        "publish-objectives",
        "publish-objectives",
        "publish-objectives",
        "publish-objectives",
        "publish-objectives",
        "publish-objectives",
        "publish-objectives",
        "publish-objectives",
        "publish-objectives",
        "activate-cycles",
        "record-measurements",
    ]


def test_every_row_finds_its_way_into_the_plan() -> None:
    book = read_book(workbook("en"))
    used = {id(row) for command in plan(book, NothingKnown()) for row in command.rows}
    part_of_others = {"key_results", "steps", "plan_points", "scheme_kpis"}
    for key, page in book.pages.items():
        if key not in part_of_others:
            assert {id(row) for row in page.rows} <= used, key


def test_measurements_go_together_by_the_day_on_which_they_were_recorded() -> None:
    figures = [c for c in planned() if c.step is Step.MEASUREMENTS]
    assert len(figures) == 66  # the late entry was recorded on a working day, too
    assert sum(len(c.rows) for c in figures) == 3_960


def test_in_large_lists_the_measurements_are_few_commands_and_none_is_lost() -> None:
    daily, large = planned(), in_large_lists(planned())
    figures = [c for c in large if c.step is Step.MEASUREMENTS]
    assert len(figures) == 1
    assert figures[0].body["measurements"] == [
        item for c in daily if c.step is Step.MEASUREMENTS for item in c.body["measurements"]
    ]
    assert len(large) == len(daily) - 65
    corrected = next(c for c in large if c.name == "correct-measurements")
    assert large.index(figures[0]) < large.index(corrected)


def test_the_same_content_has_the_same_keys_in_every_run() -> None:
    first, second = planned(), planned.__wrapped__()
    assert [c.key for c in first] == [c.key for c in second]
    assert len({(c.service, c.key) for c in first}) == len(first)


def test_both_languages_and_both_forms_name_the_same_things() -> None:
    def ids(path: Path) -> list[Any]:
        commands = plan(read_book(path), NothingKnown())
        return [(c.day, c.name, c.behalf, len(c.rows)) for c in commands]

    assert ids(workbook("en")) == ids(workbook("zh")) == ids(folder("en"))


def test_who_decided_is_named_as_the_one_acted_for() -> None:
    behalf = {(c.name, c.behalf) for c in planned()}
    assert ("revise-objectives", "E010") in behalf
    assert {("sign-scheme", "E001"), ("sign-scheme", "E002")} <= behalf
    assert ("agree-to-commitments", "E021") in behalf
    assert ("give-manager-review", "E020") in behalf
    assert {person for name, person in behalf if name == "record-measurements"} == {""}


def test_a_revision_says_what_changes_why_and_since_when() -> None:
    (first, _, weight, _) = [c.body["revisions"][0] for c in planned() if c.step is Step.REVISIONS]
    assert first["change"] == {
        "what": "target",
        "target": "1000",
        "key_result_id": str(id_of("key_result", "D1-1")),
    }
    assert (first["category"], first["effective_from"]) == ("external_change", "2026-08-03")
    assert first["approved_by"] == str(id_of("person", "E001"))
    assert weight["change"]["weight"] == 2_500


def test_what_was_typed_stays_beside_the_figure(tmp_path: Path) -> None:
    rows: Rows = small()
    book = book_of(tmp_path, rows)
    target = book.by_code("key_results")["P3-1"]
    target.typed["target"] = "300万"
    drafts = [c for c in plan(book, NothingKnown()) if c.step is Step.DRAFTS]
    entries = {
        k["title"]: k for c in drafts for o in c.body["objectives"] for k in o["key_results"]
    }
    measure = entries["Reach the revenue of the quarter"]["measure"]
    assert (measure["target"], measure["typed"]) == ("3000000", {"target": "300万"})


def test_a_correction_of_a_check_in_repeats_what_was_right() -> None:
    (command,) = [c for c in planned() if c.name == "correct-check-ins"]
    (entry,) = command.body["corrections"]
    assert (entry["value"], entry["confidence"], entry["observed_on"]) == (
        "370000",
        6,
        "2026-08-14",
    )
