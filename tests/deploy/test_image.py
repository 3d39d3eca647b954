"""The image's recipe names things that exist, verifies what it installs, and is not root."""

import re
import shlex

import pytest

from tests.support.sources import ROOT

RECIPE = (ROOT / "deploy" / "image" / "Dockerfile").read_text()
IGNORED = (ROOT / ".dockerignore").read_text().splitlines()
STEPS = [
    (match[1], match[2].strip())
    for match in re.finditer(
        r"^([A-Z]+) (.*)$", re.sub(r"\s*\\\n\s*", " ", RECIPE), flags=re.MULTILINE
    )
]


def _copied() -> list[str]:
    """What is copied out of the project."""
    copies = [shlex.split(words) for step, words in STEPS if step == "COPY"]
    return [name for words in copies if not words[0].startswith("--") for name in words[:-1]]


def test_everything_that_is_copied_exists_and_is_sent_to_the_builder() -> None:
    sent = [line.removeprefix("!") for line in IGNORED if line.startswith("!")]
    for name in _copied():
        assert (ROOT / name).exists(), name
        assert any(name == each or name.startswith(f"{each}/") for each in sent), name


def test_both_stages_stand_on_the_same_named_version_of_python() -> None:
    bases = [words.split()[0] for step, words in STEPS if step == "FROM"]
    assert len(bases) == 2
    assert len(set(bases)) == 1
    assert re.fullmatch(r"python:3\.\d+-slim-\w+", bases[0])


def test_packages_are_installed_with_their_hashes_only() -> None:
    installs = [
        part
        for step, words in STEPS
        if step == "RUN"
        for part in words.split("&&")
        if "pip install" in part
    ]
    assert len(installs) == 2
    assert all("--require-hashes" in part for part in installs)


def test_nothing_is_fetched_past_the_package_index() -> None:
    assert "ADD" not in {step for step, _ in STEPS}
    assert not re.search(r"curl|wget|://", RECIPE)


def test_it_does_not_run_as_root() -> None:
    users = [words for step, words in STEPS if step == "USER"]
    assert users == ["cairn"]
    last_steps = [step for step, _ in STEPS]
    assert last_steps.index("USER") > max(i for i, step in enumerate(last_steps) if step == "RUN")


@pytest.mark.parametrize("package", ["services", "shared"])
def test_the_whole_product_is_in_it(package: str) -> None:
    assert package in _copied()
