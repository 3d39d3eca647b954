"""What a story is asked about is found by id, code, title, or part of one."""

from typing import Any, cast

import pytest

from services.host.reach import Declined, Reach
from services.host.replay import find
from shared.kernel.ids import id_of

CUSTOMERS = str(id_of("key_result", "D1-1"))
IN_THE_EAST = str(id_of("key_result", "of the East"))
OBJECTIVE = str(id_of("objective", "D1"))
REVENUE = str(id_of("kpi", "under another code"))
EAST, LI = str(id_of("unit", "EAST")), str(id_of("person", "E021"))


class Answers:
    """Stands where services would answer."""

    def get(self, name: str, path: str, language: str = "en", **asked: Any) -> dict[str, Any]:
        """One objective with two key results, one KPI, one unit, or one person."""
        if path == "/kpis":
            said = {"code": "REV", "name_zh": "销售收入", "name_en": "Revenue"}
            return {"items": [{"id": REVENUE, **said}]}
        if path == "/units":
            return {"units": [{"unit_id": EAST, "code": "E", "name_zh": "华东", "name_en": "East"}]}
        if path == "/people":
            li = {"person_id": LI, "name": "李明", "name_en": "Li Ming"}
            return {"people": [li], "next": None}
        titles = {CUSTOMERS: "Win customers", IN_THE_EAST: "Win customers in the East"}
        key_results = [{"id": key, "title": title} for key, title in titles.items()]
        return {"items": [{"id": OBJECTIVE, "title": "New market", "key_results": key_results}]}


@pytest.mark.parametrize(
    ("kind", "thing", "meant"),
    [
        ("key-result", IN_THE_EAST, IN_THE_EAST),
        ("key-result", "D1-1", CUSTOMERS),
        ("key-result", "win customers", CUSTOMERS),
        ("key-result", "the east", IN_THE_EAST),
        ("objective", "D1", OBJECTIVE),
        ("objective", "market", OBJECTIVE),
        ("kpi", "rev", REVENUE),
        ("kpi", "收入", REVENUE),
        ("unit", "华东", EAST),
        ("unit", "EAST", EAST),
        ("person", "li ming", LI),
        ("person", "E021", LI),
    ],
)
def test_a_thing_is_found(kind: str, thing: str, meant: str) -> None:
    assert find(cast(Reach, Answers()), kind, thing, "en") == meant


@pytest.mark.parametrize(("thing", "found"), [("customers", 2), ("nobody", 0)])
def test_what_is_not_clear_is_asked_back_with_ids(thing: str, found: int) -> None:
    with pytest.raises(Declined, match=f"{found} found") as declined:
        find(cast(Reach, Answers()), "key-result", thing, "en")
    assert CUSTOMERS in str(declined.value)
