"""What metrics does when someone speaks about key results: load, ask, save."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from services.metrics.application.commands import CheckIn, CorrectCheckIns, WithdrawCheckIns
from services.metrics.application.entries import (
    CheckInCorrection,
    CheckInEntry,
    CheckInWithdrawal,
    OnKeyResult,
)
from services.metrics.application.entries import Standing as Said
from services.metrics.application.placed import placed
from services.metrics.application.premises import Premises
from services.metrics.application.rights import OfKeyResult
from services.metrics.domain import key_result_ledger as ledgers
from services.metrics.domain.accountable import Accountable
from services.metrics.domain.errors import KeyResultIsUnknown
from services.metrics.domain.key_result_ledger import KeyResultLedger
from services.metrics.domain.standing import Standing, Words
from shared.eventing.asking import Answer, Asked
from shared.eventing.journal import Journal, Work
from shared.kernel.clock import Clock
from shared.kernel.ids import id_of


def ledger_of(key_result_id: UUID) -> UUID:
    """The stream of a key result's ledger."""
    return id_of("key_result_ledger", key_result_id)


class CheckIns:
    """One method per command about key results."""

    def __init__(self, journal: Journal, premises: Premises, clock: Clock) -> None:
        self._journal, self._premises, self._clock = journal, premises, clock

    def check_in(self, asked: Asked, command: CheckIn) -> Answer:
        """Every entry is said, or none is."""

        def decide(work: Work) -> None:
            known = self._known(work, command.check_ins)
            work.answer.more["entries"] = []
            for n, one in enumerate(command.check_ins):
                with placed("check_ins", n):
                    _concern(work, known, one, f"check_ins[{n}]")
                    self._check_in(work, _named(known, one), one, n)

        return self._journal.decide(asked, decide)

    def correct_check_ins(self, asked: Asked, command: CorrectCheckIns) -> Answer:
        """Every correction is recorded, or none is."""

        def decide(work: Work) -> None:
            known = self._known(work, command.corrections)
            for n, one in enumerate(command.corrections):
                with placed("corrections", n):
                    _concern(work, known, one, f"corrections[{n}]")
                    self._correct(work, _named(known, one), one, n)

        return self._journal.decide(asked, decide)

    def withdraw_check_ins(self, asked: Asked, command: WithdrawCheckIns) -> Answer:
        """Every withdrawal is recorded, or none is."""

        def decide(work: Work) -> None:
            known = self._known(work, command.withdrawals)
            for n, one in enumerate(command.withdrawals):
                with placed("withdrawals", n):
                    _concern(work, known, one, f"withdrawals[{n}]")
                    self._withdraw(work, _named(known, one), one)

        return self._journal.decide(asked, decide)

    def _known(self, work: Work, said: Sequence[OnKeyResult]) -> Mapping[UUID, Accountable]:
        """What is known of the key results that are spoken of; their ledgers are loaded."""
        ids = {one.key_result_id for one in said}
        work.load_many(KeyResultLedger, [ledger_of(one) for one in ids])
        for feed, position in self._premises.positions().items():
            work.on_premise(feed, position)
        return self._premises.key_results(ids, self._clock.today())

    def _check_in(self, work: Work, key_result: Accountable, one: CheckInEntry, n: int) -> None:
        stream, today = ledger_of(one.key_result_id), self._clock.today()
        outside = (one.source or "", one.external_id) if one.external_id else None
        said = ledgers.CheckIn(
            entry_id=id_of("entry", stream, *_own_name(work, one.entry_id, outside, n)),
            standing=_standing(one, today),
            words=_words(one),
            origin=one.origin,
            source=one.source,
            external_id=one.external_id,
        )
        work.change(
            KeyResultLedger,
            stream,
            lambda ledger: ledger.check_in(key_result, said, work.asked.actor, today),
            expected=one.expected_version,
        )
        work.answer.more["entries"].append(str(said.entry_id))

    def _correct(self, work: Work, key_result: Accountable, one: CheckInCorrection, n: int) -> None:
        stream, today = ledger_of(one.key_result_id), self._clock.today()
        right = ledgers.Correction(
            entry_id=_stored(work, stream, one.entry_id),
            correction_id=one.correction_id or id_of("correction", work.asked.request_id, n),
            standing=_standing(one, today),
            words=_words(one),
            reason=one.reason,
        )
        work.change(
            KeyResultLedger,
            stream,
            lambda ledger: ledger.correct(key_result, right, work.asked.actor, today),
            expected=one.expected_version,
        )

    def _withdraw(self, work: Work, key_result: Accountable, one: CheckInWithdrawal) -> None:
        stream = ledger_of(one.key_result_id)
        entry_id = _stored(work, stream, one.entry_id)
        work.change(
            KeyResultLedger,
            stream,
            lambda ledger: ledger.withdraw(key_result, entry_id, one.reason, work.asked.actor),
            expected=one.expected_version,
        )


def _named(known: Mapping[UUID, Accountable], one: OnKeyResult) -> Accountable:
    try:
        return known[one.key_result_id]
    except KeyError:
        raise KeyResultIsUnknown(field="key_result_id") from None


def _concern(work: Work, known: Mapping[UUID, Accountable], one: OnKeyResult, place: str) -> None:
    about = OfKeyResult(_named(known, one).responsible, place)
    work.concern(ledger_of(one.key_result_id), about)


def _stored(work: Work, stream: UUID, given: UUID) -> UUID:
    """The entry under its own id, or under the one that whoever brought it gave it."""
    ledger = work.load(KeyResultLedger, stream)
    return given if given in ledger.entries else id_of("entry", stream, given)


def _own_name(
    work: Work, given: UUID | None, outside: tuple[str, str] | None, n: int
) -> tuple[object, ...]:
    """What tells an entry apart within its ledger: given, or its source's, or the request's.

    Ids are made from it together with the ledger, so that no one can take another ledger's.
    """
    if given is not None:
        return (given,)
    return outside or (work.asked.request_id, n)


def _standing(said: Said, today: date) -> Standing:
    return Standing(
        observed_on=said.observed_on or today,
        value=said.value,
        milestones_done=said.milestones_done,
        level=said.level,
        confidence=said.confidence,
        reported_status=said.reported_status,
    )


def _words(said: Said) -> Words:
    return Words(
        progress=said.progress, obstacles=said.obstacles, support_needed=said.support_needed
    )
