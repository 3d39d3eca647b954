"""How a key result stands, in figures and words."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from services.metrics.domain.standing import Standing

DAY = date(2026, 8, 14)


def test_a_day_alone_says_nothing() -> None:
    assert Standing(observed_on=DAY).silent


@pytest.mark.parametrize(
    "said",
    [
        {"value": Decimal(0)},
        {"milestones_done": ()},
        {"level": "good"},
        {"confidence": 0},
        {"reported_status": "on_track"},
    ],
)
def test_nought_is_something_said(said: dict[str, Any]) -> None:
    assert not Standing(observed_on=DAY, **said).silent


@pytest.mark.parametrize("said", [{"confidence": 11}, {"confidence": -1}, {"value": "NaN"}])
def test_what_is_no_figure_is_not_taken(said: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Standing(observed_on=DAY, **said)
