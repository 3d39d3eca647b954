"""People who go: their last day, and the instant from which they cannot act."""

from datetime import timedelta

from services.directory.application.commands import (
    DeactivatePeople,
    EndEmployment,
    ReactivatePeople,
)
from services.directory.application.handing_over import Going, hand_over
from services.directory.application.premises import Holdings
from services.directory.domain.person import Person
from shared.eventing.asking import Answer, Asked
from shared.eventing.journal import Journal, Work
from shared.kernel.clock import Clock


class Leaving:
    """One method per command about going and coming back."""

    def __init__(self, journal: Journal, holdings: Holdings, clock: Clock) -> None:
        self._journal, self._holdings, self._clock = journal, holdings, clock

    def end_employment(self, asked: Asked, command: EndEmployment) -> Answer:
        """The person leaves; the successor, if named, takes over the day after."""

        def decide(work: Work) -> None:
            who = command.person_id
            work.change(Person, who, lambda p: p.leave(command.last_day), what="person")
            day = command.last_day + timedelta(days=1)
            hand_over(work, self._holdings, [Going(who, command.successor_id, day)])

        return self._journal.decide(asked, decide)

    def deactivate_people(self, asked: Asked, command: DeactivatePeople) -> Answer:
        """Nobody of these can act any more; successors take over, from today unless another day
        is said.
        """
        today = self._clock.today()

        def decide(work: Work) -> None:
            work.load_many(Person, [entry.person_id for entry in command.people])
            for entry in command.people:
                work.change(Person, entry.person_id, lambda p: p.deactivate(), what="person")
            going = [
                Going(
                    entry.person_id,
                    entry.successor_id,
                    entry.effective_from or today,
                    f"people[{n}].successor_id",
                )
                for n, entry in enumerate(command.people)
            ]
            hand_over(work, self._holdings, going)

        return self._journal.decide(asked, decide)

    def reactivate_people(self, asked: Asked, command: ReactivatePeople) -> Answer:
        """Everybody of these can act again."""

        def decide(work: Work) -> None:
            work.load_many(Person, command.person_ids)
            for person_id in command.person_ids:
                work.change(Person, person_id, lambda p: p.reactivate(), what="person")

        return self._journal.decide(asked, decide)
