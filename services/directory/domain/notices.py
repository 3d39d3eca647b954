"""What deserves a word although it is not refused."""

from shared.kernel.notices import Notice


class StillHeld(Notice):
    """This person still leads {units} units and manages {people} people. Name a successor, or
    appoint others.
    """
