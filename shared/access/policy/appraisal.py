"""Who may do and see what about schemes and appraisals; confidential unless said otherwise.

Parts of a thing: ``subject``, who is appraised; ``manager``, who is named in the plan to review.
Those who have left keep the posts and managers of their last day, so that HR of their last unit and
those who were above them finish what is open.
"""

from collections.abc import Mapping

from shared.access.grounds import Above, Both, Ground, Holds, Is, Touches
from shared.access.policy.common import (
    FOLLOW_FEEDS,
    SEE_SECURITY_LOG,
    SEE_WHAT_IS_PERSONAL,
    open_to_all,
)
from shared.access.refusals_of_appraisals import (
    AppraisalsAreConfidential,
    OnlyHr,
    OnlyHrAndAuditors,
    OnlyHrAndExecutives,
    OnlyManagersAndHr,
    OnlyTheNamedManagerReviews,
    OnlyTheSubjectReviewsThemselves,
    SubjectsOwnAppraisal,
)
from shared.access.refusals_of_delegates import AppraisalsOfBoth
from shared.access.rules import Action, Bar, Policy
from shared.access.standing_in import StandingIn

HR_EVERYWHERE: Mapping[str, Ground] = {"hr": Holds(("hr",))}
STEERING: Mapping[str, Ground] = {
    "manager": Is("manager"),
    "above": Above("subject"),
    "hr": Holds(("hr",), "subject"),
}
# Nobody plans, reviews, seals, signs or decides on what is about themselves.
NOT_ONES_OWN = (Bar(Touches("subject"), SubjectsOwnAppraisal),)
# A delegate never learns anything of the giver's own appraisal, nor more than others of their own.
NOT_BY_DELEGATION = (Bar(Both((StandingIn(), Touches("subject"))), AppraisalsOfBoth),)


def _steer(name: str) -> Action:
    return Action(name, STEERING, OnlyManagersAndHr, NOT_ONES_OWN)


def _scheme(name: str) -> Action:
    return Action(name, HR_EVERYWHERE, OnlyHr)


POLICY = Policy(
    _scheme("draft-scheme"),
    _scheme("draft-scheme-from-template"),
    Action("sign-scheme", {"signer": Holds(("hr", "executive"))}, OnlyHrAndExecutives),
    Action("plan-appraisals", {"hr": Holds(("hr",), "subject")}, OnlyHr, NOT_ONES_OWN),
    _steer("open-self-reviews"),
    Action(
        "give-self-review",
        {"subject": Is("subject")},
        OnlyTheSubjectReviewsThemselves,
        in_person=True,
    ),
    _steer("close-self-review"),
    Action(
        "give-manager-review",
        {"manager": Is("manager")},
        OnlyTheNamedManagerReviews,
        NOT_ONES_OWN,
    ),
    _steer("give-bonus"),
    _steer("take-deduction"),
    _steer("raise-veto"),
    _steer("withdraw-entry"),
    _steer("seal-appraisals"),
    _steer("sign-off-appraisals"),
    _steer("dismiss-change"),
    _steer("accept-change"),
    Action(
        "see-appraisals",
        {
            "subject": Is("subject"),
            "manager": Is("manager"),
            "above": Above("subject"),
            "keeper": Holds(("hr", "auditor"), "subject"),
        },
        AppraisalsAreConfidential,
        NOT_BY_DELEGATION,
        routes=[
            "GET /appraisals",
            "GET /appraisals/{appraisal_id}",
            "GET /appraisals/{appraisal_id}/figures/{kpi}",
            "GET /appraisals/{appraisal_id}/story",
        ],
    ),
    Action(
        "see-readers",
        {"subject": Is("subject"), "keeper": Holds(("hr", "auditor"))},
        OnlyHrAndAuditors,
        NOT_BY_DELEGATION,
        routes=["GET /appraisals/{appraisal_id}/reads"],
    ),
    open_to_all(
        "see-schemes",
        "GET /schemes",
        "GET /schemes/{scheme_id}",
        "GET /schemes/{scheme_id}/story",
    ),
    open_to_all("see-separation", "GET /separation"),
    Action(
        "see-typed-figures",
        {"keeper": Holds(("hr", "auditor"))},
        OnlyHrAndAuditors,
        routes=["GET /separation/typed"],
    ),
    FOLLOW_FEEDS,
    SEE_SECURITY_LOG,
    SEE_WHAT_IS_PERSONAL,
    place=("subject",),
)
