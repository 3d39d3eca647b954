"""What the calendar is told: load, ask, save."""

from services.directory.application.commands import DefineFiscalYear, DefinePeriods, MarkDays
from services.directory.domain.calendar import CALENDAR, Calendar
from services.directory.domain.fiscal_year import fiscal_year
from shared.eventing.asking import Answer, Asked
from shared.eventing.journal import Journal, Work


class Calendars:
    """One method per command about periods and days."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def define_periods(self, asked: Asked, command: DefinePeriods) -> Answer:
        """The calendar knows these periods."""

        def decide(work: Work) -> None:
            work.change(Calendar, CALENDAR, lambda c: c.define(command.periods))

        return self._journal.decide(asked, decide)

    def define_fiscal_year(self, asked: Asked, command: DefineFiscalYear) -> Answer:
        """The calendar knows the year and its parts."""

        def decide(work: Work) -> None:
            asked_for = (command.code, command.first, command.pattern)
            periods = fiscal_year(*asked_for, long=command.long)
            work.change(Calendar, CALENDAR, lambda c: c.define(periods))

        return self._journal.decide(asked, decide)

    def mark_days(self, asked: Asked, command: MarkDays) -> Answer:
        """The calendar knows these days."""

        def decide(work: Work) -> None:
            work.change(Calendar, CALENDAR, lambda c: c.mark(command.days))

        return self._journal.decide(asked, decide)
