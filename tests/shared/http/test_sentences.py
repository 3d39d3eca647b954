"""The reader's language, from the header and the catalogues."""

from pathlib import Path

import pytest

from shared.http.sentences import Sentences, language_of
from shared.kernel.erased import ERASED

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "{who} laid a stone."
msgstr "{who} 放下了一块石头。"
"""


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("zh-CN", "zh-CN"),
        ("zh", "zh-CN"),
        ("zh-TW;q=0.8, en;q=0.7", "zh-CN"),
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("fr, zh;q=0.3", "zh-CN"),
        ("fr, de", "en"),
        ("en;q=nonsense, zh;q=0.1", "zh-CN"),
    ],
)
def test_the_best_of_our_languages_is_chosen(header: str | None, language: str) -> None:
    assert language_of(header) == language


def test_a_sentence_is_said_in_the_readers_language_with_its_details(tmp_path: Path) -> None:
    folder = tmp_path / "zh_CN" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "stories.po").write_text(PO)
    sentences = Sentences([tmp_path], "stories")
    assert sentences.say("{who} laid a stone.", "zh-CN", {"who": "李明"}) == "李明 放下了一块石头。"
    assert sentences.say("{who} laid a stone.", "en", {"who": "Li Ming"}) == "Li Ming laid a stone."
    assert sentences.say("{who} left.", "zh-CN", {}) == "{who} left."


@pytest.mark.parametrize(("language", "said"), [("en", "erased"), ("zh-CN", "已删除")])
def test_what_was_erased_is_said_in_the_readers_language(language: str, said: str) -> None:
    told = Sentences([], "stories").say("{who} laid a stone.", language, {"who": ERASED})
    assert told == f"{said} laid a stone."
