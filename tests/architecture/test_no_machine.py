"""The project belongs to no machine: no paths of one, no registry hosts, no unfinished marks."""

import re
from collections.abc import Iterator

import pytest

from tests.support.sources import name_of, tracked_files

# Spelt in pieces, so that this file does not find itself.
FOREIGN = {
    "a path of one machine": "/(?:ro" "ot|wor" r"k|home/\w+)/",
    "a host of a package registry": "|".join(
        ["py" r"pi\.org", "python" r"hosted\.", r"mav" r"en\.org", "np" r"mjs\.", "cra" r"tes\.io"]
    ),
    "an unfinished mark": r"\bTO" r"DO\b|\bFIX" r"ME\b|raise NotImplemented" "Error",
}
VENDORED = ("services/web/static/vendor/", "LICENSE")
BINARY = {".png", ".ico", ".xlsx", ".woff2", ".mo", ".gz", ".svg"}


def _lines() -> Iterator[tuple[str, str]]:
    for path in tracked_files():
        if path.suffix in BINARY or name_of(path).startswith(VENDORED):
            continue
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        for number, line in enumerate(text.splitlines(), 1):
            yield f"{name_of(path)}:{number}", line


@pytest.mark.parametrize("what", FOREIGN)
def test_no_file_holds(what: str) -> None:
    found = [
        f"{place}: {line.strip()[:100]}"
        for place, line in _lines()
        if re.search(FOREIGN[what], line)
    ]
    assert found == []
