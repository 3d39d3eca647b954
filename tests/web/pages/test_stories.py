"""Stories with the people's names in them."""

from services.web.pages.names import Names
from services.web.pages.stories import people_of, told, units_of

LEI = "7e8c5c37-9d3e-5b5a-9a76-3f1d1c2a0001"
STORY = [
    {
        "recorded_at": "1",
        "name": "x.published.v1",
        "sentence": "{actor} published",
        "people": {"actor": LEI},
    },
    {
        "recorded_at": "2",
        "name": "x.target_revised.v1",
        "sentence": "{actor} revised: because",
        "people": {"actor": "import"},
        "reason": "because",
    },
    {
        "recorded_at": "3",
        "name": "x.checked_in",
        "sentence": "{who} {other}",
        "people": {"who": None},
        "reason": "why",
    },
]


def test_the_latest_comes_first_and_people_are_named() -> None:
    names = Names("zh-CN", {LEI: {"name": "王磊", "name_en": "Wang Lei"}})
    lines = told(STORY, names)
    assert [line.sentence for line in lines] == [
        "– {other}",
        "数据导入 revised: because",
        "王磊 published",
    ]


def test_a_reason_that_the_sentence_gives_is_not_said_twice() -> None:
    assert [line.reason for line in told(STORY, Names())] == ["why", "", ""]


def test_who_must_be_asked_for_by_name() -> None:
    assert people_of(STORY) == {LEI, "import"}


def test_units_are_named_too() -> None:
    moved = {"recorded_at": "1", "name": "directory.Unit.Moved", "sentence": "below {parent}"}
    story = [moved | {"units": {"parent": "east"}}]
    names = Names("en", units={"east": {"name_zh": "华东", "name_en": "East"}})
    (line,) = told(story, names)
    assert (line.sentence, line.icon) == ("below East", "sitemap")
    assert units_of([*story, *STORY]) == {"east"}
