"""An objective's life, revisions apart."""

from datetime import date
from decimal import Decimal

import pytest

from services.goals.domain.closing import Grade, Proposal, ProposedKeyResult, Verdict
from services.goals.domain.errors import (
    AlignedInACircle,
    AlignedToItself,
    AlignedToNothing,
    CycleIsClosed,
    CycleIsNotDrafting,
    CycleIsNotGrading,
    CycleTakesNoDrafts,
    NoPostMortemAsked,
    NumberTakenTwice,
    ObjectiveHasEnded,
    ObjectiveIsClosed,
    ObjectiveIsKnown,
    ObjectiveIsNotClosed,
    ObjectiveIsNotSuggested,
    ObjectiveIsPublished,
    ObjectiveStillRuns,
    OverrideWithoutReason,
    SumMustStartAtZero,
    TargetEqualsBaseline,
    UnknownKeyResult,
    UnknownObjective,
    WeightsLeaveNothing,
)
from services.goals.domain.measure import Metric
from services.goals.domain.objective import Objective
from services.goals.domain.objective_life import (
    Aligned,
    AlignmentEnded,
    CarriedOver,
    Drafted,
    KeyResultDiscarded,
    KeyResultDrafted,
    KeyResultScore,
    ObjectiveCancelled,
    ObjectiveClosed,
    ObjectivePostponed,
    PostMortemAsked,
    PostMortemWritten,
    Redrafted,
    Rescored,
    Suggested,
    SuggestionAccepted,
    SuggestionDeclined,
)
from services.goals.domain.sense import KnownKpi
from services.goals.domain.terms import AlignmentLink
from tests.goals.domain import samples as s
from tests.support.scenario import scenario

SUGGESTION = Suggested(
    cycle_id=s.CYCLE_ID,
    unit_id=s.SALES,
    title="Answer sooner",
    description="",
    suggested_by=s.LIN,
)
PARENT = AlignmentLink(objective_id=s.PARENT)
OCT_5 = date(2026, 10, 5)


def draft(terms=s.TERMS, key_results=s.KEY_RESULTS, cycle=s.DRAFTING, kpis=None):
    return lambda o: o.draft_as(terms, key_results, cycle, kpis or {})


# Suggestions


def test_an_objective_is_suggested_to_a_unit():
    scenario(Objective).when(lambda o: o.suggest(SUGGESTION, s.PLANNED)).then(SUGGESTION)


def test_suggesting_it_again_is_nothing():
    scenario(Objective).given(SUGGESTION).when(
        lambda o: o.suggest(SUGGESTION, s.PLANNED)
    ).then_nothing()


def test_an_id_that_is_taken_is_refused():
    scenario(Objective).given(*s.DRAFT).when(
        lambda o: o.suggest(SUGGESTION, s.PLANNED)
    ).then_refused(ObjectiveIsKnown)


def test_nothing_is_suggested_for_a_closed_cycle():
    scenario(Objective).when(lambda o: o.suggest(SUGGESTION, s.CLOSED)).then_refused(CycleIsClosed)


def test_an_accepted_suggestion_is_a_draft():
    state = (
        scenario(Objective)
        .given(SUGGESTION)
        .when(lambda o: o.accept(s.TERMS, s.DRAFTING))
        .then(SuggestionAccepted(responsible_id=s.CHEN), Drafted(terms=s.TERMS))
    )
    assert state.stage == "draft"


def test_a_declined_suggestion_says_why_and_is_nothing_to_align_to():
    state = (
        scenario(Objective)
        .given(SUGGESTION)
        .when(lambda o: o.decline("not this quarter"))
        .then(SuggestionDeclined(reason="not this quarter"))
    )
    assert not state.offers(None)


def test_only_a_suggestion_is_accepted_or_declined():
    for given in ((), s.DRAFT, (SUGGESTION, SuggestionDeclined(reason="no"))):
        scenario(Objective).given(*given).when(
            lambda o: o.accept(s.TERMS, s.DRAFTING)
        ).then_refused(ObjectiveIsNotSuggested)
        scenario(Objective).given(*given).when(lambda o: o.decline("no")).then_refused(
            ObjectiveIsNotSuggested
        )


# Drafts


def test_a_draft_stands_as_described():
    scenario(Objective).when(draft()).then(*s.DRAFT)


def test_drafting_it_the_same_way_again_is_nothing():
    scenario(Objective).given(*s.DRAFT).when(draft()).then_nothing()


def test_a_redraft_records_what_differs():
    reworded = s.TERMS.model_copy(update={"title": "Win and keep new customers"})
    heavier = s.KEY_RESULTS[0].model_copy(update={"weight": 5000})
    scenario(Objective).given(*s.DRAFT).when(draft(reworded, (heavier, *s.KEY_RESULTS[1:4]))).then(
        Redrafted(terms=reworded),
        KeyResultDrafted(terms=heavier),
        KeyResultDiscarded(key_result_id=s.CARE),
    )


def test_a_discarded_key_result_is_gone():
    state = s.objective(*s.DRAFT, KeyResultDiscarded(key_result_id=s.CARE))
    assert s.CARE not in state.drafted
    assert not state.offers(s.CARE)


def test_the_same_draft_of_a_published_objective_is_nothing():
    scenario(Objective).given(*s.PUBLISHED).when(draft(cycle=s.CLOSED)).then_nothing()


def test_a_published_objective_is_not_drafted_again():
    other = s.TERMS.model_copy(update={"title": "Something else"})
    scenario(Objective).given(*s.PUBLISHED).when(draft(other)).then_refused(ObjectiveIsPublished)


def test_an_open_suggestion_is_not_drafted_over():
    scenario(Objective).given(SUGGESTION).when(draft()).then_refused(ObjectiveIsKnown)


def test_drafts_wait_for_the_drafting_window():
    scenario(Objective).when(draft(cycle=s.PLANNED)).then_refused(CycleIsNotDrafting)
    scenario(Objective).when(draft(cycle=s.IN_GRADING)).then_refused(CycleTakesNoDrafts)


def test_two_key_results_have_two_numbers():
    twice = (s.KEY_RESULTS[0], s.KEY_RESULTS[1].model_copy(update={"number": 1}))
    scenario(Objective).when(draft(key_results=twice)).then_refused(NumberTakenTwice)


def test_a_senseless_key_result_is_refused_by_its_place():
    flat = s.key_result(s.ORDERS, 6, Metric(baseline=Decimal(5), target=Decimal(5)))
    scenario(Objective).when(draft(key_results=(*s.KEY_RESULTS, flat))).then_refused(
        TargetEqualsBaseline, field="key_results[5].target", baseline=Decimal(5)
    )


# Publication


def test_publication_fixes_the_original_with_resolved_weights():
    state = (
        scenario(Objective)
        .given(*s.DRAFT)
        .when(lambda o: o.publish(s.JULY_2, s.DRAFTING, {}))
        .then(s.ORIGINAL)
    )
    assert state.weights_on(s.JULY_2) == {
        s.CUSTOMERS: 4000,
        s.FIRST_RESPONSE: 1500,
        s.LAUNCH: 1500,
        s.CRM: 1500,
        s.CARE: 1500,
    }


def test_who_publishes_after_the_window_joins_late():
    late = s.ORIGINAL.model_copy(update={"published_on": date(2026, 7, 4), "late": True})
    scenario(Objective).given(*s.DRAFT).when(
        lambda o: o.publish(date(2026, 7, 4), s.RUNNING, {})
    ).then(late)


def test_publishing_again_is_nothing():
    scenario(Objective).given(*s.PUBLISHED).when(
        lambda o: o.publish(s.AUG_14, s.CLOSED, {})
    ).then_nothing()


def test_what_was_never_drafted_is_not_published():
    scenario(Objective).when(lambda o: o.publish(s.JULY_2, s.DRAFTING, {})).then_refused(
        UnknownObjective
    )
    scenario(Objective).given(SUGGESTION).when(
        lambda o: o.publish(s.JULY_2, s.DRAFTING, {})
    ).then_refused(UnknownObjective)


def test_weights_that_leave_nothing_for_the_rest_are_refused():
    full = KeyResultDrafted(terms=s.KEY_RESULTS[0].model_copy(update={"weight": 10_000}))
    scenario(Objective).given(*s.DRAFT, full).when(
        lambda o: o.publish(s.JULY_2, s.DRAFTING, {})
    ).then_refused(WeightsLeaveNothing)


def test_a_key_result_measured_by_a_sum_starts_at_zero():
    measure = Metric(baseline=Decimal(900), target=Decimal(1200))
    followed = s.key_result(s.ORDERS, 6, measure, kpi=s.ORDERS_WON)
    kpis = {s.ORDERS_WON.kpi_id: KnownKpi(over_time="sum", direction="higher")}
    scenario(Objective).given(*s.DRAFT, KeyResultDrafted(terms=followed)).when(
        lambda o: o.publish(s.JULY_2, s.DRAFTING, kpis)
    ).then_refused(SumMustStartAtZero, field="baseline")


# Alignment


def test_an_objective_contributes_to_a_key_result_of_its_parent():
    link = AlignmentLink(objective_id=s.PARENT, key_result_id=s.CUSTOMERS)
    others = {s.PARENT: s.objective(*s.PUBLISHED)}
    state = (
        scenario(Objective)
        .given(*s.PUBLISHED)
        .when(lambda o: o.align(s.ME, link, others, s.RUNNING))
        .then(Aligned(link=link))
    )
    assert state.alignments == (link,)


def test_a_draft_that_is_aligned_is_redrafted():
    others = {s.PARENT: s.objective(*s.PUBLISHED)}
    aligned = s.TERMS.model_copy(update={"alignments": (PARENT,)})
    scenario(Objective).given(*s.DRAFT).when(
        lambda o: o.align(s.ME, PARENT, others, s.RUNNING)
    ).then(Redrafted(terms=aligned))
    scenario(Objective).given(*s.DRAFT, Redrafted(terms=aligned)).when(
        lambda o: o.end_alignment(PARENT, s.RUNNING)
    ).then(Redrafted(terms=s.TERMS))


def test_the_same_alignment_again_is_nothing():
    scenario(Objective).given(*s.PUBLISHED, Aligned(link=PARENT)).when(
        lambda o: o.align(s.ME, PARENT, {}, s.RUNNING)
    ).then_nothing()


def test_an_alignment_ends_once():
    ended = AlignmentEnded(link=PARENT)
    scenario(Objective).given(*s.PUBLISHED, Aligned(link=PARENT)).when(
        lambda o: o.end_alignment(PARENT, s.RUNNING)
    ).then(ended)
    scenario(Objective).given(*s.PUBLISHED, Aligned(link=PARENT), ended).when(
        lambda o: o.end_alignment(PARENT, s.RUNNING)
    ).then_nothing()


def test_alignment_to_itself_or_to_nothing_is_refused():
    known = {s.PARENT: s.objective(*s.PUBLISHED)}
    for link, refusal in (
        (AlignmentLink(objective_id=s.ME), AlignedToItself),
        (AlignmentLink(objective_id=s.WU), AlignedToNothing),
        (AlignmentLink(objective_id=s.PARENT, key_result_id=s.ORDERS), AlignedToNothing),
    ):
        scenario(Objective).given(*s.PUBLISHED).when(
            lambda o, link=link: o.align(s.ME, link, known, s.RUNNING)
        ).then_refused(refusal, field="alignments")


def test_contributions_never_run_in_a_circle_but_support_may():
    grandparent = s.objective(*s.PUBLISHED, Aligned(link=AlignmentLink(objective_id=s.ME)))
    parent = s.objective(*s.PUBLISHED, Aligned(link=AlignmentLink(objective_id=s.WU)))
    others = {s.PARENT: parent, s.WU: grandparent, s.ME: s.objective(*s.PUBLISHED)}
    scenario(Objective).given(*s.PUBLISHED).when(
        lambda o: o.align(s.ME, PARENT, others, s.RUNNING)
    ).then_refused(AlignedInACircle)
    support = AlignmentLink(objective_id=s.PARENT, mode="supports")
    scenario(Objective).given(*s.PUBLISHED).when(
        lambda o: o.align(s.ME, support, others, s.RUNNING)
    ).then(Aligned(link=support))


def test_what_has_ended_is_not_aligned():
    cancelled = ObjectiveCancelled(
        reason="no", category="other", on=s.AUG_14, after_mid_cycle_review=False
    )
    scenario(Objective).given(*s.PUBLISHED, cancelled).when(
        lambda o: o.align(s.ME, PARENT, {}, s.RUNNING)
    ).then_refused(ObjectiveHasEnded)
    scenario(Objective).when(lambda o: o.align(s.ME, PARENT, {}, s.RUNNING)).then_refused(
        UnknownObjective
    )


# Closing

PROPOSAL = Proposal(
    original=Decimal("0.61"),
    current=Decimal("0.72"),
    key_results=(
        ProposedKeyResult(
            key_result_id=s.CUSTOMERS,
            original=Decimal("0.9"),
            current=Decimal("1.2"),
            value=Decimal(1080),
            fact_ids=("metrics:12",),
        ),
        ProposedKeyResult(
            key_result_id=s.LAUNCH, original=Decimal("-0.1"), current=Decimal("-0.1")
        ),
    ),
    policy_version=3,
)


def score(key_result_id, **said):
    usual = {"score": Decimal(0), "measured": False}
    return KeyResultScore(key_result_id=key_result_id, **(usual | said))


CUSTOMERS_SCORE = score(
    s.CUSTOMERS,
    proposed_original=Decimal("0.9"),
    proposed_current=Decimal(1),
    score=Decimal(1),
    measured=True,
    value=Decimal(1080),
    fact_ids=("metrics:12",),
)
CLOSING = ObjectiveClosed(
    closed_on=OCT_5,
    proposed_original=Decimal("0.61"),
    proposed_current=Decimal("0.72"),
    score=Decimal("0.72"),
    note="A brave try.",
    key_results=(
        CUSTOMERS_SCORE,
        score(s.FIRST_RESPONSE),
        score(s.LAUNCH, proposed_original=Decimal(0), proposed_current=Decimal(0), measured=True),
        score(s.CRM),
        score(s.CARE),
    ),
    policy_version=3,
)
NOTED = Verdict(note="A brave try.")


def close(verdict=NOTED, cycle=s.IN_GRADING, proposal=PROPOSAL):
    return lambda o: o.close(verdict, proposal, cycle, OCT_5)


def test_closing_takes_the_proposed_score_and_asks_why_a_commitment_was_missed():
    state = (
        scenario(Objective)
        .given(*s.PUBLISHED)
        .when(close())
        .then(CLOSING, PostMortemAsked(responsible_id=s.CHEN))
    )
    assert (state.stage, state.score) == ("closed", Decimal("0.72"))


def test_a_kept_commitment_is_not_asked_for_a_post_mortem():
    kept = Proposal(original=Decimal(1), current=Decimal("1.3"))
    facts = list(close(Verdict(), proposal=kept)(s.objective(*s.PUBLISHED)))
    assert [type(f) for f in facts] == [ObjectiveClosed]
    assert facts[0].score == 1


def test_an_aspirational_miss_is_not_asked_either():
    original = s.ORIGINAL.model_copy(
        update={"terms": s.TERMS.model_copy(update={"kind": "aspirational"})}
    )
    facts = list(close()(s.objective(*s.DRAFT, original)))
    assert [type(f) for f in facts] == [ObjectiveClosed]


def test_what_was_never_measured_scores_nothing():
    facts = list(close(Verdict(), proposal=Proposal())(s.objective(*s.PUBLISHED)))
    assert (facts[0].score, facts[0].proposed_current) == (0, None)


def test_another_score_needs_a_reason():
    scenario(Objective).given(*s.PUBLISHED).when(close(Verdict(score=Decimal("0.9")))).then_refused(
        OverrideWithoutReason, field="override_reason", proposed=Decimal("0.72")
    )
    facts = list(
        close(Verdict(score=Decimal("0.9"), override_reason="late delivery counted"))(
            s.objective(*s.PUBLISHED)
        )
    )
    assert (facts[0].score, facts[0].override_reason) == (
        Decimal("0.9"),
        "late delivery counted",
    )


def test_graded_key_results_carry_the_objectives_score():
    grade = Grade(key_result_id=s.CRM, score=Decimal("0.5"), reason="live for half the team")
    facts = list(close(Verdict(grades=(grade,)))(s.objective(*s.PUBLISHED)))
    assert facts[0].key_results[3].score == Decimal("0.5")
    assert facts[0].key_results[3].override_reason == "live for half the team"
    assert facts[0].score == Decimal("0.475")


def test_a_grade_of_an_unknown_key_result_is_refused():
    grade = Grade(key_result_id=s.ORDERS, score=Decimal("0.5"), reason="?")
    scenario(Objective).given(*s.PUBLISHED).when(close(Verdict(grades=(grade,)))).then_refused(
        UnknownKeyResult
    )


def test_closing_the_same_way_again_is_nothing():
    scenario(Objective).given(*s.PUBLISHED, CLOSING).when(close()).then_nothing()
    scenario(Objective).given(*s.PUBLISHED, CLOSING).when(
        close(Verdict(note="something else"))
    ).then_refused(ObjectiveIsClosed)


def test_scores_wait_for_grading():
    scenario(Objective).given(*s.PUBLISHED).when(close(cycle=s.RUNNING)).then_refused(
        CycleIsNotGrading
    )
    scenario(Objective).given(*s.PUBLISHED).when(close(cycle=s.CLOSED)).then_refused(CycleIsClosed)


def test_a_closed_objective_gets_another_score_with_a_reason():
    given = (*s.PUBLISHED, CLOSING)
    better = Rescored(score=Decimal("0.8"), reason="a late order counted")
    asked = PostMortemAsked(responsible_id=s.CHEN)
    rescore = lambda o: o.rescore(better.score, better.reason, s.IN_GRADING, OCT_5)  # noqa: E731
    scenario(Objective).given(*given, asked).when(rescore).then(better)
    scenario(Objective).given(*given, asked, better).when(rescore).then_nothing()
    scenario(Objective).given(*s.PUBLISHED).when(rescore).then_refused(ObjectiveIsNotClosed)


def test_a_post_mortem_is_written_where_one_was_asked():
    asked, written = PostMortemAsked(responsible_id=s.CHEN), PostMortemWritten(text="Too late.")
    state = (
        scenario(Objective)
        .given(*s.PUBLISHED, CLOSING, asked)
        .when(lambda o: o.write_post_mortem("Too late."))
        .then(written)
    )
    assert state.post_mortem == "written"
    scenario(Objective).given(*s.PUBLISHED, CLOSING).when(
        lambda o: o.write_post_mortem("Too late.")
    ).then_refused(NoPostMortemAsked)


# Postponing, cancelling, carrying over


@pytest.mark.parametrize(
    ("ask", "fact"),
    [(Objective.postpone, ObjectivePostponed), (Objective.cancel, ObjectiveCancelled)],
)
def test_an_objective_is_put_off_or_given_up_with_a_reason(ask, fact):
    ended = fact(
        reason="law changed",
        category="external_change",
        on=s.SEP_1,
        after_mid_cycle_review=True,
    )
    request = lambda o: ask(o, "law changed", "external_change", s.RUNNING, s.SEP_1)  # noqa: E731
    scenario(Objective).given(*s.PUBLISHED).when(request).then(ended)
    scenario(Objective).given(*s.PUBLISHED, ended).when(request).then_nothing()
    scenario(Objective).given(*s.PUBLISHED, CLOSING).when(request).then_refused(ObjectiveIsClosed)


def test_what_has_ended_goes_on_elsewhere_once():
    over = CarriedOver(into=s.PARENT, cycle_id=s.CYCLE_ID)
    ask = lambda o: o.carry_over(s.PARENT, s.CYCLE_ID)  # noqa: E731
    scenario(Objective).given(*s.PUBLISHED, CLOSING).when(ask).then(over)
    scenario(Objective).given(*s.PUBLISHED, CLOSING, over).when(ask).then_nothing()
    scenario(Objective).given(*s.PUBLISHED).when(ask).then_refused(ObjectiveStillRuns)


def test_a_continued_draft_keeps_its_chain_when_redrafted():
    chain = s.TERMS.model_copy(update={"continued_from": s.ME, "first_original": s.ME})
    renamed = s.TERMS.model_copy(update={"title": "Win customers again"})
    state = (
        scenario(Objective)
        .given(Drafted(terms=chain))
        .when(draft(renamed, ()))
        .then(Redrafted(terms=chain.model_copy(update={"title": "Win customers again"})))
    )
    assert state.terms().first_original == s.ME
