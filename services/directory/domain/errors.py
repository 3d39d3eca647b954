"""Why the directory refuses."""

from shared.kernel.refusals import Refused


class UnitUnknown(Refused):
    """There is no unit with the id {unit_id}. Register the unit first, or correct the id."""


class PersonUnknown(Refused):
    """There is no person with the id {person_id}. Register the person first, or correct the id."""


class UnitUnderItself(Refused):
    """A unit cannot lie below itself. Choose a parent outside its own branch."""


class UnitIsClosed(Refused):
    """The unit {code} is closed since {last_day}. Choose another unit, or a day before."""


class UnitIsOpen(Refused):
    """The unit {code} is not closed on {day}. Choose a day after its last one, or leave it as it
    is.
    """


class UnitClosesBeforeItReopens(Refused):
    """The unit {code} opens again on {reopens_on} only. Choose that day or a later one as its
    last.
    """


class UnitHasUnits(Refused):
    """Units below {code} are still open: {units}. Close or move them first."""


class UnitHasPosts(Refused):
    """People still hold posts in {code}, {count} in all: {people}. Move them first."""


class YearStartsTooLate(Refused):
    """A year of months begins on one of the first 28 days of a month, not on {first}. Choose such a
    day.
    """


class OwnManager(Refused):
    """Nobody is their own manager. Name another person, or leave the link out."""


class PeriodRedefined(Refused):
    """The period {code} already stands for other days. Use another code; figures speak of the
    old one.
    """


class PeriodBackwards(Refused):
    """The period {code} ends before it begins. Swap first and last day."""


class DaysBackwards(Refused):
    """The last day lies before the first. Swap them."""


class AlreadyLeft(Refused):
    """This person's employment ended on {last_day}. Register them anew to employ them again."""


class CodeTaken(Refused):
    """The unit's code is {code} since it was founded. Codes stay; found a new unit for a new
    code.
    """


class LineInCircle(Refused):
    """The line would run in a circle: {line}. Name a manager who does not report to this person."""


class NoSuchManager(Refused):
    """This person has no {kind} manager. Choose another kind of link."""


class RoleEndsBeforeItBegins(Refused):
    """The role would expire on {expires_on}, before it begins. Correct one of the days."""


class DelegationToOneself(Refused):
    """Nobody acts for themselves by delegation. Name another person."""


class DelegationBackwards(Refused):
    """The delegation ends before it begins. Swap first and last day."""


class DelegationTaken(Refused):
    """This id stands for another delegation, or for one that was ended. Use a new id."""


class DelegationUnknown(Refused):
    """This person gave no delegation with this id. Check the id."""


class DelegateIsGone(Refused):
    """{person_id} does not work here, cannot act or leaves before the delegation begins. Name
    someone who stays.
    """


class OwnSuccessor(Refused):
    """Nobody takes over from themselves. Name another person, or leave the successor out."""


class SuccessorLeaves(Refused):
    """The successor {person_id} does not work here, cannot act or leaves too. Name someone who
    stays.
    """
