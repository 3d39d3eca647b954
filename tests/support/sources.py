"""The project's own files, for tests that read them instead of running them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ("services", "shared")


def python_files(*folders: str) -> list[Path]:
    """Every Python file below these folders of the project, sorted."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if "__pycache__" not in path.parts)


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def name_of(path: Path) -> str:
    """The path as a reader of the project would write it."""
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file, also nested ones."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def tracked_files() -> list[Path]:
    """Every file that belongs to the project; all files outside of build folders without git."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        skipped = {".venv", "build", "dist", "node_modules", "cairn-data"}
        found = (path for path in ROOT.rglob("*") if not skipped & set(path.parts))
        return sorted(path for path in found if path.is_file())
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
