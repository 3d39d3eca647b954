"""The tree of units, out of a list."""

from services.web.pages.organisation.trees import Tree

UNITS = [
    {"unit_id": "t", "code": "TOP", "parent_id": None},
    {"unit_id": "a", "code": "A", "parent_id": "t"},
    {"unit_id": "b", "code": "B", "parent_id": "t", "last_day": "2026-08-31"},
    {"unit_id": "x", "code": "X", "parent_id": "a"},
    {"unit_id": "o", "code": "ORPHAN", "parent_id": "gone"},
]


def test_a_branch_is_a_unit_and_all_above_it() -> None:
    tree = Tree(UNITS)
    assert tree.branch("x") == {"t", "a", "x"}
    assert tree.branch("nowhere") == set()


def test_each_unit_follows_its_parent_with_its_depth() -> None:
    told = [(depth, unit["code"]) for depth, unit in Tree(UNITS).in_order()]
    assert told == [(0, "TOP"), (1, "A"), (2, "X"), (1, "B"), (0, "ORPHAN")]


def test_a_closed_unit_is_open_until_its_last_day() -> None:
    def codes(day: str) -> list[str]:
        return [str(unit["code"]) for _, unit in Tree(UNITS).open_on(day)]

    assert codes("2026-08-31") == ["TOP", "A", "X", "B", "ORPHAN"]
    assert codes("2026-09-01") == ["TOP", "A", "X", "ORPHAN"]
