"""A test is found at the path of what it specifies."""

import ast
from pathlib import Path

from tests.support.sources import ROOT, name_of, parsed, python_files

# Folders of tests about the whole, which mirror no single module.
WHOLE = {"architecture", "browser", "contracts", "deploy", "docs", "support", "system"}

# Promises that several modules keep together.
TOGETHER = {
    "appraisal/application/test_delegations.py",
    "appraisal/test_as_of.py",
    "directory/test_as_of.py",
    "goals/application/test_delegations.py",
    "goals/test_as_of.py",
    "metrics/application/test_delegations.py",
    "metrics/test_as_of.py",
    "metrics/test_rebuild.py",
    "shared/eventing/test_broken_followers.py",
    "shared/eventing/test_broken_logs.py",
    "shared/eventing/test_no_holes.py",
}


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


def test_every_module_of_a_domain_is_specified_itself_or_as_a_part_of_one_that_is() -> None:
    silent = []
    for domain in sorted((ROOT / "services").glob("*/domain")):
        modules = {path.stem: path for path in domain.glob("*.py") if path.stem != "__init__"}
        reached = {name for name, path in modules.items() if _its_test(path).exists()}
        while more := {part for name in reached for part in _parts(modules[name])} - reached:
            reached |= more & set(modules)
            if not more & set(modules):
                break
        silent += [name_of(modules[name]) for name in modules.keys() - reached - {"errors"}]
    assert sorted(silent) == []


def _its_test(module: Path) -> Path:
    folder = module.relative_to(ROOT / "services").parent
    return ROOT / "tests" / folder / f"test_{module.name}"


def _parts(module: Path) -> set[str]:
    """The siblings that a module is made of: those that it imports."""
    package = ".".join(module.parent.relative_to(ROOT).parts)
    imports = [node for node in ast.walk(parsed(module)) if isinstance(node, ast.ImportFrom)]
    direct = {alias.name for node in imports if node.module == package for alias in node.names}
    within = {
        (node.module or "").removeprefix(f"{package}.")
        for node in imports
        if (node.module or "").startswith(f"{package}.")
    }
    return direct | within
