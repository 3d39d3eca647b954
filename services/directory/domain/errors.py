"""Why the directory refuses."""

from shared.kernel.refusals import Refused


class UnitUnknown(Refused):
    """There is no unit with the id {unit_id}. Register the unit first, or correct the id."""


class PersonUnknown(Refused):
    """There is no person with the id {person_id}. Register the person first, or correct the id."""


class UnitUnderItself(Refused):
    """A unit cannot lie below itself. Choose a parent outside its own branch."""


class OwnManager(Refused):
    """Nobody is their own manager. Name another person, or leave the link out."""


class PeriodRedefined(Refused):
    """The period {code} already stands for other days. Use another code; figures speak of the
    old one.
    """


class PeriodBackwards(Refused):
    """The period {code} ends before it begins. Swap first and last day."""


class AlreadyLeft(Refused):
    """This person's employment ended on {last_day}. Register them anew to employ them again."""


class CodeTaken(Refused):
    """The unit's code is {code} since it was founded. Codes stay; found a new unit for a new
    code.
    """


class OwnSuccessor(Refused):
    """Nobody takes over from themselves. Name another person, or leave the successor out."""


class SuccessorLeaves(Refused):
    """The successor {person_id} does not work here, cannot act or leaves too. Name someone who
    stays.
    """
