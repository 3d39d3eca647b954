"""What is installed is exact, verified, and from wherever the installing machine gets packages."""

import re
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
