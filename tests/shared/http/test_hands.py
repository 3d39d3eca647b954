"""A story says whose hand it was where a person acted for another."""

import pytest

from shared.http.hands import BY_HAND, SENTENCES, by_hand

LI, CHEN = "00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000002"
LINE = {"sentence": "{actor} laid a stone.", "people": {"actor": CHEN}}


def test_whoever_acted_for_another_is_named() -> None:
    told = by_hand(LINE, "en", LI, CHEN)
    assert told["sentence"] == "{actor} laid a stone. ({hand} did this for {giver}.)"
    assert told["people"] == {"actor": CHEN, "hand": LI, "giver": CHEN}


def test_in_chinese_too() -> None:
    assert by_hand(LINE, "zh-CN", LI, CHEN)["sentence"].endswith("（由{hand}代{giver}办理。）")
    assert SENTENCES.say(BY_HAND, "zh-CN", {}) != BY_HAND


@pytest.mark.parametrize(
    ("actor", "on_behalf_of"),
    [(LI, None), ("import", CHEN), (None, CHEN), (LI, LI)],
    ids=["one's own", "a service's", "unknown", "the same"],
)
def test_of_everything_else_nothing_is_added(actor: str | None, on_behalf_of: str | None) -> None:
    assert by_hand(LINE, "en", actor, on_behalf_of) == LINE
