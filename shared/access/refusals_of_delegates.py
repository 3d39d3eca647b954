"""Why somebody may not do something in another's place."""

from shared.kernel.refusals import Refused


class DelegationDoesNotHold(Refused):
    """You act under a delegation that does not hold today: it ended, has not begun, was given to
    somebody else, or whoever gave it has left. Stop acting for them, or ask them for another one.
    """

    status = 403


class NotInTheDelegation(Refused):
    """The delegation does not cover this kind of work. Stop acting for somebody else to do it in
    your own name, or ask them for a delegation that covers it.
    """

    status = 403


class BeyondTheUnit(Refused):
    """The delegation holds in one unit and below, and this lies outside. Ask whoever gave it to do
    this, or for a delegation that reaches further.
    """

    status = 403


class InPersonOnly(Refused):
    """This is done by everybody themselves and never under a delegation. Stop acting for somebody
    else; they have to do it in their own name.
    """

    status = 403


class AppraisalsOfBoth(Refused):
    """A delegation never reaches the appraisal of whoever gave it, nor that of whoever acts under
    it. Stop acting for somebody else to see your own.
    """

    status = 403


class AskedForByTheApprover(Refused):
    """Nobody approves what they asked for, whether in their own name or standing in for somebody.
    Have somebody else approve it.
    """

    status = 403
