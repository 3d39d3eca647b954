"""An appraisal's life: planned, reviewed, sealed, signed off; and who may not do what."""

from datetime import date
from decimal import Decimal
from uuid import uuid5

import pytest

from services.appraisal.domain import errors
from services.appraisal.domain.appraisal import Appraisal
from services.appraisal.domain.extras import Extras
from services.appraisal.domain.facts import (
    BonusGiven,
    ChangeDismissed,
    DeductionTaken,
    EntryWithdrawn,
    EvidenceChanged,
    ManagerReviewGiven,
    Planned,
    Reopened,
    Replanned,
    ResultSealed,
    SelfReviewClosed,
    SelfReviewGiven,
    SelfReviewOpened,
    SignedOff,
    VetoRaised,
)
from services.appraisal.domain.scheme import Scheme, VersionSigned
from services.appraisal.domain.stage import Stage
from services.appraisal.domain.totals import Mark, Result
from shared.access.refusals_of_appraisals import (
    OnlyTheNamedManagerReviews,
    OnlyTheSubjectReviewsThemselves,
    SubjectsOwnAppraisal,
)
from shared.kernel.ids import id_of
from tests.support.appraisals import LAST, LI, LIN, RULES, ZHAO, ZHOU, plan, record
from tests.support.scenario import scenario

D = Decimal
OCTOBER = date(2026, 10, 8)
PLANNED = Planned(plan=plan())
OPENED = SelfReviewOpened()


def marks(ability, values):
    return (Mark(section="ability", points=D(ability)), Mark(section="values", points=D(values)))


OWN = SelfReviewGiven(by=LI, marks=marks(90, 95), text="A good quarter.")
MANAGERS = ManagerReviewGiven(by=ZHOU, marks=marks(85, 90), text="Agreed.")
RESULT = Result(
    sections=(),
    items=(),
    bonus=D(0),
    deduction=D(0),
    veto=False,
    total=D("98.75"),
    total_against_original=D("98.75"),
    band="S",
)
SEALED = ResultSealed(by=ZHOU, result=RESULT)
REVIEWED = (PLANNED, OPENED, OWN, MANAGERS)
CHANGE, KPI, E1, E2 = id_of("change"), id_of("kpi"), id_of("entry", 1), id_of("entry", 2)
CHANGED = EvidenceChanged(change=CHANGE, kpi=KPI, evidence=record(9), total_would_be=D(97))


def told(*facts):
    return scenario(Appraisal).given(*facts)


# Planning


def test_an_appraisal_is_planned():
    told().when(lambda a: a.make_plan(plan(), RULES)).then(PLANNED)


def test_the_same_plan_records_nothing():
    told(PLANNED, OPENED).when(lambda a: a.make_plan(plan(), RULES)).then_nothing()


def test_another_plan_needs_a_reason():
    told(PLANNED).when(lambda a: a.make_plan(plan(manager=LIN), RULES)).then_refused(
        errors.ReasonMissing, field="reason"
    )


def test_another_plan_replaces_the_first_with_its_reason():
    told(PLANNED).when(lambda a: a.make_plan(plan(manager=LIN), RULES, "Zhou left.")).then(
        Replanned(plan=plan(manager=LIN), reason="Zhou left.")
    )


def test_an_appraisal_never_becomes_that_of_another():
    told(PLANNED).when(lambda a: a.make_plan(plan(subject=LIN), RULES, "Swapped.")).then_refused(
        errors.AppraisalOfAnother, field="subject"
    )


def test_a_sealed_appraisal_keeps_its_plan():
    told(*REVIEWED, SEALED).when(
        lambda a: a.make_plan(plan(manager=LIN), RULES, "Zhou left.")
    ).then_refused(errors.ResultIsSealed)


def test_an_unsound_plan_is_refused():
    told().when(lambda a: a.make_plan(plan(manager=LI), RULES)).then_refused(
        errors.ReviewsThemselves
    )


# Self review


def test_the_self_review_is_opened_once():
    told(PLANNED).when(lambda a: a.open_self_review(ZHAO)).then(OPENED)
    told(PLANNED, OPENED).when(lambda a: a.open_self_review(ZHAO)).then_nothing()


def test_the_subject_reviews_themselves():
    told(PLANNED, OPENED).when(
        lambda a: a.review_self(LI, marks(90, 95), "A good quarter.", RULES)
    ).then(OWN)


def test_nobody_else_gives_the_self_review():
    told(PLANNED, OPENED).when(
        lambda a: a.review_self(ZHOU, marks(90, 95), "", RULES)
    ).then_refused(OnlyTheSubjectReviewsThemselves)


def test_the_same_marks_again_record_nothing():
    told(PLANNED, OPENED, OWN).when(
        lambda a: a.review_self(LI, marks(90, 95), "", RULES)
    ).then_nothing()


def test_a_self_review_is_given_once():
    told(PLANNED, OPENED, OWN).when(
        lambda a: a.review_self(LI, marks(100, 100), "", RULES)
    ).then_refused(errors.SelfReviewAlreadyGiven)


def test_before_it_is_opened_there_is_no_self_review():
    told(PLANNED).when(lambda a: a.review_self(LI, marks(1, 1), "", RULES)).then_refused(
        errors.NotInThisStage, stage="planned", needed="self_review"
    )


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        (marks(90, 95)[:1], errors.MarksIncomplete),
        ((*marks(90, 95), Mark(section="kpi", points=D(100))), errors.MarksIncomplete),
        (marks(101, 95), errors.MarkOutOfRange),
        (marks(90, -1), errors.MarkOutOfRange),
    ],
)
def test_marks_that_do_not_fit_the_scheme_are_refused(given, refusal):
    told(PLANNED, OPENED).when(lambda a: a.review_self(LI, given, "", RULES)).then_refused(refusal)


def test_the_self_review_may_be_closed_without_marks():
    told(PLANNED, OPENED).when(lambda a: a.close_self_review(ZHAO, "On leave.")).then(
        SelfReviewClosed(reason="On leave.")
    )
    told(PLANNED, OPENED, OWN).when(lambda a: a.close_self_review(ZHAO, "Late.")).then_nothing()


# Manager review


def test_the_named_manager_reviews():
    told(PLANNED, OPENED, OWN).when(
        lambda a: a.review_as_manager(ZHOU, marks(85, 90), "Agreed.", RULES)
    ).then(MANAGERS)


@pytest.mark.parametrize("by", [LI, LIN, None])
def test_nobody_but_the_named_manager_reviews(by):
    told(PLANNED, OPENED, OWN).when(
        lambda a: a.review_as_manager(by, marks(85, 90), "", RULES)
    ).then_refused(OnlyTheNamedManagerReviews)


def test_the_manager_may_think_again_until_sealed():
    told(*REVIEWED).when(lambda a: a.review_as_manager(ZHOU, marks(80, 90), "Less.", RULES)).then(
        ManagerReviewGiven(by=ZHOU, marks=marks(80, 90), text="Less.")
    )
    told(*REVIEWED, SEALED).when(
        lambda a: a.review_as_manager(ZHOU, marks(80, 90), "Less.", RULES)
    ).then_refused(errors.ResultIsSealed)


def test_the_same_review_again_records_nothing_even_when_sealed():
    told(*REVIEWED, SEALED).when(
        lambda a: a.review_as_manager(ZHOU, marks(85, 90), "Agreed.", RULES)
    ).then_nothing()


def test_the_manager_waits_for_the_self_review():
    told(PLANNED, OPENED).when(
        lambda a: a.review_as_manager(ZHOU, marks(85, 90), "", RULES)
    ).then_refused(errors.NotInThisStage, needed="manager_review")


# Bonus, deduction, veto

BONUS = BonusGiven(entry=E1, points=D(4), author=ZHOU, reason="Saved the fair.")


def test_a_bonus_has_an_author_and_a_reason():
    told(PLANNED).when(lambda a: a.give_bonus(E1, D(4), ZHOU, "Saved the fair.", RULES)).then(BONUS)


def test_the_same_bonus_counts_once():
    told(PLANNED, BONUS).when(
        lambda a: a.give_bonus(E1, D(4), ZHOU, "Saved the fair.", RULES)
    ).then_nothing()


def test_all_bonuses_together_stay_within_the_limit():
    told(PLANNED, BONUS).when(lambda a: a.give_bonus(E2, D(2), ZHOU, "Again.", RULES)).then_refused(
        errors.BonusBeyondLimit, limit=D(5), total=D(6)
    )


def test_deductions_have_their_own_limit():
    told(PLANNED, BONUS).when(
        lambda a: a.take_deduction(E2, D(10), ZHOU, "Lost the key.", RULES)
    ).then(DeductionTaken(entry=E2, points=D(10), author=ZHOU, reason="Lost the key."))
    told(PLANNED).when(
        lambda a: a.take_deduction(E2, D("10.5"), ZHOU, "Lost it.", RULES)
    ).then_refused(errors.DeductionBeyondLimit, limit=D(10))


@pytest.mark.parametrize("points", [0, -1])
def test_points_are_given_without_a_sign(points):
    told(PLANNED).when(lambda a: a.give_bonus(E1, D(points), ZHOU, "x", RULES)).then_refused(
        errors.PointsNotPositive, field="points"
    )


def test_nobody_gives_themselves_a_bonus():
    told(PLANNED).when(lambda a: a.give_bonus(E1, D(4), LI, "x", RULES)).then_refused(
        SubjectsOwnAppraisal
    )


def test_an_entry_is_withdrawn_by_its_author_and_then_counts_no_longer():
    gone = EntryWithdrawn(entry=E1, author=ZHOU, reason="Wrong person.")
    state = (
        told(PLANNED, BONUS).when(lambda a: a.withdraw_entry(E1, ZHOU, "Wrong person.")).then(gone)
    )
    assert state.judgement.bonus == 0
    told(PLANNED, BONUS, gone).when(lambda a: a.withdraw_entry(E1, ZHOU, "x")).then_nothing()


def test_only_the_author_withdraws():
    told(PLANNED, BONUS).when(lambda a: a.withdraw_entry(E1, ZHAO, "x")).then_refused(
        errors.OnlyTheAuthorWithdraws
    )


def test_an_unknown_entry_cannot_be_withdrawn():
    told(PLANNED).when(lambda a: a.withdraw_entry(E1, ZHOU, "x")).then_refused(errors.NoSuchEntry)


def test_a_veto_stands_until_withdrawn():
    veto = VetoRaised(entry=E1, author=ZHAO, reason="Forged an invoice.")
    state = told(PLANNED).when(lambda a: a.raise_veto(E1, ZHAO, "Forged an invoice.")).then(veto)
    assert state.judgement.veto
    told(PLANNED, veto).when(lambda a: a.raise_veto(E1, ZHAO, "x")).then_nothing()


def test_after_sealing_nothing_is_added():
    told(*REVIEWED, SEALED).when(lambda a: a.give_bonus(E1, D(1), ZHOU, "x", RULES)).then_refused(
        errors.ResultIsSealed
    )


# Sealing and signing


def test_sealing_freezes_the_result():
    state = told(*REVIEWED).when(lambda a: a.seal(ZHOU, RESULT, OCTOBER)).then(SEALED)
    assert (state.stage, state.result) == (Stage.SEALED, RESULT)


def test_sealing_again_records_nothing():
    told(*REVIEWED, SEALED).when(lambda a: a.seal(ZHOU, RESULT, OCTOBER)).then_nothing()


@pytest.mark.parametrize("by", [LI, None])
def test_nobody_seals_their_own_result(by):
    told(*REVIEWED).when(lambda a: a.seal(by, RESULT, OCTOBER)).then_refused(SubjectsOwnAppraisal)


def test_a_running_period_is_not_sealed():
    told(*REVIEWED).when(lambda a: a.seal(ZHOU, RESULT, LAST)).then_refused(
        errors.PeriodStillRuns, last=LAST
    )


def test_without_the_managers_review_nothing_is_sealed():
    told(PLANNED, OPENED, OWN).when(lambda a: a.seal(ZHOU, RESULT, OCTOBER)).then_refused(
        errors.ManagerReviewMissing
    )
    told(PLANNED).when(lambda a: a.seal(ZHOU, RESULT, OCTOBER)).then_refused(errors.NotInThisStage)


def test_what_has_no_total_is_not_sealed():
    blocked = RESULT.model_copy(update={"total": None, "blocked_by": ("revenue: uncovered",)})
    told(*REVIEWED).when(lambda a: a.seal(ZHOU, blocked, OCTOBER)).then_refused(
        errors.ResultHasNoTotal, blocked_by="revenue: uncovered"
    )


def test_whose_hand_sealed_stands_in_the_fact():
    told(*REVIEWED).when(lambda a: a.seal(ZHOU, RESULT, OCTOBER, LIN)).then(
        ResultSealed(by=ZHOU, result=RESULT, hand=LIN)
    )


@pytest.mark.parametrize(
    ("by", "hand"), [(ZHOU, None), (LIN, None), (ZHAO, LIN), (ZHAO, ZHOU)], ids=str
)
def test_neither_sealer_nor_their_hand_signs_off_for_anybody(by, hand):
    sealed = ResultSealed(by=ZHOU, result=RESULT, hand=LIN)
    told(*REVIEWED, sealed).when(lambda a: a.sign_off(by, hand)).then_refused(
        errors.SealerCannotSign
    )


def test_a_third_hand_signs_off():
    sealed = ResultSealed(by=ZHOU, result=RESULT, hand=LIN)
    told(*REVIEWED, sealed).when(lambda a: a.sign_off(ZHAO, uuid5(ZHAO, "hand"))).then(
        SignedOff(by=ZHAO)
    )


def test_a_second_person_signs_off():
    told(*REVIEWED, SEALED).when(lambda a: a.sign_off(LIN)).then(SignedOff(by=LIN))
    told(*REVIEWED, SEALED, SignedOff(by=LIN)).when(lambda a: a.sign_off(ZHAO)).then_nothing()


@pytest.mark.parametrize(
    ("by", "refusal"),
    [(ZHOU, errors.SealerCannotSign), (LI, SubjectsOwnAppraisal)],
)
def test_neither_the_sealer_nor_the_subject_signs(by, refusal):
    told(*REVIEWED, SEALED).when(lambda a: a.sign_off(by)).then_refused(refusal)


def test_what_is_not_sealed_is_not_signed():
    told(*REVIEWED).when(lambda a: a.sign_off(LIN)).then_refused(errors.NotInThisStage)


# Evidence that changes afterwards


def note(a):
    return a.note_changed_evidence(CHANGE, KPI, record(9), D(97))


def test_a_correction_after_sealing_is_noted_and_the_result_stays():
    state = told(*REVIEWED, SEALED).when(note).then(CHANGED)
    assert state.result == RESULT


def test_the_same_correction_is_noted_once_and_live_figures_need_no_note():
    told(*REVIEWED, SEALED, CHANGED).when(note).then_nothing()
    told(*REVIEWED).when(note).then_nothing()


def test_accepting_a_change_reopens_the_appraisal_for_its_manager():
    reopened = Reopened(change=CHANGE, by=ZHAO, reason="Ten times too large.")
    state = (
        told(*REVIEWED, SEALED, CHANGED)
        .when(lambda a: a.accept_change(CHANGE, ZHAO, "Ten times too large."))
        .then(reopened)
    )
    assert (state.stage, state.result) == (Stage.MANAGER_REVIEW, None)
    told(*REVIEWED, SEALED, CHANGED, reopened).when(
        lambda a: a.accept_change(CHANGE, ZHAO, "x")
    ).then_nothing()
    told(*REVIEWED, SEALED, CHANGED, reopened).when(lambda a: a.seal(ZHOU, RESULT, OCTOBER)).then(
        SEALED
    )


def test_dismissing_a_change_leaves_the_result_with_a_reason():
    dismissed = ChangeDismissed(change=CHANGE, by=ZHAO, reason="Immaterial.")
    told(*REVIEWED, SEALED, CHANGED).when(
        lambda a: a.dismiss_change(CHANGE, ZHAO, "Immaterial.")
    ).then(dismissed)
    told(*REVIEWED, SEALED, CHANGED, dismissed).when(
        lambda a: a.dismiss_change(CHANGE, ZHAO, "x")
    ).then_nothing()


@pytest.mark.parametrize("decide", ["accept_change", "dismiss_change"])
def test_nobody_decides_on_a_change_of_their_own_result(decide):
    told(*REVIEWED, SEALED, CHANGED).when(
        lambda a: getattr(a, decide)(CHANGE, LI, "x")
    ).then_refused(SubjectsOwnAppraisal)


@pytest.mark.parametrize("decide", ["accept_change", "dismiss_change"])
def test_an_unknown_change_cannot_be_decided(decide):
    told(*REVIEWED, SEALED).when(lambda a: getattr(a, decide)(CHANGE, ZHAO, "x")).then_refused(
        errors.NoSuchChange
    )


def test_after_sign_off_only_an_appeal_changes_a_result():
    told(*REVIEWED, SEALED, SignedOff(by=LIN), CHANGED).when(
        lambda a: a.accept_change(CHANGE, ZHAO, "x")
    ).then_refused(errors.ResultIsSignedOff)


REQUESTS = [
    lambda a: a.open_self_review(ZHAO),
    lambda a: a.review_self(LI, marks(1, 1), "", RULES),
    lambda a: a.close_self_review(ZHAO, "x"),
    lambda a: a.review_as_manager(ZHOU, marks(1, 1), "", RULES),
    lambda a: a.give_bonus(E1, D(1), ZHOU, "x", RULES),
    lambda a: a.withdraw_entry(E1, ZHOU, "x"),
    lambda a: a.seal(ZHOU, RESULT, OCTOBER),
    lambda a: a.dismiss_change(CHANGE, ZHAO, "x"),
    lambda a: a.sign_off(LIN),
]


@pytest.mark.parametrize("request_", REQUESTS)
def test_nothing_can_be_asked_of_an_appraisal_that_was_never_planned(request_):
    told().when(request_).then_refused(errors.AppraisalIsUnknown)


def test_the_same_deduction_counts_once():
    taken = DeductionTaken(entry=E1, points=D(1), author=ZHOU, reason="Late.")
    told(PLANNED, taken).when(
        lambda a: a.take_deduction(E1, D(1), ZHOU, "Late.", RULES)
    ).then_nothing()


def test_facts_of_other_things_change_nothing():
    other = VersionSigned(version=1, signer=ZHAO)
    assert Appraisal().after(other) == Appraisal()
    assert Scheme().after(OPENED) == Scheme()
    assert Extras().after(OPENED) == Extras()
