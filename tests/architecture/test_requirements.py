"""What is installed is exact, verified, and from wherever the installing machine gets packages."""

import re
import runpy
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.support.sources import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def _versions(lock: Path) -> dict[str, str]:
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", lock.read_text(), re.MULTILINE)
    return dict(found)


def _named(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=!~ ;]", each)[0].lower().replace("_", "-") for each in requirements}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_version_is_exact_and_has_its_hashes(lock: Path) -> None:
    entries = re.split(r"\n(?=[A-Za-z0-9])", lock.read_text().split("make lock\n", 1)[1].strip())
    assert entries
    for entry in entries:
        assert re.match(r"[A-Za-z0-9._-]+==", entry), entry.splitlines()[0]
        assert "--hash=sha256:" in entry, entry.splitlines()[0]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_no_lock_names_a_place_to_download_from(lock: Path) -> None:
    assert re.findall(r"://|--(?:extra-)?index|--find-links|--trusted-host", lock.read_text()) == []


def test_the_locks_hold_everything_that_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    run, dev = (_versions(ROOT / "requirements" / name) for name in ("run.txt", "dev.txt"))
    assert _named(project["project"]["dependencies"]) - {name.lower() for name in run} == set()
    assert _named(project["dependency-groups"]["dev"]) - {name.lower() for name in dev} == set()


def test_tests_run_against_the_versions_that_the_product_runs_with() -> None:
    run, dev = (_versions(ROOT / "requirements" / name) for name in ("run.txt", "dev.txt"))
    assert {name: dev.get(name) for name in run} == run


def test_the_bill_of_materials_names_every_part_with_its_hashes() -> None:
    bill = runpy.run_path(str(ROOT / "requirements" / "parts.py"))["bill"]
    lock = ROOT / "requirements" / "run.txt"
    components = bill(lock.read_text())["components"]
    assert {one["name"]: one["version"] for one in components} == _versions(lock)
    assert all(one["hashes"] and one["purl"].startswith("pkg:pypi/") for one in components)


@pytest.mark.parametrize(
    ("said", "code", "told", "exits"),
    [
        ("No known vulnerabilities found", 0, "No known weakness", 0),
        ("Found 2 known vulnerabilities in 1 package", 1, "Found 2", 1),
        ("ERROR: jinja2 could not be audited", 1, "NOT AUDITED", 0),
        ("requests.exceptions.ConnectionError", 1, "NOT AUDITED", 0),
    ],
)
def test_an_audit_says_what_it_found_or_that_it_could_not_look(
    tmp_path: Path, said: str, code: int, told: str, exits: int
) -> None:
    asked = tmp_path / "pip-audit"
    asked.write_text(f"#!/bin/sh\necho '{said}'\nexit {code}\n")
    asked.chmod(0o755)
    script = ROOT / "requirements" / "audit.sh"
    done = subprocess.run(
        [script, asked, tmp_path / "log"], capture_output=True, text=True, check=False
    )
    assert told in done.stdout + done.stderr
    assert done.returncode == exits
