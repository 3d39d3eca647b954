"""Why someone may not: each says who may, so that it is clear whom to ask."""

from shared.kernel.refusals import Refused


class NoLongerHere(Refused):
    """You do not work here today, or your account is switched off. Ask your administrator to look
    at your account in the directory.
    """

    status = 403


class NoEntry(Refused):
    """No rule says who may do this, so nobody may. Tell whoever runs this installation which page
    or program asked for it.
    """

    status = 403


class NotSignedInAsAnyone(Refused):
    """This is open to people who work here and to services. Sign in first."""

    status = 403


class OnlyServices(Refused):
    """This is open to services in their own name only. Read it through the pages or the API."""

    status = 403


class SecurityLogIsClosed(Refused):
    """The security log is open to auditors and administrators of the whole company. Ask one of
    them.
    """

    status = 403


class OnlyKeepersOfThePersonal(Refused):
    """What is held about a person, legal holds and forgetting are for HR and administrators of the
    whole company. Ask one of them.
    """

    status = 403


class OnlyCycleKeepers(Refused):
    """Cycles and policies are kept by administrators, HR and executives of the whole company; the
    head or champion of a unit chooses its cadence. Ask one of them.
    """

    status = 403


class NotHoldersObjective(Refused):
    """Objectives are drafted by whoever will hold them, those above them, and the head or champion
    of the unit. Suggest the objective instead, or ask one of them.
    """

    status = 403


class NotYourObjective(Refused):
    """An objective is changed by whoever holds or answers for it, those above them, and the head or
    champion of the unit; a key result also by whoever answers for it. Ask one of them.
    """

    status = 403


class ApproverTooLow(Refused):
    """A revision is approved by someone above whoever asked for it, or by the head or champion of
    the unit, never by the asker. Ask one of them.
    """

    status = 403


class OnlyLeadsAnswer(Refused):
    """A suggestion is answered by whoever would hold the objective, those above them, and the head
    or champion of the unit. Ask one of them.
    """

    status = 403


class ObjectiveIsPrivate(Refused):
    """This objective is not open to everybody. Ask whoever holds it to tell you about it."""

    status = 403
