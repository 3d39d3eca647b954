"""What every revision must bring with it."""

import pytest

from services.goals.domain.errors import (
    ApprovalMissing,
    ApproverTooNear,
    AskerCannotApprove,
    EffectiveBeforePublication,
    RetroactiveWithoutApproval,
)
from services.goals.domain.revision import RevisionRules, must_stand, stamped
from shared.kernel.ids import id_of
from tests.goals.domain import samples as s

LENIENT, STRICT = RevisionRules(), RevisionRules(all_need_approval=True)
LATE = RevisionRules(all_need_approval=True, line=(s.WU, s.LIN))
A_COLLEAGUE = id_of("person", "a colleague")


def test_a_revision_from_today_on_stands_alone():
    must_stand(s.grounds(), s.JULY_2, s.AUG_14, LENIENT)
    assert stamped(s.grounds(), s.AUG_14)["retroactive"] is False


def test_a_revision_for_later_is_not_retroactive():
    must_stand(s.grounds(on=s.SEP_1), s.JULY_2, s.AUG_14, LENIENT)
    assert stamped(s.grounds(on=s.SEP_1), s.AUG_14)["retroactive"] is False


def test_an_approved_one_stands_even_when_retroactive_or_policy_is_strict():
    approved = s.grounds(approved_by=s.WU)
    must_stand(approved, s.JULY_2, s.SEP_1, STRICT)
    assert stamped(approved, s.SEP_1)["retroactive"] is True


def test_after_the_mid_cycle_review_the_managers_manager_approves():
    must_stand(s.grounds(approved_by=s.LIN), s.JULY_2, s.AUG_14, LATE)
    alone = RevisionRules(all_need_approval=True, line=(s.WU,))
    must_stand(s.grounds(approved_by=s.WU), s.JULY_2, s.AUG_14, alone)


@pytest.mark.parametrize(
    ("grounds", "today", "rules", "refusal"),
    [
        (s.grounds(on=s.JULY_1, approved_by=s.WU), s.AUG_14, LENIENT, EffectiveBeforePublication),
        (s.grounds(approved_by=s.CHEN), s.AUG_14, LENIENT, AskerCannotApprove),
        (s.grounds(), s.SEP_1, LENIENT, RetroactiveWithoutApproval),
        (s.grounds(), s.AUG_14, STRICT, ApprovalMissing),
        (s.grounds(approved_by=s.WU), s.AUG_14, LATE, ApproverTooNear),
        (s.grounds(approved_by=A_COLLEAGUE), s.AUG_14, LATE, ApproverTooNear),
    ],
)
def test_what_does_not_stand(grounds, today, rules, refusal):
    with pytest.raises(refusal):
        must_stand(grounds, s.JULY_2, today, rules)
