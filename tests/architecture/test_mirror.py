"""A test is found at the path of what it specifies."""

from pathlib import Path

from tests.support.sources import ROOT, name_of, python_files

# Folders of tests about the whole, which mirror no single module.
WHOLE = {"architecture", "browser", "contracts", "deploy", "docs", "support", "system"}

# Promises that several modules keep together.
TOGETHER = {"shared/eventing/test_no_holes.py"}


def _specified(test: Path) -> list[Path]:
    """Where the module may be that this test is about."""
    folder = test.relative_to(ROOT / "tests").parent
    name = f"{test.stem.removeprefix('test_')}.py"
    roots = [ROOT / folder] if folder.parts[:1] == ("shared",) else [ROOT / "services" / folder]
    return [*(root / name for root in roots), *(root / name.removesuffix(".py") for root in roots)]


def _is_about_the_whole(test: Path) -> bool:
    place = test.relative_to(ROOT / "tests")
    return place.parts[0] in WHOLE or place.as_posix() in TOGETHER


def test_every_test_stands_at_the_path_of_its_module() -> None:
    astray = [
        name_of(test)
        for test in python_files("tests")
        if test.name.startswith("test_") and not _is_about_the_whole(test)
        if not any(place.exists() for place in _specified(test))
    ]
    assert astray == []


def test_every_module_of_a_domain_is_specified() -> None:
    silent = [
        name_of(module)
        for module in python_files("services")
        if module.parent.name == "domain" and module.name not in {"__init__.py", "errors.py"}
        if not (
            ROOT / "tests" / module.relative_to(ROOT / "services").parent / f"test_{module.name}"
        ).exists()
    ]
    assert silent == []
