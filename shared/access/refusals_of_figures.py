"""Why someone may not speak about figures."""

from shared.kernel.refusals import Refused


class OwnFigures(Refused):
    """These figures are about you: no one types, seals or sets the targets of their own. Ask
    your manager or the KPI's owner.
    """

    status = 403


class NotYourFigures(Refused):
    """Only the KPI's owner, the subject's managers and HR may do this. Ask one of them."""

    status = 403


class NotAKpiKeeper(Refused):
    """KPIs are defined by HR, executives and administrators. Ask one of them."""

    status = 403


class NotTheSubject(Refused):
    """Only the one whose commitment it is can agree to it or dispute it. Ask them to do so."""

    status = 403


class NotAskedToCheckIn(Refused):
    """Only its responsible, their deputy or manager, or the unit's OKR champion may check in on
    this key result. Ask one of them.
    """

    status = 403
