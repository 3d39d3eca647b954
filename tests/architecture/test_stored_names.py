"""The names under which facts are stored stand for ever."""

import importlib
import subprocess

import pytest

from shared.kernel.facts import stored_names
from tests.support.sources import ROOT, name_of, python_files

REGISTER = ROOT / "tests" / "architecture" / "stored_names.txt"


def _declared() -> list[str]:
    """Every stored name of the house: all domain modules are loaded first."""
    for path in python_files("services"):
        if path.parent.name == "domain" and path.name != "__init__.py":
            importlib.import_module(name_of(path).removesuffix(".py").replace("/", "."))
    services = {path.parent.name for path in ROOT.glob("services/*/__init__.py")}
    return [name for name in stored_names() if name.split(".")[0] in services]


def _registered() -> list[str]:
    return REGISTER.read_text(encoding="utf-8").split()


def test_every_stored_name_is_registered() -> None:
    assert sorted(set(_declared()) - set(_registered())) == [], f"append these to {REGISTER.name}"


def test_no_registered_name_is_lost() -> None:
    assert sorted(set(_registered()) - set(_declared())) == [], "stored facts need their classes"


def test_no_name_is_registered_twice() -> None:
    assert len(_registered()) == len(set(_registered()))


def test_no_line_was_ever_taken_from_the_register() -> None:
    told = subprocess.run(
        ["git", "log", "--format=", "--patch", "--", name_of(REGISTER)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        pytest.skip("no history here: this is not a git checkout")
    taken = [
        line for line in told.stdout.splitlines() if line.startswith("-") and line[:3] != "---"
    ]
    assert taken == []
