"""Every import contract is broken on purpose in a copy of the house, and must be seen red."""

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.sources import ROOT

# contract · what is put where · what the report must name
BREAKS: list[tuple[str, dict[str, str], str]] = [
    (
        "ground",
        {"shared/kernel/sneak.py": "import services.goals.domain"},
        "shared.kernel.sneak -> services.goals.domain",
    ),
    (
        "walls",
        {"services/goals/application/sneak.py": "import services.metrics.domain"},
        "services.goals.application.sneak -> services.metrics.domain",
    ),
    (
        "walls",
        {"services/host/sneak.py": "import services.goals.domain"},
        "services.host.sneak -> services.goals.domain",
    ),
    (
        "walls",
        {
            "services/newcomer/__init__.py": "",
            "services/newcomer/sneak.py": "import services.goals.domain",
        },
        "services.newcomer.sneak -> services.goals.domain",
    ),
    ("roll", {"services/newcomer/__init__.py": ""}, "newcomer"),
    (
        "anatomy",
        {"services/goals/domain/sneak.py": "import services.goals.projections"},
        "services.goals.domain.sneak -> services.goals.projections",
    ),
    (
        "anatomy",
        {"services/goals/api/sneak.py": "import services.goals.feed"},
        "services.goals.api.sneak -> services.goals.feed",
    ),
    ("anatomy", {"services/goals/utils.py": ""}, "utils"),
    (
        "anatomy-of-web",
        {"services/web/clients/sneak.py": "import services.web.pages"},
        "services.web.clients.sneak -> services.web.pages",
    ),
    ("anatomy-of-web", {"services/web/helpers.py": ""}, "helpers"),
    *(
        (
            "pure-domain",
            {f"services/{service}/domain/sneak.py": f"import {forbidden}"},
            f"services.{service}.domain.sneak -> {forbidden}",
        )
        for service, forbidden in [
            ("goals", "fastapi"),
            ("metrics", "psycopg"),
            ("appraisal", "httpx2"),
            ("directory", "shared.contracts.records"),
        ]
    ),
    *(
        (
            "pure-domain",
            {"shared/kernel/sneak.py": f"import {forbidden}"},
            f"shared.kernel.sneak -> {forbidden}",
        )
        for forbidden in ["pydantic_settings", "kafka", "httpx"]
    ),
    *(
        (
            "reads-what-was-published",
            {"services/goals/projections/sneak.py": f"import services.goals.{organ}"},
            f"services.goals.projections.sneak -> services.goals.{organ}",
        )
        for organ in ["domain", "application"]
    ),
    *(
        (
            "kpis-only",
            {"services/appraisal/feed/sneak.py": f"import shared.contracts.{topic}"},
            f"services.appraisal.feed.sneak -> shared.contracts.{topic}",
        )
        for topic in ["objectives", "measurements"]
    ),
    (
        "kpis-only",
        {
            "services/appraisal/application/sneak.py": "import shared.http.sneak",
            "shared/http/sneak.py": "import shared.contracts.objectives",
        },
        "shared.http.sneak -> shared.contracts.objectives",
    ),
    (
        "one-broker-door",
        {"services/goals/feed/sneak.py": "import kafka"},
        "services.goals.feed.sneak -> kafka",
    ),
    ("one-broker-door", {"shared/http/sneak.py": "import kafka"}, "shared.http.sneak -> kafka"),
    (
        "shared-floors",
        {"shared/contracts/sneak.py": "import shared.eventing"},
        "shared.contracts.sneak -> shared.eventing",
    ),
    ("shared-floors", {"shared/misc/__init__.py": ""}, "misc"),
    (
        "catalogues-are-handed-in",
        {"shared/eventing/sneak.py": "import shared.contracts.kpis"},
        "shared.eventing.sneak -> shared.contracts.kpis",
    ),
    (
        "no-cycles",
        {
            "services/goals/domain/one.py": "import services.goals.domain.other",
            "services/goals/domain/other.py": "import services.goals.domain.one",
        },
        "services.goals.domain",
    ),
]


def contracts() -> list[dict[str, Any]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return list(settings["tool"]["importlinter"]["contracts"])


def contract(identifier: str) -> dict[str, Any]:
    return next(each for each in contracts() if each["id"] == identifier)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the source alone; its import graph is cached between the runs."""
    copy = tmp_path_factory.mktemp("house")
    for package in ("services", "shared"):
        shutil.copytree(
            ROOT / package,
            copy / package,
            ignore=lambda folder, names: [
                name
                for name in names
                if name == "__pycache__"
                or (Path(folder, name).is_file() and not name.endswith(".py"))
            ],
        )
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


@contextmanager
def put(house: Path, files: dict[str, str]) -> Iterator[None]:
    """These files are in the copy for a while."""
    made = [house / name for name in files]
    folders = {path.parent for path in made if not path.parent.exists()}
    for path, text in zip(made, files.values(), strict=True):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    try:
        yield
    finally:
        for path in made:
            path.unlink()
        for folder in folders:
            shutil.rmtree(folder)


def lint(house: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    linter = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [linter, *arguments],
        cwd=house,
        env={**os.environ, "PYTHONPATH": str(house), "COLUMNS": "300", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_house_keeps_its_contracts(house: Path) -> None:
    answer = lint(house)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize(
    ("identifier", "files", "named"),
    BREAKS,
    ids=[f"{identifier}: {named}" for identifier, _, named in BREAKS],
)
def test_a_broken_contract_is_seen_red(
    house: Path, identifier: str, files: dict[str, str], named: str
) -> None:
    with put(house, files):
        answer = lint(house, "--contract", identifier)
    assert answer.returncode == 1, answer.stdout
    assert f"{contract(identifier)['name']} BROKEN" in answer.stdout
    assert named in answer.stdout


def test_every_contract_is_broken_by_some_case() -> None:
    assert {identifier for identifier, _, _ in BREAKS} == {each["id"] for each in contracts()}


def test_a_service_on_the_roll_is_in_an_anatomy_too() -> None:
    floors = contract("roll")["layers"]
    roll = {name.strip() for floor in floors for name in floor.split("|")}
    listed = contract("anatomy")["containers"] + contract("anatomy-of-web")["containers"]
    assert roll - {"host"} == {name.removeprefix("services.") for name in listed}


def test_every_shared_package_but_contracts_is_handed_its_catalogues() -> None:
    packages = {path.parent.name for path in (ROOT / "shared").glob("*/__init__.py")}
    listed = contract("catalogues-are-handed-in")["source_modules"]
    assert {f"shared.{name}" for name in packages - {"contracts"}} == set(listed)
