"""Why nothing is erased."""

from shared.kernel.refusals import Refused


class StillWorksHere(Refused):
    """What is personal about someone is erased after their last day. Say which day was their last,
    and ask again when it has passed.
    """


class HeldByLaw(Refused):
    """A legal hold stands, so nothing about this person may be erased: {reasons}. Release the hold
    when its reason has gone.
    """


class HoldIsUnknown(Refused):
    """This person is under no legal hold with this id. List the holds, and correct the id."""


class HoldMeansAnother(Refused):
    """This id stands for another legal hold, or for one that was released. Use a new id."""


class AlreadyForgotten(Refused):
    """What was personal about this person has been erased. If they came back, register them as a
    new person.
    """
