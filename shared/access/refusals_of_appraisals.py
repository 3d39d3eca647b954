"""Why someone may not plan, review, seal, sign or read an appraisal."""

from shared.kernel.refusals import Refused


class SubjectsOwnAppraisal(Refused):
    """This is your own appraisal; someone else has to do this. Ask your manager or HR."""

    status = 403


class OnlyTheSubjectReviewsThemselves(Refused):
    """Only the person appraised gives the self review. Close it with a reason if they can't."""

    status = 403


class OnlyTheNamedManagerReviews(Refused):
    """Only the manager named in the plan reviews. Have HR replace the plan if that changed."""

    status = 403


class OnlyHr(Refused):
    """Only HR of the whole company, or of a unit in which the person appraised has a post, does
    this. Ask HR to do it, or to grant you the role.
    """

    status = 403


class OnlyHrAndExecutives(Refused):
    """Only people with the HR or the executive role sign schemes. Ask one of them to sign."""

    status = 403


class OnlyManagersAndHr(Refused):
    """Only the named manager, their line above and HR do this. Ask one of them."""

    status = 403


class OnlyHrAndAuditors(Refused):
    """Only HR and auditors, and people about their own appraisal, may see this. Ask one of them."""

    status = 403


class AppraisalsAreConfidential(Refused):
    """An appraisal is shown to the person appraised, their managers, HR and auditors, and to no
    program. Ask one of them.
    """

    status = 403
