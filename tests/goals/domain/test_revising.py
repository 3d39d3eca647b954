"""Every change of mind about a published objective."""

from datetime import date, timedelta
from decimal import Decimal
from typing import get_args
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.goals.domain import changes as asked
from services.goals.domain import errors
from services.goals.domain import key_result_revisions as facts
from services.goals.domain import objective_revisions as own
from services.goals.domain.measure import Metric, Milestone, PlanPoint, RubricLevel, YesNo
from services.goals.domain.objective import Objective
from services.goals.domain.objective_life import ObjectiveCancelled
from services.goals.domain.revision import RevisionRules
from services.goals.domain.sense import KnownKpi
from services.goals.domain.terms import Holder
from tests.goals.domain import samples as s
from tests.support.scenario import scenario

STAMP = s.grounds().model_dump() | {"retroactive": False}
CUSTOMERS = {"key_result_id": s.CUSTOMERS}
LESS = asked.NewTarget(key_result_id=s.CUSTOMERS, target=Decimal(1000))


def revise(change, grounds=None, known=None):
    return lambda o: o.revise(grounds or s.grounds(), change, known or s.known())


def plan(*points):
    return tuple(PlanPoint(due=due, value=Decimal(value)) for due, value in points)


# Each revision of its own kind

HALF_OF_AUGUST = plan((date(2026, 7, 31), 300), (s.AUG_31, 625))
REVISIONS = [
    (LESS, facts.TargetRevised(**STAMP, **CUSTOMERS, target=1000, plan=HALF_OF_AUGUST)),
    (
        asked.NewTarget(key_result_id=s.CUSTOMERS, target=Decimal(1000), plan=()),
        facts.TargetRevised(**STAMP, **CUSTOMERS, target=1000, plan=()),
    ),
    (
        asked.NewStretch(key_result_id=s.CUSTOMERS, stretch=Decimal(1600)),
        facts.StretchRevised(**STAMP, **CUSTOMERS, stretch=1600),
    ),
    (
        asked.NewStretch(key_result_id=s.CUSTOMERS, stretch=None),
        facts.StretchRevised(**STAMP, **CUSTOMERS, stretch=None),
    ),
    (
        asked.RightBaseline(key_result_id=s.CUSTOMERS, baseline=Decimal(40)),
        facts.BaselineCorrected(**STAMP, **CUSTOMERS, baseline=40),
    ),
    (
        asked.NewBounds(key_result_id=s.FIRST_RESPONSE, upper=Decimal(4)),
        facts.BoundsRevised(**STAMP, key_result_id=s.FIRST_RESPONSE, lower=None, upper=4),
    ),
    (
        asked.NewOperator(
            key_result_id=s.FIRST_RESPONSE, operator="between", lower=Decimal(1), upper=Decimal(4)
        ),
        facts.OperatorRevised(
            **STAMP, key_result_id=s.FIRST_RESPONSE, operator="between", lower=1, upper=4
        ),
    ),
    (
        asked.NewMilestones(
            key_result_id=s.CRM, milestones=(Milestone(name="live", due=s.SEP_30),)
        ),
        facts.MilestonesRevised(
            **STAMP, key_result_id=s.CRM, milestones=(Milestone(name="live", due=s.SEP_30),)
        ),
    ),
    (
        asked.NewRubric(key_result_id=s.CARE, levels=(RubricLevel(name="good", value=Decimal(1)),)),
        facts.RubricRevised(
            **STAMP, key_result_id=s.CARE, levels=(RubricLevel(name="good", value=Decimal(1)),)
        ),
    ),
    (
        asked.NewPlan(key_result_id=s.CUSTOMERS, plan=plan((s.AUG_31, 700))),
        facts.PlanRevised(**STAMP, **CUSTOMERS, plan=plan((s.AUG_31, 700))),
    ),
    (
        asked.NewKeyResultWeight(key_result_id=s.CUSTOMERS, weight=5000),
        facts.KeyResultWeightRevised(**STAMP, **CUSTOMERS, weight=5000),
    ),
    (
        asked.NewKeyResultResponsible(key_result_id=s.CUSTOMERS, responsible_id=s.LIN),
        facts.KeyResultResponsibleRevised(**STAMP, **CUSTOMERS, responsible_id=s.LIN),
    ),
    (
        asked.NewStart(key_result_id=s.LAUNCH, start=date(2026, 7, 15)),
        facts.StartRevised(**STAMP, key_result_id=s.LAUNCH, start=date(2026, 7, 15)),
    ),
    (
        asked.NewDeadline(key_result_id=s.LAUNCH, deadline=s.AUG_31),
        facts.DeadlineRevised(**STAMP, key_result_id=s.LAUNCH, deadline=s.AUG_31),
    ),
    (
        asked.NewKeyResultWording(key_result_id=s.LAUNCH, title="Launch the portal"),
        facts.KeyResultReworded(**STAMP, key_result_id=s.LAUNCH, title="Launch the portal"),
    ),
    (
        asked.NewMeasure(
            key_result_id=s.LAUNCH,
            measure=Metric(baseline=Decimal(0), target=Decimal(5)),
            unit="portals",
        ),
        facts.MeasureReplaced(
            **STAMP,
            key_result_id=s.LAUNCH,
            measure=Metric(baseline=Decimal(0), target=Decimal(5)),
            unit="portals",
        ),
    ),
    (
        asked.NewMeasuringKpi(key_result_id=s.CUSTOMERS, kpi=s.ORDERS_WON),
        facts.MeasuringKpiRevised(**STAMP, **CUSTOMERS, kpi=s.ORDERS_WON),
    ),
    (
        asked.NewRelativeAim(key_result_id=s.CUSTOMERS, relative_aim=Decimal("0.2"), plan=()),
        errors.RelativeToNothing,
    ),
    (
        asked.DroppedKeyResult(key_result_id=s.CARE),
        facts.KeyResultDropped(**STAMP, key_result_id=s.CARE),
    ),
    (
        asked.AddedKeyResult(
            key_result_id=s.ORDERS,
            title="Win orders",
            responsible_id=s.LIN,
            weight=1000,
            measure=Metric(baseline=Decimal(0), target=Decimal(80)),
        ),
        facts.KeyResultAdded(
            **STAMP,
            terms=s.key_result(
                s.ORDERS,
                6,
                Metric(baseline=Decimal(0), target=Decimal(80)),
                title="Win orders",
                responsible_id=s.LIN,
                weight=1000,
                start=s.AUG_14,
            ),
        ),
    ),
    (
        asked.ReplacedKeyResult(
            key_result_id=s.LAUNCH,
            successor=asked.AddedKeyResult(
                key_result_id=s.ORDERS,
                title="Launch abroad",
                responsible_id=s.CHEN,
                measure=YesNo(),
                deadline=date(2026, 9, 15),
            ),
        ),
        facts.KeyResultReplaced(
            **STAMP,
            key_result_id=s.LAUNCH,
            successor=s.key_result(
                s.ORDERS,
                6,
                YesNo(),
                title="Launch abroad",
                weight=1500,
                start=s.AUG_14,
                deadline=date(2026, 9, 15),
            ),
        ),
    ),
    (
        asked.NewWording(title="Win customers who stay", description="Quality first."),
        own.ObjectiveReworded(
            **STAMP, title="Win customers who stay", description="Quality first."
        ),
    ),
    (asked.NewKind(kind="aspirational"), own.KindRevised(**STAMP, kind="aspirational")),
    (asked.NewPriority(priority=1), own.PriorityRevised(**STAMP, priority=1)),
    (asked.NewWeight(weight=6000), own.ObjectiveWeightRevised(**STAMP, weight=6000)),
    (
        asked.NewHolder(holder=Holder(kind="person", id=s.LIN)),
        own.HolderRevised(**STAMP, holder=Holder(kind="person", id=s.LIN)),
    ),
    (
        asked.NewResponsible(responsible_id=s.LIN),
        own.ObjectiveResponsibleRevised(**STAMP, responsible_id=s.LIN),
    ),
]


@pytest.mark.parametrize(("change", "outcome"), REVISIONS, ids=lambda v: getattr(v, "what", ""))
def test_every_revision_is_a_fact_of_its_own_and_says_the_same_thing_once(change, outcome):
    story = scenario(Objective).given(*s.PUBLISHED).when(revise(change))
    if isinstance(outcome, type):
        story.then_refused(outcome)
        return
    state = story.then(outcome)
    again = revise(change, s.grounds("another revision"))
    if change.what not in ("key_result_added", "key_result_replaced"):
        assert list(again(state)) == []


def test_no_kind_of_change_is_left_out():
    listed = {type(change) for change, _ in REVISIONS}
    assert listed == set(get_args(get_args(asked.Change)[0]))


# What every revision needs


def test_a_revision_that_was_seen_is_nothing_whatever_it_says():
    seen = facts.TargetRevised(**STAMP, **CUSTOMERS, target=1000, plan=())
    other = asked.NewTarget(key_result_id=s.CUSTOMERS, target=Decimal(5))
    scenario(Objective).given(*s.PUBLISHED, seen).when(revise(other)).then_nothing()
    scenario(Objective).given(*s.PUBLISHED, seen).when(
        revise(other, known=s.known(in_cycle=s.CLOSED))
    ).then_nothing()


def test_the_value_that_holds_is_nothing_new():
    same = asked.NewTarget(key_result_id=s.CUSTOMERS, target=Decimal("1200.0"))
    scenario(Objective).given(*s.PUBLISHED).when(revise(same)).then_nothing()


def test_repeating_a_value_that_is_about_to_change_cancels_the_change():
    later = facts.KeyResultWeightRevised(
        **(STAMP | {"effective_from": s.SEP_1, "revision_id": UUID(int=9)}),
        **CUSTOMERS,
        weight=5000,
    )
    same = asked.NewKeyResultWeight(key_result_id=s.CUSTOMERS, weight=4000)
    state = (
        scenario(Objective)
        .given(*s.PUBLISHED, later)
        .when(revise(same))
        .then(facts.KeyResultWeightRevised(**STAMP, **CUSTOMERS, weight=4000))
    )
    assert state.weights_on(s.SEP_30)[s.CUSTOMERS] == 4000


def test_a_draft_is_not_revised_but_redrafted():
    scenario(Objective).given(*s.DRAFT).when(revise(LESS)).then_refused(
        errors.ObjectiveIsNotPublished
    )
    scenario(Objective).when(revise(LESS)).then_refused(errors.UnknownObjective)


def test_what_has_ended_is_not_revised():
    ended = ObjectiveCancelled(
        reason="no", category="other", on=s.AUG_14, after_mid_cycle_review=False
    )
    scenario(Objective).given(*s.PUBLISHED, ended).when(revise(LESS)).then_refused(
        errors.ObjectiveHasEnded
    )


def test_a_closed_cycle_takes_no_revision():
    scenario(Objective).given(*s.PUBLISHED).when(
        revise(LESS, known=s.known(in_cycle=s.CLOSED))
    ).then_refused(errors.CycleIsClosed)


def test_nothing_is_revised_before_publication():
    scenario(Objective).given(*s.PUBLISHED).when(revise(LESS, s.grounds(on=s.JULY_1))).then_refused(
        errors.EffectiveBeforePublication, day=s.JULY_1, published_on=s.JULY_2
    )


def test_nobody_approves_what_they_asked_for():
    scenario(Objective).given(*s.PUBLISHED).when(
        revise(LESS, s.grounds(approved_by=s.CHEN))
    ).then_refused(errors.AskerCannotApprove, field="approved_by")


def test_a_retroactive_revision_needs_an_approver_and_says_so():
    scenario(Objective).given(*s.PUBLISHED).when(
        revise(LESS, known=s.known(today=s.AUG_31))
    ).then_refused(errors.RetroactiveWithoutApproval, field="approved_by")
    state = s.objective(*s.PUBLISHED)
    request = revise(LESS, s.grounds(approved_by=s.WU), s.known(today=s.AUG_31))
    (fact,) = request(state)
    assert (fact.retroactive, fact.approved_by) == (True, s.WU)


def test_policy_may_ask_for_an_approver_of_every_revision():
    strict = s.known(rules=RevisionRules(all_need_approval=True))
    scenario(Objective).given(*s.PUBLISHED).when(revise(LESS, known=strict)).then_refused(
        errors.ApprovalMissing
    )
    assert list(revise(LESS, s.grounds(approved_by=s.WU), strict)(s.objective(*s.PUBLISHED)))


# What holds in the end


@given(
    st.lists(
        st.tuples(
            st.integers(0, 60).map(lambda n: s.AUG_14 + timedelta(days=n)),
            st.sampled_from(["target", "stretch", "weight"]),
            st.integers(1, 4),
        ),
        max_size=8,
    ),
    st.integers(0, 70).map(lambda n: s.AUG_14 + timedelta(days=n)),
)
def test_whatever_is_revised_the_latest_word_effective_by_a_day_holds_and_the_original_stays(
    asks, day
):
    state, said = s.objective(*s.PUBLISHED), {"target": 1200, "stretch": 1500, "weight": 4000}
    for n, (since, aspect, size) in enumerate(asks):
        change = {
            "target": asked.NewTarget(key_result_id=s.CUSTOMERS, target=Decimal(100 * size)),
            "stretch": asked.NewStretch(key_result_id=s.CUSTOMERS, stretch=Decimal(2000 + size)),
            "weight": asked.NewKeyResultWeight(key_result_id=s.CUSTOMERS, weight=1000 * size),
        }[aspect]
        for fact in state.revise(s.grounds(f"{n}", on=since), change, s.known()):
            state = state.after(fact)
        if since <= day:
            said[aspect] = getattr(change, aspect)
    customers = state.key_results[s.CUSTOMERS]
    assert {aspect: customers.on(day, aspect) for aspect in said} == said
    assert customers.original == s.ORIGINALS[0]
    assert customers.terms_on(s.JULY_2) == s.ORIGINALS[0]


# Targets, plans and baselines


def test_1200_then_1000_then_1100():
    down = facts.TargetRevised(**STAMP, **CUSTOMERS, target=1000, plan=HALF_OF_AUGUST)
    up = asked.NewTarget(key_result_id=s.CUSTOMERS, target=Decimal(1100))
    (fact,) = revise(up, s.grounds("up", on=s.SEP_1), s.known(today=s.SEP_1))(
        s.objective(*s.PUBLISHED, down)
    )
    state = s.objective(*s.PUBLISHED, down, fact)
    customers = state.key_results[s.CUSTOMERS]
    assert [customers.on(d, "target") for d in (s.JULY_2, s.AUG_14, s.SEP_30)] == [
        1200,
        1000,
        1100,
    ]
    assert customers.original.measure.target == 1200
    assert customers.on(s.SEP_30, "plan") == HALF_OF_AUGUST


def test_a_target_at_the_baseline_is_refused():
    flat = asked.NewTarget(key_result_id=s.CUSTOMERS, target=Decimal(0))
    scenario(Objective).given(*s.PUBLISHED).when(revise(flat)).then_refused(
        errors.TargetEqualsBaseline
    )


def test_a_baseline_that_meets_a_later_target_is_refused():
    later = facts.TargetRevised(
        **(STAMP | {"effective_from": s.SEP_1, "revision_id": UUID(int=9)}),
        **CUSTOMERS,
        target=1000,
        plan=(),
    )
    meeting = asked.RightBaseline(key_result_id=s.CUSTOMERS, baseline=Decimal(1000))
    scenario(Objective).given(*s.PUBLISHED, later).when(revise(meeting)).then_refused(
        errors.TargetEqualsBaseline
    )


def test_a_relative_aim_is_kept_as_said_and_as_computed():
    grown = s.ORIGINAL.model_copy(
        update={
            "key_results": (
                s.key_result(
                    s.ORDERS, 1, Metric(baseline=Decimal(-50), target=Decimal(10)), weight=10_000
                ),
            )
        }
    )
    aim = asked.NewRelativeAim(key_result_id=s.ORDERS, relative_aim=Decimal("0.2"))
    state = (
        scenario(Objective)
        .given(*s.DRAFT, grown)
        .when(revise(aim))
        .then(
            facts.RelativeAimRevised(
                **STAMP, key_result_id=s.ORDERS, relative_aim=Decimal("0.2"), target=Decimal(-40)
            )
        )
    )
    assert state.key_results[s.ORDERS].on(s.SEP_30, "relative_aim") == Decimal("0.2")
    after = state.after(facts.TargetRevised(**STAMP, key_result_id=s.ORDERS, target=7))
    assert after.key_results[s.ORDERS].on(s.SEP_30, "relative_aim") is None


@pytest.mark.parametrize(
    "change",
    [
        asked.NewTarget(key_result_id=s.LAUNCH, target=Decimal(1)),
        asked.NewStretch(key_result_id=s.LAUNCH, stretch=Decimal(1)),
        asked.RightBaseline(key_result_id=s.FIRST_RESPONSE, baseline=Decimal(1)),
        asked.NewBounds(key_result_id=s.CUSTOMERS, upper=Decimal(1)),
        asked.NewMilestones(key_result_id=s.CARE, milestones=()),
        asked.NewRubric(key_result_id=s.CRM, levels=()),
        asked.NewPlan(key_result_id=s.LAUNCH, plan=()),
    ],
    ids=lambda c: c.what,
)
def test_what_a_measure_does_not_have_is_not_revised(change):
    scenario(Objective).given(*s.PUBLISHED).when(revise(change)).then_refused(errors.NotThisMeasure)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (
            asked.NewStretch(key_result_id=s.CUSTOMERS, stretch=Decimal(1100)),
            errors.StretchFallsShort,
        ),
        (asked.NewBounds(key_result_id=s.FIRST_RESPONSE), errors.BoundMissing),
        (
            asked.NewOperator(
                key_result_id=s.FIRST_RESPONSE,
                operator="between",
                lower=Decimal(4),
                upper=Decimal(1),
            ),
            errors.BoundsCrossed,
        ),
        (asked.NewMilestones(key_result_id=s.CRM, milestones=()), errors.MilestonesUnclear),
        (asked.NewRubric(key_result_id=s.CARE, levels=()), errors.RubricUnclear),
        (
            asked.NewPlan(key_result_id=s.CUSTOMERS, plan=plan((date(2026, 10, 1), 5))),
            errors.PlanUnclear,
        ),
        (
            asked.NewPlan(key_result_id=s.CUSTOMERS, plan=plan((s.AUG_31, 5), (s.AUG_31, 6))),
            errors.PlanUnclear,
        ),
        (
            asked.NewDeadline(key_result_id=s.LAUNCH, deadline=date(2026, 6, 1)),
            errors.DeadlineBeforeStart,
        ),
        (
            asked.NewMeasuringKpi(key_result_id=s.LAUNCH, kpi=s.ORDERS_WON),
            errors.OnlyMetricsFollowKpis,
        ),
        (
            asked.NewKeyResultWording(key_result_id=s.ORDERS, title="?"),
            errors.UnknownKeyResult,
        ),
    ],
    ids=lambda v: getattr(v, "what", getattr(v, "__name__", "")),
)
def test_a_revision_that_makes_no_sense_is_refused(change, refusal):
    scenario(Objective).given(*s.PUBLISHED).when(revise(change)).then_refused(refusal)


def test_type_and_unit_stay_once_something_was_measured():
    change = asked.NewMeasure(key_result_id=s.LAUNCH, measure=YesNo(), unit="portals")
    scenario(Objective).given(*s.PUBLISHED).when(
        revise(change, known=s.known(measured=frozenset({s.LAUNCH})))
    ).then_refused(errors.AlreadyMeasured)


def test_a_sum_measures_only_from_zero():
    corrected = facts.BaselineCorrected(**STAMP, **CUSTOMERS, baseline=40)
    change = asked.NewMeasuringKpi(key_result_id=s.CUSTOMERS, kpi=s.ORDERS_WON)
    kpis = {s.ORDERS_WON.kpi_id: KnownKpi(over_time="sum", direction="higher")}
    scenario(Objective).given(*s.PUBLISHED, corrected).when(
        revise(change, s.grounds("kpi"), s.known(kpis=kpis))
    ).then_refused(errors.SumMustStartAtZero)


# Key results that come and go


def test_a_dropped_key_result_keeps_what_it_had():
    dropped = facts.KeyResultDropped(**STAMP, key_result_id=s.CARE)
    state = s.objective(*s.PUBLISHED, dropped)
    assert s.CARE in state.weights_on(date(2026, 8, 13))
    assert s.CARE not in state.weights_on(s.AUG_14)
    change = asked.NewKeyResultWording(key_result_id=s.CARE, title="Care more")
    scenario(Objective).given(*s.PUBLISHED, dropped).when(
        revise(change, s.grounds("after"))
    ).then_refused(errors.KeyResultWasDropped)


def test_an_added_key_result_takes_the_weight_that_was_left():
    dropped = facts.KeyResultDropped(**STAMP, key_result_id=s.CARE)
    added = asked.AddedKeyResult(
        key_result_id=s.ORDERS, title="Win orders", responsible_id=s.LIN, measure=YesNo()
    )
    (fact,) = revise(added, s.grounds("add"))(s.objective(*s.PUBLISHED, dropped))
    assert (fact.terms.weight, fact.terms.number) == (1500, 6)
    scenario(Objective).given(*s.PUBLISHED).when(revise(added)).then_refused(
        errors.WeightsLeaveNothing
    )


def test_a_key_result_id_is_used_once():
    added = asked.AddedKeyResult(
        key_result_id=s.CARE, title="?", responsible_id=s.LIN, weight=1, measure=YesNo()
    )
    scenario(Objective).given(*s.PUBLISHED).when(revise(added)).then_refused(
        errors.KeyResultIsKnown
    )
