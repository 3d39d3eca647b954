from pathlib import Path

from services.host.importing.layout.document import MARK, with_tables

PAGE = Path(__file__).parents[4] / "docs" / "import.md"


def test_the_page_lists_the_layout_as_it_is() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_tables(page), "run python -m services.host.importing.layout"


def test_what_stands_before_the_mark_stays() -> None:
    assert with_tables(f"Hello\n{MARK}\nold").startswith(f"Hello\n{MARK}\n\n## Units")
