"""Names in the reader's language, and the sign in the picture."""

import pytest

from services.web.pages.names import Named, Names, is_id
from shared.kernel.erased import ERASED

LEI = "7e8c5c37-9d3e-5b5a-9a76-3f1d1c2a0001"
PEOPLE = {LEI: {"name": "王磊", "name_en": "Wang Lei"}}


@pytest.mark.parametrize(
    ("language", "name", "sign"), [("zh-CN", "王磊", "王"), ("en", "Wang Lei", "WL")]
)
def test_a_person_in_each_language(language: str, name: str, sign: str) -> None:
    named = Names(language, PEOPLE).person(LEI)
    assert (named.name, named.sign) == (name, sign)


def test_whoever_is_not_known_is_a_dash() -> None:
    assert Names("en").person(LEI).name == "–"
    assert Names("en").actor(LEI) == "–"
    assert Names("en").actor(None) == "–"
    assert Named("x", "").sign == ""


def test_a_service_that_acted_is_named() -> None:
    assert Names("zh-CN").actor("import") == "数据导入"
    assert Names("en").actor("crm-connector") == "crm-connector"


def test_only_people_have_ids() -> None:
    assert is_id(LEI)
    assert not is_id("import")


@pytest.mark.parametrize(("language", "said"), [("zh-CN", "已删除"), ("en", "erased")])
def test_whoever_was_forgotten_is_called_erased(language: str, said: str) -> None:
    names = Names(language, {LEI: {"name": ERASED, "name_en": ERASED}})
    assert names.person(LEI).name == names.actor(LEI) == said
