"""Who may speak about a key result, and in which form."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from services.metrics.domain.accountable import Accountable
from services.metrics.domain.errors import (
    KeyResultFollowsKpi,
    KeyResultIsClosed,
    LevelExpected,
    MilestonesExpected,
    NumberExpected,
    YesOrNoExpected,
)
from services.metrics.domain.standing import Standing
from shared.access.refusals_of_figures import (
    NotAskedToCheckIn,
)
from shared.kernel.actors import Actor, person, service

CHEN, LEAD, OTHER = uuid4(), uuid4(), uuid4()


def key_result(**more: Any) -> Accountable:
    return Accountable(id=uuid4(), responsible=CHEN, speakers=frozenset({LEAD}), **more)


def standing(**said: Any) -> Standing:
    return Standing(observed_on=date(2026, 8, 14), **said)


@pytest.mark.parametrize(
    "actor",
    [
        person(CHEN),
        person(LEAD),
        service("import"),
        Actor(kind="person", id=str(OTHER), on_behalf_of=str(CHEN), delegation="holiday"),
    ],
)
def test_responsible_manager_service_and_named_deputy_are_heard(actor: Actor) -> None:
    key_result().must_hear(actor)


@pytest.mark.parametrize(
    "actor",
    [
        person(OTHER),
        Actor(kind="person", id=str(OTHER), on_behalf_of=str(CHEN)),
        Actor(kind="person", id=str(OTHER), delegation="holiday"),
    ],
)
def test_no_one_else_is_heard(actor: Actor) -> None:
    with pytest.raises(NotAskedToCheckIn):
        key_result().must_hear(actor)


def test_what_is_closed_takes_no_entry() -> None:
    key_result().must_be_open()
    with pytest.raises(KeyResultIsClosed):
        key_result(open=False).must_be_open()


@pytest.mark.parametrize(
    ("form", "options", "said"),
    [
        ("metric", (), {"value": Decimal("-3.5")}),
        ("metric", (), {"confidence": 4}),
        ("threshold", (), {"value": Decimal(9)}),
        ("baseline", (), {"value": Decimal(9)}),
        ("boolean", (), {"value": Decimal(1)}),
        ("boolean", (), {"confidence": 4}),
        ("milestone", ("contract", "pilot"), {"milestones_done": ("pilot",)}),
        ("milestone", ("contract", "pilot"), {"milestones_done": ()}),
        ("milestone", ("contract",), {"confidence": 1}),
        ("rubric", ("poor", "good"), {"level": "good"}),
        ("rubric", ("poor", "good"), {"confidence": 1}),
    ],
)
def test_each_form_is_said_in_its_way(form: Any, options: Any, said: Any) -> None:
    key_result(form=form, options=options).must_be_measured_so(standing(**said))


@pytest.mark.parametrize(
    ("form", "options", "said", "refusal"),
    [
        ("metric", (), {"milestones_done": ("pilot",)}, NumberExpected),
        ("metric", (), {"level": "good"}, NumberExpected),
        ("boolean", (), {"value": Decimal("0.5")}, YesOrNoExpected),
        ("milestone", ("pilot",), {"value": Decimal(1)}, MilestonesExpected),
        ("milestone", ("pilot",), {"milestones_done": ("pilots",)}, MilestonesExpected),
        ("milestone", ("pilot",), {"level": "good"}, MilestonesExpected),
        ("rubric", ("good",), {"level": "great"}, LevelExpected),
        ("rubric", ("good",), {"milestones_done": ()}, LevelExpected),
        ("rubric", ("good",), {"value": Decimal(1)}, LevelExpected),
    ],
)
def test_any_other_form_is_refused(form: Any, options: Any, said: Any, refusal: Any) -> None:
    with pytest.raises(refusal):
        key_result(form=form, options=options).must_be_measured_so(standing(**said))


def test_a_key_result_measured_by_a_kpi_takes_confidence_but_no_figure() -> None:
    followed = key_result(follows_kpi=True)
    followed.must_be_measured_so(standing(confidence=5))
    with pytest.raises(KeyResultFollowsKpi):
        followed.must_be_measured_so(standing(value=Decimal(5)))
