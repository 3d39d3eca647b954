"""A figure as it was delivered."""

from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from services.metrics.domain.figure import Said


def test_a_figure_keeps_the_digits_that_were_said() -> None:
    said = Said(value=Decimal("9000.50"), period="2026-08-13", observed_on=date(2026, 8, 13))
    assert str(said.value) == "9000.50"


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "many"])
def test_what_is_no_number_is_no_figure(value: str) -> None:
    with pytest.raises(ValidationError):
        Said(value=value, period="2026-08-13", observed_on=date(2026, 8, 13))  # type: ignore[arg-type]
