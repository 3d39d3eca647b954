"""What deserves a word although it is not refused."""

from collections.abc import Iterator
from datetime import date

from services.goals.domain.cycle import Cycle
from services.goals.domain.objective_state import ObjectiveState
from services.goals.domain.policy import PolicyWords
from services.goals.domain.sense import KnownKpis
from services.goals.domain.terms import Level
from services.goals.domain.weights import WHOLE
from shared.kernel.notices import Notice


class JoinedLate(Notice):
    """Published after the drafting window, which ended on {last}."""


class ManyObjectives(Notice):
    """{count} objectives for one holder in the cycle; up to {at_most} keep the focus."""


class FewOrManyKeyResults(Notice):
    """{count} key results; between {at_least} and {at_most} keep an objective in focus."""


class WeightsOffTheWhole(Notice):
    """The weights add up to {percent} %; they count in proportion."""


class KpiNotDefinedYet(Notice):
    """The KPI that measures "{title}" is not defined yet; nothing is measured until it is."""


class AfterTheMidCycleReview(Notice):
    """The mid-cycle review was on {review}; a change this late is shown apart."""


def of_publication(
    objective: ObjectiveState, cycle: Cycle, policy: PolicyWords, kpis: KnownKpis
) -> Iterator[Notice]:
    """What to say about an objective that has just been published."""
    day = objective.published_on
    assert day is not None
    if day > cycle.drafting_last:
        yield JoinedLate(last=cycle.drafting_last)
    yield from of_set(objective, policy, day)
    yield from of_kpis(objective, kpis, day)


def of_holder(level: Level, count: int, policy: PolicyWords) -> Iterator[Notice]:
    """What to say about the number of objectives that one holder has published in a cycle."""
    for limit in policy.objective_limits:
        if limit.level == level and count > limit.at_most:
            yield ManyObjectives(count=count, at_most=limit.at_most)


def of_revision(
    objective: ObjectiveState, cycle: Cycle, policy: PolicyWords, kpis: KnownKpis, day: date
) -> Iterator[Notice]:
    """What to say about an objective that has just been revised from this day on."""
    if cycle.is_past_mid_review(day):
        yield AfterTheMidCycleReview(review=cycle.mid_cycle_review)
    yield from of_set(objective, policy, day)
    yield from of_kpis(objective, kpis, day)


def of_set(objective: ObjectiveState, policy: PolicyWords, day: date) -> Iterator[Notice]:
    """What to say about the number and the weights of its key results on this day."""
    weights = objective.weights_on(day)
    at_least, at_most = policy.key_results_at_least, policy.key_results_at_most
    if not at_least <= len(weights) <= at_most:
        yield FewOrManyKeyResults(count=len(weights), at_least=at_least, at_most=at_most)
    if weights and sum(weights.values()) != WHOLE:
        yield WeightsOffTheWhole(percent=f"{sum(weights.values()) / 100:g}")


def of_kpis(objective: ObjectiveState, kpis: KnownKpis, day: date) -> Iterator[Notice]:
    """What to say about KPIs that nobody has defined yet."""
    for key_result in objective.in_force(day):
        binding = key_result.on(day, "kpi")
        if binding is not None and binding.kpi_id not in kpis:
            yield KpiNotDefinedYet(title=key_result.on(day, "title"))
