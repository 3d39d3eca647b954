"""The story of an objective or a key result in sentences, in both languages."""

from datetime import date

import pytest
from babel.messages.pofile import read_po

from services.goals.api import stories
from services.goals.api.narrator import Narrator
from services.goals.api.sentences import TEMPLATES, message_ids
from services.goals.projections.objectives import SHOWN
from shared.contracts import measurements
from shared.kernel.ids import id_of
from shared.kernel.refusals import NotFound
from tests.support.goals_quarter import CHEN, CUSTOMERS, CYCLE, GROW, LAST, LI, PORTAL, at, quarter
from tests.support.goals_tables import goals_tables
from tests.support.sources import ROOT


@pytest.fixture(scope="module")
def tables(module_databases):
    with goals_tables(module_databases) as made:
        feeds = quarter()
        withdrawn = measurements.CheckInWithdrawn(
            key_result_id=CUSTOMERS, entry_id=id_of("entry", "july10")
        )
        feeds[2].say(id_of("key_result_ledger", CUSTOMERS), withdrawn, at(9, 26))
        made.feed(feeds)
        yield made


def sentences(told):
    return [one["sentence"] for one in told["items"]]


def test_the_story_of_a_key_result_is_told_in_order(tables):
    told = stories.key_result_story(tables.reading(LAST), CUSTOMERS)
    assert sentences(told) == [
        "{actor} published the key result “New paying customers”: from 0 to 1,200 customers,"
        " by 2026-09-30. This is the original.",
        "{actor} checked in for 2026-07-10: 90, confidence 7.",
        "{actor} checked in for 2026-07-20: 210, confidence 6.",
        "{actor} checked in for 2026-07-30: 300, confidence 6.",
        "The check-in for 2026-07-30 was corrected: 330, confidence 6.",
        "{actor} revised the target of “New paying customers” from 1,200 to 1,000,"
        " as of 2026-08-01: two provinces closed (approved by {approver})",
        "{actor} checked in for 2026-08-28: 600.",
        "{actor} revised the target of “New paying customers” from 1,000 to 1,100,"
        " as of 2026-09-01: they opened again (approved by {approver})",
        "{actor} checked in for 2026-09-20: 660.",
        "The check-in for 2026-07-10 was withdrawn.",
    ]


def test_each_entry_says_when_and_who(tables):
    revised = stories.key_result_story(tables.reading(LAST), CUSTOMERS)["items"][5]
    assert revised["people"] | {"via": None} == {
        "actor": str(LI),
        "asked_by": str(LI),
        "approver": str(CHEN),
        "via": None,
    }
    assert (revised["recorded_at"], revised["effective_from"]) == (at(8, 3), "2026-08-01")
    assert (revised["category"], revised["version"]) == ("external_change", 2)


def test_it_is_told_in_chinese_too(tables):
    told = stories.key_result_story(tables.reading(LAST, language="zh-CN"), CUSTOMERS)
    assert sentences(told)[5] == (
        "{actor} 将“New paying customers”的目标值由 1,200 调整为 1,000，"
        "自 2026-08-01 起生效：two provinces closed（由 {approver} 批准）"
    )


def test_as_of_an_instant_the_story_ends_there(tables):
    told = stories.key_result_story(tables.reading(LAST, as_of=at(7, 31)), CUSTOMERS)
    assert len(told["items"]) == 4


def test_an_objective_and_a_cycle_have_stories(tables):
    reading = tables.reading(date(2026, 9, 30))
    assert sentences(stories.objective_story(reading, GROW))[0] == (
        "{actor} published “Grow in the east” with 4 key results: this is the original."
    )
    assert sentences(stories.cycle_story(reading, CYCLE))[0] == (
        "{actor} planned the cycle 2026-Q3, from 2026-07-01 to 2026-09-30."
    )
    assert len(stories.key_result_story(reading, PORTAL)["items"]) == 1


def test_there_is_no_story_of_what_is_not_there(tables):
    reading = tables.reading(LAST)
    for ask in (stories.objective_story, stories.key_result_story, stories.cycle_story):
        with pytest.raises(NotFound):
            ask(reading, id_of("nobody"))


UNTOLD = {"cairn.goals.policy.adopted.v1"}


def test_every_happening_of_an_objective_or_cycle_has_its_sentence():
    named = {contract.record_name for contract in SHOWN} - UNTOLD
    assert named <= set(TEMPLATES)


def test_every_sentence_is_translated_with_the_same_places():
    file = ROOT / "services/goals/locales/zh_CN/LC_MESSAGES/stories.po"
    with file.open("rb") as stream:
        chinese = {m.id: m.string for m in read_po(stream) if m.id}
    assert set(chinese) == set(message_ids())
    for english, text in chinese.items():
        assert text
        assert sorted(_places(english)) == sorted(_places(text)), english


def _places(text):
    return [part.split("}")[0] for part in text.split("{")[1:]]


def row(name, says, **more):
    told = {
        "name": f"cairn.goals.{name}",
        "says": says,
        "key_result_id": says.get("key_result_id"),
        "recorded_at": at(8, 1),
        "position": 1,
        "version": 1,
        "actor": "import",
        "on_behalf_of": None,
    }
    return told | more


TERMS = {
    "key_result_id": "k",
    "title": "Customers",
    "weight": 3000,
    "responsible_id": "li",
    "start": "2026-07-01",
    "deadline": "2026-09-30",
    "unit": "customers",
    "measure": {"type": "metric", "baseline": "0", "target": "1200", "stretch": None},
}
GROUNDS = {"key_result_id": "k", "reason": "why", "effective_from": "2026-08-01"}


@pytest.mark.parametrize(
    ("name", "says", "sentence"),
    [
        (
            "weight_revised",
            {"weight": 2550},
            "{actor} changed the weight of “Customers” from 30 % to 25.5 %, as of 2026-08-01: why",
        ),
        (
            "stretch_revised",
            {"stretch": "1500"},
            "{actor} revised the stretch of “Customers” from nothing to 1,500,"
            " as of 2026-08-01: why",
        ),
        (
            "responsible_revised",
            {"responsible_id": "wang"},
            "{actor} handed “Customers” over from {previous} to {responsible},"
            " as of 2026-08-01: why",
        ),
        (
            "deadline_revised",
            {"deadline": "2026-10-15"},
            "{actor} moved the deadline of “Customers” from 2026-09-30 to 2026-10-15: why",
        ),
        (
            "reworded",
            {"title": "Payers"},
            "{actor} reworded the key result: “Customers” became “Payers”: why",
        ),
        (
            "measure_replaced",
            {
                "measure": {"type": "threshold", "operator": "between", "lower": "1", "upper": "2"},
                "unit": "%",
            },
            "{actor} gave “Customers” another measure: between 1 and 2 %, as of 2026-08-01: why",
        ),
        (
            "replaced",
            {"successor": {**TERMS, "key_result_id": "s", "title": "Renewals"}},
            "{actor} replaced “Customers” by “Renewals”, as of 2026-08-01: why",
        ),
    ],
)
def test_what_held_before_is_remembered(tables, name, says, sentence):
    narrator = Narrator(tables.reading(LAST))
    narrator.tell(row("objective.drafted.v1", {"terms": {"title": "Grow"}}))
    first = narrator.tell(row("key_result.drafted.v1", {"terms": TERMS}, key_result_id="k"))
    assert first["sentence"] == (
        "{actor} drafted the key result “Customers”: from 0 to 1,200 customers."
    )
    told = narrator.tell(row(f"key_result.{name}.v1", {**GROUNDS, **says}))
    assert told["sentence"] == sentence


def test_who_acts_for_someone_is_named_beside_them(tables):
    says = {"reason": "not now"}
    told = Narrator(tables.reading(LAST)).tell(
        row("objective.postponed.v1", says, on_behalf_of="chen")
    )
    assert told["people"] == {"actor": "chen", "via": "import"}


def test_check_ins_say_what_was_said(tables):
    narrator = Narrator(tables.reading(LAST))
    entry = {
        "value": None,
        "milestones_done": None,
        "level": None,
        "confidence": None,
        "observed_on": date(2026, 8, 1),
        "rank": 1,
        "key_result_id": "k",
        "checked_in_by": "li",
        "entered_by": "li",
        "responsible_id": "li",
    }

    def said(**more):
        told = narrator.tell_check_in(entry | more, "checked_in", at(8, 1))
        return told["sentence"].removeprefix("{actor} checked in for 2026-08-01: ")

    assert said() == "nothing."
    assert said(milestones_done=["pilot", "launch"]) == "reached: pilot, launch."
    assert said(milestones_done=[]) == "no milestone reached."
    assert said(level="in use", confidence=3) == "level “in use”, confidence 3."
