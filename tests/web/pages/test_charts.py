"""What charts are drawn from."""

from services.web.pages.charts import sparkline


def test_a_sparkline_runs_from_left_to_right() -> None:
    assert sparkline(["0", None, "10"]) == "M0.0 28.0 L100.0 2.0"


def test_one_value_makes_no_line() -> None:
    assert sparkline(["7"]) == ""
