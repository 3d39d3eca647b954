"""The third-party files are the published ones, unaltered."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from services.web.static.refresh_vendor import VENDOR, symbol, without_source_map

PACKAGES = json.loads((VENDOR / "vendor.json").read_text("utf-8"))
FILES = [file for package in PACKAGES for file in package["files"]]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file["file"])
def test_each_file_has_the_hash_that_the_list_names(file: dict[str, Any]) -> None:
    content = (VENDOR / file["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == file["sha256"]


def test_nothing_lies_there_that_the_list_does_not_name() -> None:
    lying_there = {path.name for path in VENDOR.iterdir()} - {"vendor.json"}
    assert lying_there == {file["file"] for file in FILES}


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["npm"])
def test_each_package_names_its_exact_version_and_licence(package: dict[str, Any]) -> None:
    assert package["version"].count(".") == 2
    assert package["licence"] in {"MIT", "0BSD", "Apache-2.0"}


def test_no_file_sends_the_browser_looking_for_a_source_map() -> None:
    assert without_source_map(b"a{}\n/*# sourceMappingURL=a.css.map */") == b"a{}"
    assert not [f for f in FILES if b"sourceMappingURL=" in (VENDOR / f["file"]).read_bytes()]


def test_an_icon_becomes_a_symbol_with_its_name(tmp_path: Path) -> None:
    drawing = tmp_path / "flag.svg"
    drawing.write_text('<!-- tags --><svg xmlns="x" width="24">\n  <path d="M1 1" />\n</svg>')
    assert symbol(drawing).startswith('<symbol id="flag"')
    assert symbol(drawing).endswith('<path d="M1 1" /></symbol>')
