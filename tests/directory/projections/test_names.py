"""People are found by how their names are written and how they sound, from any part of them on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.directory.projections.names import folded, keys_of, order_of


def finds(search, name, name_en=""):
    return any(key.startswith(folded(search)) for key in keys_of(name, name_en))


@pytest.mark.parametrize(
    "search", ["张伟", "张", "伟", "zhangwei", "zhang", "zhang wei", "Zhang Wei", "wei", "zw", "z"]
)
def test_a_chinese_name_is_found_by_its_characters_its_sound_and_its_initials(search):
    assert finds(search, "张伟")


def test_what_is_not_in_a_name_does_not_find_it():
    for search in ("李", "zhangw3", "wz", "hangwei"):
        assert not finds(search, "张伟", "Wei Zhang")


def test_a_family_name_is_found_by_its_own_sound_and_by_its_usual_one():
    for search in ("shanxiongxin", "danxiongxin", "sxx", "dxx", "xiongxin"):
        assert finds(search, "单雄信")
    for search in ("zengguofan", "cengguofan", "zgf"):
        assert finds(search, "曾国藩")


def test_what_is_written_with_a_trema_is_found_by_v_and_by_u():
    assert finds("lvbu", "吕布")
    assert finds("lubu", "吕布")
    assert finds("muller", "", "Müller")


def test_an_english_name_is_found_from_any_of_its_words_on():
    for search in ("chenxiao", "Xiao", "xiao chen", "CHEN"):
        assert finds(search, "陈晓", "Chen Xiao")


def test_letters_and_digits_among_characters_stand_for_themselves():
    assert finds("zhangwei2", "张伟2")
    assert finds("ajie", "A杰")


def test_lists_are_ordered_by_sound_in_chinese_and_by_spelling_in_english():
    people = [
        ("张伟", "Wei Zhang"),
        ("陈晓", "Xiao Chen"),
        ("阿明", "Ming A"),
        ("曾实", "Shi Zeng"),
    ]
    by_zh = sorted(people, key=lambda one: order_of(*one)[0])
    by_en = sorted(people, key=lambda one: order_of(*one)[1])
    assert [name for name, _ in by_zh] == ["阿明", "陈晓", "曾实", "张伟"]
    assert [name for _, name in by_en] == ["Ming A", "Shi Zeng", "Wei Zhang", "Xiao Chen"]


@given(st.text(max_size=12), st.text(max_size=12))
def test_whatever_people_are_called_they_have_an_order_and_are_found_by_their_whole_name(
    name, name_en
):
    order_of(name, name_en)
    for said in (name, name_en):
        assert folded(said) == "" or finds(said, name, name_en)
