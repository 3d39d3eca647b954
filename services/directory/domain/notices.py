"""What deserves a word although it is not refused."""

from shared.kernel.notices import Notice


class StillHeld(Notice):
    """This person still leads {units} units and manages {people} people. Name a successor, or
    appoint others.
    """


class MoreThanFullTime(Notice):
    """This person's posts come to {percent} % of full time. Correct a share, unless it is meant."""
