"""The ledger of one key result: entries, corrections, withdrawals."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.metrics.domain.accountable import Accountable
from services.metrics.domain.errors import (
    DayLiesAhead,
    EntryIsUnknown,
    EntrySaysOtherwise,
    EntryWasWithdrawn,
    KeyResultIsClosed,
    NothingSaid,
)
from services.metrics.domain.key_result_ledger import (
    CheckedIn,
    CheckIn,
    CheckInCorrected,
    CheckInWithdrawn,
    CheckInWorded,
    Correction,
    KeyResultLedger,
)
from services.metrics.domain.standing import Standing, Words
from shared.access.refusals_of_figures import (
    NotAskedToCheckIn,
)
from shared.kernel.actors import person, service
from tests.support.scenario import scenario

TODAY = date(2026, 8, 14)
CHEN, STRANGER, NEW_CUSTOMERS = uuid4(), uuid4(), uuid4()
KR = Accountable(id=NEW_CUSTOMERS, responsible=CHEN)
ENTRY, SECOND, CORRECTION = uuid4(), uuid4(), uuid4()
CHEN_SPEAKS = person(CHEN)
TALK = Words(progress="签了三家", obstacles="样机不足", support_needed="两台样机")


def stands(value: str | None = "120", day: date = TODAY, **more: Any) -> Standing:
    return Standing(observed_on=day, value=None if value is None else Decimal(value), **more)


def said(standing: Standing, entry: UUID = ENTRY, **more: Any) -> CheckIn:
    return CheckIn(entry_id=entry, standing=standing, **more)


def checked_in(standing: Standing, entry: UUID = ENTRY, **more: Any) -> CheckedIn:
    return CheckedIn(
        key_result_id=NEW_CUSTOMERS,
        entry_id=entry,
        **dict(standing),
        responsible_id=CHEN,
        **{"origin": "typed", **more},
    )


def worded(words: Words, entry: UUID = ENTRY) -> CheckInWorded:
    return CheckInWorded(key_result_id=NEW_CUSTOMERS, entry_id=entry, **dict(words))


def corrected(standing: Standing, correction: UUID = CORRECTION) -> CheckInCorrected:
    return CheckInCorrected(
        key_result_id=NEW_CUSTOMERS,
        entry_id=ENTRY,
        correction_id=correction,
        **dict(standing),
        reason="typo",
    )


def right(standing: Standing, **more: Any) -> Correction:
    return Correction(
        **{
            "entry_id": ENTRY,
            "correction_id": CORRECTION,
            "standing": standing,
            "reason": "typo",
            **more,
        }
    )


WITHDRAWN = CheckInWithdrawn(key_result_id=NEW_CUSTOMERS, entry_id=ENTRY, reason="wrong line")


def ledger() -> Any:
    return scenario(KeyResultLedger)


def test_a_check_in_records_figures_and_words_apart() -> None:
    standing = stands(confidence=7, reported_status="behind")
    ledger().when(lambda x: x.check_in(KR, said(standing, words=TALK), CHEN_SPEAKS, TODAY)).then(
        checked_in(standing), worded(TALK)
    )


def test_a_check_in_without_words_is_one_fact() -> None:
    ledger().when(lambda x: x.check_in(KR, said(stands()), CHEN_SPEAKS, TODAY)).then(
        checked_in(stands())
    )


def test_words_alone_are_a_check_in() -> None:
    quiet = stands(None)
    ledger().when(lambda x: x.check_in(KR, said(quiet, words=TALK), CHEN_SPEAKS, TODAY)).then(
        checked_in(quiet), worded(TALK)
    )


def test_a_silent_check_in_is_refused() -> None:
    ledger().when(lambda x: x.check_in(KR, said(stands(None)), CHEN_SPEAKS, TODAY)).then_refused(
        NothingSaid
    )


def test_a_future_day_is_refused() -> None:
    ledger().when(
        lambda x: x.check_in(KR, said(stands(day=date(2026, 8, 15))), CHEN_SPEAKS, TODAY)
    ).then_refused(DayLiesAhead, field="observed_on", day="2026-08-15")


def test_someone_with_no_part_in_it_may_not_check_in() -> None:
    ledger().when(lambda x: x.check_in(KR, said(stands()), person(STRANGER), TODAY)).then_refused(
        NotAskedToCheckIn
    )


def test_a_closed_key_result_takes_no_check_in() -> None:
    closed = Accountable(id=NEW_CUSTOMERS, responsible=CHEN, open=False)
    ledger().when(lambda x: x.check_in(closed, said(stands()), CHEN_SPEAKS, TODAY)).then_refused(
        KeyResultIsClosed
    )


def test_an_entry_known_already_records_nothing_even_after_closing() -> None:
    closed = Accountable(id=NEW_CUSTOMERS, responsible=CHEN, open=False)
    ledger().given(checked_in(stands()), checked_in(stands("130"), SECOND)).when(
        lambda x: x.check_in(closed, said(stands()), CHEN_SPEAKS, TODAY)
    ).then_nothing()


def test_the_first_content_of_a_corrected_entry_records_nothing() -> None:
    ledger().given(checked_in(stands()), corrected(stands("140"))).when(
        lambda x: x.check_in(KR, said(stands()), CHEN_SPEAKS, TODAY)
    ).then_nothing()


def test_an_entry_with_other_content_must_be_a_correction() -> None:
    ledger().given(checked_in(stands())).when(
        lambda x: x.check_in(KR, said(stands("121")), CHEN_SPEAKS, TODAY)
    ).then_refused(EntrySaysOtherwise, field="entry_id", entry=str(ENTRY))


def test_an_external_id_known_already_records_nothing() -> None:
    outside = {"source": "crm", "external_id": "A-1", "origin": "system"}
    ledger().given(checked_in(stands(), **outside), checked_in(stands("1"), uuid4())).when(
        lambda x: x.check_in(KR, said(stands(), SECOND, **outside), service("crm"), TODAY)
    ).then_nothing()


def test_an_external_id_with_other_content_must_be_a_correction() -> None:
    outside = {"source": "crm", "external_id": "A-1", "origin": "system"}
    ledger().given(checked_in(stands(), **outside)).when(
        lambda x: x.check_in(KR, said(stands("7"), SECOND, **outside), service("crm"), TODAY)
    ).then_refused(EntrySaysOtherwise, entry="A-1")


def test_saying_the_latest_again_records_nothing() -> None:
    ledger().given(checked_in(stands()), worded(TALK)).when(
        lambda x: x.check_in(KR, said(stands(), SECOND, words=TALK), CHEN_SPEAKS, TODAY)
    ).then_nothing()


def test_the_same_figure_with_other_words_is_a_further_check_in() -> None:
    ledger().given(checked_in(stands()), worded(TALK)).when(
        lambda x: x.check_in(KR, said(stands(), SECOND), CHEN_SPEAKS, TODAY)
    ).then(checked_in(stands(), SECOND))


def test_a_withdrawn_figure_can_be_said_again() -> None:
    ledger().given(checked_in(stands()), WITHDRAWN).when(
        lambda x: x.check_in(KR, said(stands(), SECOND), CHEN_SPEAKS, TODAY)
    ).then(checked_in(stands(), SECOND))


def test_a_correction_names_its_entry_and_may_move_the_day() -> None:
    moved = stands("112", date(2026, 8, 13))
    ledger().given(checked_in(stands())).when(
        lambda x: x.correct(KR, right(moved), CHEN_SPEAKS, TODAY)
    ).then(corrected(moved))


def test_a_correction_of_the_words_alone_changes_the_words() -> None:
    ledger().given(checked_in(stands())).when(
        lambda x: x.correct(KR, right(stands(), words=TALK), CHEN_SPEAKS, TODAY)
    ).then(worded(TALK))


def test_a_correction_to_what_it_says_already_records_nothing() -> None:
    ledger().given(checked_in(stands()), worded(TALK)).when(
        lambda x: x.correct(KR, right(stands()), CHEN_SPEAKS, TODAY)
    ).then_nothing()


def test_a_correction_known_already_records_nothing() -> None:
    ledger().given(checked_in(stands()), corrected(stands("112"))).when(
        lambda x: x.correct(KR, right(stands("113")), CHEN_SPEAKS, TODAY)
    ).then_nothing()


def test_a_closed_key_result_can_still_be_corrected() -> None:
    closed = Accountable(id=NEW_CUSTOMERS, responsible=CHEN, open=False)
    ledger().given(checked_in(stands())).when(
        lambda x: x.correct(closed, right(stands("112")), CHEN_SPEAKS, TODAY)
    ).then(corrected(stands("112")))


@pytest.mark.parametrize(
    ("correction", "refusal"),
    [
        (right(stands("1"), entry_id=SECOND), EntryIsUnknown),
        (right(stands(None)), NothingSaid),
        (right(stands("1", date(2026, 9, 1))), DayLiesAhead),
    ],
)
def test_a_correction_must_make_sense(correction: Correction, refusal: type) -> None:
    ledger().given(checked_in(stands())).when(
        lambda x: x.correct(KR, correction, CHEN_SPEAKS, TODAY)
    ).then_refused(refusal)


def test_a_withdrawn_entry_cannot_be_corrected() -> None:
    ledger().given(checked_in(stands()), WITHDRAWN).when(
        lambda x: x.correct(KR, right(stands("1")), CHEN_SPEAKS, TODAY)
    ).then_refused(EntryWasWithdrawn, field="entry_id")


def test_a_stranger_may_neither_correct_nor_withdraw() -> None:
    given = ledger().given(checked_in(stands()))
    given.when(lambda x: x.correct(KR, right(stands("1")), person(STRANGER), TODAY)).then_refused(
        NotAskedToCheckIn
    )
    ledger().given(checked_in(stands())).when(
        lambda x: x.withdraw(KR, ENTRY, "no", person(STRANGER))
    ).then_refused(NotAskedToCheckIn)


def test_an_entry_can_be_withdrawn_once() -> None:
    ledger().given(checked_in(stands())).when(
        lambda x: x.withdraw(KR, ENTRY, "wrong line", CHEN_SPEAKS)
    ).then(WITHDRAWN)
    ledger().given(checked_in(stands()), WITHDRAWN).when(
        lambda x: x.withdraw(KR, ENTRY, "again", CHEN_SPEAKS)
    ).then_nothing()


def test_an_unknown_entry_cannot_be_withdrawn() -> None:
    ledger().when(lambda x: x.withdraw(KR, ENTRY, "no", CHEN_SPEAKS)).then_refused(EntryIsUnknown)


def test_facts_that_do_not_belong_change_nothing() -> None:
    from services.metrics.domain.kpi import Defined  # noqa: F401 – any other fact
    from shared.kernel.facts import Fact

    blank = KeyResultLedger()
    assert blank.after(Fact()) is blank
    assert blank.after(WITHDRAWN) is blank
