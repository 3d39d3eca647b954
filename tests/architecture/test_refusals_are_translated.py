"""Every refusal of every service is a sentence in both languages, placeholders included."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

import services
import shared
from shared.kernel.refusals import Refused

ROOT = Path(__file__).parents[2]


def _every_refusal() -> list[type[Refused]]:
    for package in (services, shared):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    return sorted(_below(Refused), key=lambda kind: (kind.__module__, kind.__name__))


def _below(kind: type[Refused]) -> Iterator[type[Refused]]:
    for each in kind.__subclasses__():
        if each.__module__.startswith(("services.", "shared.")):
            yield each
        yield from _below(each)


def _catalogue(kind: type[Refused]) -> Path:
    top, service = kind.__module__.split(".")[:2]
    folder = ROOT / "shared/http" if top == "shared" else ROOT / top / service
    return folder / "locales/zh_CN/LC_MESSAGES/refusals.po"


def _places(sentence: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(sentence) if field}


@pytest.mark.parametrize("kind", _every_refusal(), ids=lambda kind: kind.__name__)
def test_every_refusal_has_its_chinese_sentence(kind: type[Refused]) -> None:
    with _catalogue(kind).open("rb") as file:
        messages = {str(m.id): m for m in read_po(file)}
    message = messages.get(kind.template())
    assert message is not None, f"{kind.__name__} is missing in {_catalogue(kind).name}"
    assert message.string
    assert not message.fuzzy
    assert _places(str(message.string)) <= _places(kind.template())


@pytest.mark.parametrize("kind", _every_refusal(), ids=lambda kind: kind.__name__)
def test_every_refusal_says_what_is_wrong_and_what_to_do(kind: type[Refused]) -> None:
    assert kind.__doc__, "a refusal's docstring is what people read"
    assert kind.template().endswith(".")
    assert kind.template().count(". ") + kind.template().count(": ") >= 1, "name the remedy too"
