"""Why someone may not change people, units, the calendar or accounts."""

from shared.kernel.refusals import Refused


class OnlyPeopleKeepers(Refused):
    """People are kept by HR or an administrator of the unit where they hold their posts, or of the
    whole company; roles are given and taken by administrators, their own and auditors' by those of
    the whole company. Ask one of them.
    """

    status = 403


class OwnRole(Refused):
    """Nobody gives or takes a role of their own. Ask another administrator."""

    status = 403


class OnlyUnitKeepers(Refused):
    """Units are founded, moved and led by appointment of an administrator of the unit above, or of
    the whole company. Ask one of them.
    """

    status = 403


class OnlyCalendarKeepers(Refused):
    """The calendar holds for everybody and is kept by administrators of the whole company. Ask one
    of them.
    """

    status = 403


class OnlyGivers(Refused):
    """A delegation is given and ended by the person for whom somebody acts, or by an administrator
    of the whole company. Ask one of them.
    """

    status = 403


class OwnDelegation(Refused):
    """Nobody lets themselves act for somebody else. Ask the person to give the delegation."""

    status = 403


class OnlyAccountKeepers(Refused):
    """Accounts and logins are kept by administrators of the whole company, and by the systems that
    provision people. Ask an administrator.
    """

    status = 403


class OwnLogin(Refused):
    """Nobody links a login to their own account. Ask another administrator."""

    status = 403


class AccountsAreClosed(Refused):
    """How people are known outside is told to the sign-in only. Look the person up among the people
    instead.
    """

    status = 403


class StoriesOfPeopleAreClosed(Refused):
    """What happened to a person is told to them, to those above them, and to HR, administrators and
    auditors in whose scope they are. Ask one of them.
    """

    status = 403
