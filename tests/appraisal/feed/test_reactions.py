"""A KPI corrected after sealing is noted by itself, in the background."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from services.appraisal.domain.facts import EvidenceChanged
from shared.kernel.facts import Fact
from tests.support.appraisal_world import (
    APPRAISAL,
    World,
    appraisal_world,
    correct,
    measure,
    put_scheme_in_force,
    review,
    tell_a_quarter,
)
from tests.support.appraisals import FIRST, LAST, LI, ZHOU
from tests.support.children import until
from tests.support.postgres import Databases

LATER = datetime(2026, 10, 12, tzinfo=UTC)


@pytest.fixture
def world(databases: Databases) -> Iterator[World]:
    with appraisal_world(databases("appraisal")) as made:
        put_scheme_in_force(made)
        tell_a_quarter(made.kpis)
        made.follow()
        review(made)
        made.on(date(2026, 10, 11))
        made.done(ZHOU, "seal-appraisals", {"items": [str(APPRAISAL)]})
        yield made


def noted(world: World) -> list[Fact]:
    history = [recorded.fact for recorded in world.service.journal.history(APPRAISAL)]
    return [fact for fact in history if isinstance(fact, EvidenceChanged)]


def test_it_happens_once_with_its_cause_and_no_one_asks(world: World) -> None:
    reactions = world.service.make_reactions()
    reactions.start()
    try:
        known = correct(world.kpis, "revenue", FIRST, 1, LATER)
        world.follow()
        until(lambda: noted(world), what="the note")
        world.follow()
    finally:
        reactions.stop()
    assert reactions.step() == 0
    last = world.service.journal.history(APPRAISAL)[-1]
    assert last.envelope.cause == f"kpis@{known.position}"
    assert (last.envelope.actor.id, last.envelope.actor.person) == ("appraisal", None)
    assert len(noted(world)) == 1


def test_a_correction_on_its_way_while_the_result_was_sealed_is_noted_too(
    databases: Databases,
) -> None:
    with appraisal_world(databases("appraisal")) as world:
        put_scheme_in_force(world)
        tell_a_quarter(world.kpis)
        world.follow()
        review(world)
        world.on(date(2026, 10, 11))
        correct(world.kpis, "revenue", FIRST, 1, datetime(2026, 10, 1, tzinfo=UTC))
        world.done(ZHOU, "seal-appraisals", {"items": [str(APPRAISAL)]})
        assert world.react() == 1
        assert len(noted(world)) == 1


def test_what_lies_outside_the_period_or_is_about_others_is_not_noted(world: World) -> None:
    outside = LAST + timedelta(days=1)
    measure(world.kpis, "revenue", outside, 5)
    correct(world.kpis, "revenue", outside, 6, LATER)
    world.follow()
    assert world.react() == 0
    assert str(LI) in str(world.read(ZHOU, f"/appraisals/{APPRAISAL}")["subject"])


def test_a_figure_that_came_after_sealing_is_noted_too(world: World) -> None:
    sunday = date(2026, 9, 27)
    world.kpis.now = LATER
    measure(world.kpis, "revenue", sunday, 5000)
    world.follow()
    assert world.react() == 1
    told = world.read(ZHOU, f"/appraisals/{APPRAISAL}")
    assert (told["total"], told["changes"][0]["total_would_be"]) == ("98.75", "100.61")
