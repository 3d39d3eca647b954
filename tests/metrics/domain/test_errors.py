"""Every refusal is said in Chinese too, with the same details."""

import re

from babel.messages.pofile import read_po

from services.metrics.domain import errors
from shared.kernel.refusals import Refused
from tests.support.sources import ROOT

FILE = ROOT / "services/metrics/locales/zh_CN/LC_MESSAGES/refusals.po"
REFUSALS = [
    one
    for one in vars(errors).values()
    if isinstance(one, type) and issubclass(one, Refused) and one is not Refused
]


def catalogue() -> dict[str, str]:
    with FILE.open("rb") as stream:
        read = read_po(stream)
    return {str(m.id): str(m.string) for m in read if m.id and not m.fuzzy}


def test_every_refusal_has_its_chinese_sentence():
    assert {one.template() for one in REFUSALS} == set(catalogue())
    assert all(catalogue().values())


def test_both_languages_name_the_same_details():
    for english, chinese in catalogue().items():
        assert set(re.findall(r"{\w+}", english)) == set(re.findall(r"{\w+}", chinese)), english


def test_every_refusal_says_what_to_do_next():
    silent = [one.__name__ for one in REFUSALS if one.template().count(". ") < 1]
    assert silent == []
