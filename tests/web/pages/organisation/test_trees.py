"""The tree of units, out of a list."""

from services.web.pages.organisation.trees import Tree

UNITS = [
    {"unit_id": "t", "code": "TOP", "parent_id": None},
    {"unit_id": "a", "code": "A", "parent_id": "t"},
    {"unit_id": "b", "code": "B", "parent_id": "t"},
    {"unit_id": "x", "code": "X", "parent_id": "a"},
    {"unit_id": "o", "code": "ORPHAN", "parent_id": "gone"},
]


def test_units_stand_under_their_parents_in_the_order_of_the_list() -> None:
    tops = Tree(UNITS).tops()
    assert [branch.id for branch in tops] == ["t", "o"]
    assert [branch.id for branch in tops[0].below] == ["a", "b"]
    assert [branch.id for branch in tops[0].below[0].below] == ["x"]


def test_the_way_leads_from_the_top_down() -> None:
    tree = Tree(UNITS)
    assert [unit["code"] for unit in tree.way_to("x")] == ["TOP", "A", "X"]
    assert tree.branch("x") == {"t", "a", "x"}
    assert tree.way_to("nowhere") == []


def test_each_unit_follows_its_parent_with_its_depth() -> None:
    told = [(depth, unit["code"]) for depth, unit in Tree(UNITS).in_order()]
    assert told == [(0, "TOP"), (1, "A"), (2, "X"), (1, "B"), (0, "ORPHAN")]
