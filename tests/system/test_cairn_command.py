"""The cairn command as its users run it: a demonstration asked, stopped, started again, killed."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import psutil
import pytest

from tests.support.children import Child, free_port, until
from tests.support.postgres import folder_for_postgres

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]

CAIRN = [sys.executable, "-m", "services.host"]
ROOT = Path(__file__).parents[2]


class Demo:
    """A demonstration in a process of its own, on one data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.child: Child | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> float:
        """Start and wait until the pages answer; the process's age then."""
        command = [*CAIRN, "demo", "--data", str(self.folder), "--lang", "en"]
        self.child = Child([*command, "--port", str(self.port)], self.folder.parent / "demo.log")
        until(self._has_said_so, 180, "the demonstration")
        return self.process.create_time()

    @property
    def process(self) -> psutil.Process:
        assert self.child is not None
        return psutil.Process(self.child.process.pid)

    def _has_said_so(self) -> bool:
        assert self.child is not None
        assert self.child.process.poll() is None, self.child.log.read_text()
        return "Cairn answers at" in self.child.log.read_text()

    def servers(self) -> list[psutil.Process]:
        """The PostgreSQL servers that run on this folder."""
        place = str(self.folder / "postgres")
        return [
            process
            for process in psutil.process_iter(["cmdline"])
            if place in (process.info["cmdline"] or [])
        ]

    def end(self, number: int) -> None:
        assert self.child is not None
        self.child.process.send_signal(number)
        self.child.process.wait(timeout=30)

    def ask(self, *words: str, code: int = 0) -> Any:
        """What another cairn command says about this folder, as JSON."""
        told = subprocess.run(
            [*CAIRN, *words, "--data", str(self.folder), "--json"],
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
            env={**os.environ, "LANG": "en_GB.UTF-8"},
        )
        assert told.returncode == code, f"{told.stdout}\n{told.stderr}"
        return json.loads(told.stdout)


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    with folder_for_postgres() as parent:
        made = Demo(parent / "data")
        made.start()
        yield made
        if made.child is not None and made.child.process.poll() is None:
            made.end(signal.SIGTERM)


def test_the_demonstration_answers_and_can_be_asked_about(demo: Demo) -> None:
    english = {"Accept-Language": "en"}
    page = httpx2.get(f"{demo.address}/sign-in", headers=english, trust_env=False)
    assert page.status_code == 200
    assert "Chen Xiao" in page.text
    signs = demo.ask("doctor")
    assert [sign for sign in signs if sign["state"] == "wrong"] == []
    assert any("rehearsal" in sign["said"] for sign in signs)


def test_every_wall_holds_and_the_missing_one_is_named(demo: Demo) -> None:
    verdicts = {wall["name"]: wall["verdict"] for wall in demo.ask("separation")}
    assert verdicts.pop("topics") == "not enforced in this shape"
    assert set(verdicts) == {"imports", "process", "doors", "databases", "contract"}
    assert set(verdicts.values()) == {"holds"}


def test_every_log_is_whole_and_every_table_equals_its_replay(demo: Demo) -> None:
    findings = demo.ask("verify")
    assert [one for one in findings if one["exceptions"]] == []
    services = {"directory", "goals", "metrics", "appraisal", "web"}
    assert {one["service"] for one in findings} == services


def test_the_story_of_a_key_result_names_who_when_and_why(demo: Demo) -> None:
    told = demo.ask("replay", "objective", "new-customer market in East and South")
    sentences = [one["sentence"] for one in told]
    assert any("from 1,200 to 1,000" in sentence for sentence in sentences)
    assert any("Chen Xiao" in sentence for sentence in sentences)
    days = [one["recorded_at"][:10] for one in told]
    assert days == sorted(days)
    early = demo.ask(
        "replay",
        "objective",
        "new-customer market in East and South",
        "--as-of",
        f"{days[1]}T23:59:59Z",
    )
    assert 0 < len(early) < len(told)


def test_the_stories_of_units_and_people_are_told_with_their_names(demo: Demo) -> None:
    (person, *_) = (one["sentence"] for one in demo.ask("replay", "person", "Chen Xiao"))
    assert "registered Chen Xiao, who works here from" in person
    told = demo.ask("replay", "unit", "Sales")
    assert any("appointed Chen Xiao head" in one["sentence"] for one in told)
    assert not any("{" in one["sentence"] for one in told)


def test_the_import_checks_a_file_and_records_nothing_of_a_bad_one(
    demo: Demo, tmp_path: Path
) -> None:
    shipped = ROOT / "services/host/demo/files/cairn-demo-2026-Q3-en"
    assert demo.ask("import", str(shipped), "--dry-run")["faults"] == []
    bad = tmp_path / "bad"
    bad.mkdir()
    for file in shipped.iterdir():
        (bad / file.name).write_bytes(file.read_bytes())
    people = (bad / "people.csv").read_text("utf-8-sig").replace(",FARHILL,", ",NOWHERE,", 1)
    (bad / "people.csv").write_text(people, "utf-8-sig")
    faults = demo.ask("import", str(bad), code=1)["faults"]
    assert faults
    assert all(fault["wrong"] and fault["remedy"] for fault in faults)
    assert (faults[0]["sheet"], faults[0]["row"], faults[0]["column"]) == ("people", "2", "Unit")


def test_ctrl_c_stops_everything_and_a_second_start_has_the_data(demo: Demo) -> None:
    assert demo.servers()
    demo.end(signal.SIGINT)
    assert demo.servers() == []
    assert "Stopping" in (demo.folder.parent / "demo.log").read_text()
    (demo.folder.parent / "demo.log").unlink()
    demo.start()
    assert "Recording" not in (demo.folder.parent / "demo.log").read_text()
    assert demo.ask("replay", "objective", "new-customer market in East and South")


def test_after_a_kill_no_postgresql_stays_behind(demo: Demo) -> None:
    assert demo.servers()
    demo.end(signal.SIGKILL)
    until(lambda: demo.servers() == [], 30, "the end of PostgreSQL")
    assert demo.ask("doctor")
