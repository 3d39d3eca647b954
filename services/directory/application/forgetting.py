"""What the directory does when somebody is to be forgotten, or must not be."""

from uuid import UUID

from pydantic import Field

from services.directory.application import accounts
from services.directory.application.commands import Command
from services.directory.domain.person import Person
from shared.eventing.asking import Answer, Asked
from shared.eventing.journal import Journal, Work
from shared.kernel.clock import Clock

Reason = Field(min_length=1, max_length=1_000)


class PlaceLegalHold(Command):
    """Let nothing about this person be erased until the hold is released; name no one in the
    reason.
    """

    person_id: UUID
    hold_id: UUID
    reason: str = Reason


class ReleaseLegalHold(Command):
    """Let a legal hold stand no longer."""

    person_id: UUID
    hold_id: UUID
    reason: str = Reason


class ForgetPerson(Command):
    """Erase everything personal about someone who has left, in every service, for ever; name no one
    in the reason.
    """

    person_id: UUID
    reason: str = Reason


class Forgetting:
    """One method per command."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal, self._clock = journal, clock

    def place_hold(self, asked: Asked, command: PlaceLegalHold) -> Answer:
        """The hold stands."""

        def decide(work: Work) -> None:
            work.change(
                Person,
                command.person_id,
                lambda p: p.erasure.place_hold(command.hold_id, command.reason),
                what="person",
            )

        return self._journal.decide(asked, decide)

    def release_hold(self, asked: Asked, command: ReleaseLegalHold) -> Answer:
        """The hold stands no longer."""

        def decide(work: Work) -> None:
            work.change(
                Person,
                command.person_id,
                lambda p: p.erasure.release_hold(command.hold_id, command.reason),
                what="person",
            )

        return self._journal.decide(asked, decide)

    def forget(self, asked: Asked, command: ForgetPerson) -> Answer:
        """The person is forgotten, and their account is closed; services follow at once."""
        today = self._clock.today()

        def decide(work: Work) -> None:
            work.change(
                Person,
                command.person_id,
                lambda p: p.erasure.forget(p.last_day, today, command.reason),
                what="person",
            )
            accounts.close(work, command.person_id)

        return self._journal.decide(asked, decide)
