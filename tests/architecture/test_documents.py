"""Documents keep their form, and what they point at exists."""

import re
from pathlib import Path

import pytest

from services.host.cli import app
from tests.support.sources import ROOT, name_of, tracked_files

DECISIONS = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
DOCUMENTS = [path for path in tracked_files() if path.suffix == ".md"]
NEWCOMERS = ["docs/map.md", "docs/flow.md", "deploy/README.md"]
PARTS = ["Context", "Decision", "Rejected", "Consequences"]


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in DECISIONS]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_its_parts_and_names_what_was_rejected(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")
    assert text.startswith(f"# {decision.name[:4]} ")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == PARTS
    rejected = text.split("## Rejected")[1].split("## Consequences")[0]
    assert rejected.count("\n- *") >= 2


def test_the_list_of_decisions_is_complete() -> None:
    listed = (ROOT / "docs" / "adr" / "README.md").read_text(encoding="utf-8")
    titles = {
        path.name: path.read_text(encoding="utf-8").split("\n", 1)[0].removeprefix("# ")
        for path in DECISIONS
    }
    for name, title in titles.items():
        number, words = title.split(" ", 1)
        assert f"- [{number} · {words}]({name})" in listed


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_link_between_documents_leads_somewhere(document: Path) -> None:
    text = re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\((?!\w+://|#|mailto:)([^)#\s]+)", text)
    missing = [target for target in targets if not (document.parent / target).exists()]
    assert missing == []


def test_every_verb_of_the_makefile_says_what_it_does() -> None:
    lines = (ROOT / "Makefile").read_text().splitlines()
    verbs = [number for number, line in enumerate(lines) if re.match(r"^[a-z]+:", line)]
    assert verbs
    assert [lines[number] for number in verbs if not lines[number - 1].startswith("# ")] == []


def test_the_map_names_every_import_contract() -> None:
    settings = (ROOT / "pyproject.toml").read_text()
    told = (ROOT / "docs" / "map.md").read_text(encoding="utf-8")
    identifiers = re.findall(r'^id = "([\w-]+)"$', settings, re.MULTILINE)
    assert [name for name in identifiers if f"| {name} |" not in told] == []


def test_the_readme_names_every_verb_of_the_command() -> None:
    told = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `cairn ([a-z-]+)", told, re.MULTILINE))
    families = {str(family.name) for family in app.registered_groups}
    assert listed == families | {
        command.name or command.callback.__name__ for command in app.registered_commands
    }


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", *NEWCOMERS])
def test_every_path_that_newcomers_are_sent_to_exists(document: str) -> None:
    text = re.sub(r"```.*?```", "", (ROOT / document).read_text(encoding="utf-8"), flags=re.DOTALL)
    paths = re.findall(r"`((?:services|shared|tests|docs|deploy|requirements)/[\w./-]+)`", text)
    made_later = {"services/X/Y/Z.py", "tests/X/Y/test_Z.py", "deploy/.env"}
    assert [path for path in paths if not (ROOT / path).exists() and path not in made_later] == []
