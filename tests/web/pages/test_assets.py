"""Files are served for a year under the hash of their content."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from services.web.pages.assets import FOREVER, Assets


def test_the_address_changes_with_the_content(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a{}")
    first = Assets(tmp_path).url("a.css")
    (tmp_path / "a.css").write_text("b{}")
    assert Assets(tmp_path).url("a.css") != first


def test_a_file_is_served_and_kept_by_the_browser(door: TestClient) -> None:
    answer = door.get(Assets().url("cairn.css"))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == FOREVER
    assert answer.headers["Content-Type"].startswith("text/css")
    assert answer.headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize(
    "path", ["/static/000000000000/cairn.css", "/static/x/../settings.py", "/static/a/vendor.json"]
)
def test_another_hash_and_other_files_are_not_served(door: TestClient, path: str) -> None:
    assert door.get(path).status_code == 404


def test_neither_scripts_of_maintainers_nor_lists_are_served() -> None:
    assert not [name for name in Assets().files if name.endswith((".py", ".json"))]
