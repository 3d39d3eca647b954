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
