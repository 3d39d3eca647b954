"""How objectives and key results are put into words."""

from typing import Any

import pytest

from services.web.pages.formats import Formats
from services.web.pages.names import Names
from services.web.pages.okr_views import Showing

ZH = Showing(Names("zh-CN"), Formats("zh-CN", "Asia/Shanghai"))
EN = Showing(Names("en"), Formats("en", "Asia/Shanghai"))


@pytest.mark.parametrize(
    ("said", "standing"),
    [
        ({"type": "metric", "actual": "962", "target": "1100", "unit": "家"}, "962 / 1,100 家"),
        ({"type": "metric", "actual": None, "target": "1100", "unit": "家"}, "– / 1,100 家"),
        ({"type": "metric", "actual": "15", "target": "20", "unit": "CNY"}, "¥15 / ¥20"),
        ({"type": "metric", "actual": "0.31", "target": "0.3", "unit": "ratio"}, "31.0% / 30.0%"),
        ({"type": "threshold", "actual": "97", "lower": "95", "unit": "%"}, "97% (≥ 95%)"),
        ({"type": "threshold", "actual": "4", "upper": "5", "unit": "份"}, "4 份 (≤ 5 份)"),
        (
            {"type": "threshold", "actual": "2.5", "lower": "2", "upper": "3", "unit": "小时"},
            "2.5 小时 (2 – 3 小时)",
        ),
        ({"type": "milestone", "milestones": [{"done": True}, {"done": False}]}, "已完成 1 / 2 步"),
        ({"type": "boolean", "actual": "1"}, "实际完成"),
        ({"type": "boolean", "actual": "0"}, "尚未"),
        ({"type": "rubric", "level": "熟练"}, "熟练"),
        ({"type": "rubric", "level": None}, "–"),
        ({"type": "baseline", "actual": "34", "unit": "%"}, "34%"),
    ],
)
def test_where_a_key_result_stands(said: dict[str, Any], standing: str) -> None:
    assert ZH.standing(said) == standing


def test_units_that_everybody_uses_are_translated() -> None:
    said = {"type": "metric", "actual": "9", "target": "8", "unit": "minutes"}
    assert ZH.standing(said) == "9 / 8 分钟"
    assert EN.standing(said) == "9 / 8 minutes"


def test_an_objective_that_no_longer_runs_shows_its_stage() -> None:
    closed = {
        "id": "o", "title": "t", "stage": "closed", "status": "behind",
        "holder": {"kind": "unit", "id": "u"},
    }  # fmt: skip
    assert ZH.objective(closed).mark.word == "Closed"
    assert ZH.objective(closed | {"stage": "published"}).mark.word == "Behind"
