"""Personal fields are marked in the class line of a fact."""

from datetime import date
from uuid import UUID

import pytest

from shared.kernel.actors import person, service
from shared.kernel.erased import ERASED
from shared.kernel.facts import AGGREGATE, WRITER, Envelope, Fact, Recorded, subject_of
from shared.kernel.ids import id_of

STREAM_ID, LI = UUID(int=1), UUID(int=2)


class Called(Fact, name="tests.Facts.Called", personal=("name",)):
    """The stream is the person's."""

    name: str
    day: date


class Wrote(Fact, name="tests.Facts.Wrote", personal=("text",), about=WRITER):
    """The text is its writer's."""

    text: str


class Judged(Fact, name="tests.Facts.Judged", personal=("text",), about="whom"):
    """The text is about a person who is named."""

    whom: UUID | None = None
    text: str


class Reviewed(Fact, name="tests.Facts.Reviewed", personal=("text",), about=AGGREGATE):
    """The aggregate knows whom the text is about."""

    text: str


def by(actor: object) -> Envelope:
    return Envelope(actor=person(actor))


def whose(fact: Fact, envelope: Envelope, told: UUID | None = None) -> UUID:
    return subject_of(Recorded(fact, STREAM_ID, 1, envelope, subject=told))


def test_a_fact_without_a_mark_has_nothing_personal() -> None:
    assert Fact.personal_fields == ()


def test_marked_fields_know_what_stands_for_them_once_erased() -> None:
    assert Called.personal_fields == ("name",)
    assert Called.erased_values == {"name": ERASED}


def test_a_text_is_the_streams_the_writers_or_the_named_persons() -> None:
    called = Called(name="Li", day=date(2026, 7, 1))
    assert whose(called, by(LI)) == STREAM_ID
    assert whose(Wrote(text="so"), by(LI)) == LI
    assert whose(Judged(whom=LI, text="so"), by(STREAM_ID)) == LI
    assert whose(Reviewed(text="so"), by(STREAM_ID), told=LI) == LI


def test_a_person_who_is_not_named_is_the_streams() -> None:
    assert whose(Judged(text="so"), by(LI)) == STREAM_ID


def test_what_a_service_writes_for_someone_is_theirs() -> None:
    envelope = Envelope(actor=service("import", LI))
    assert whose(Wrote(text="so"), envelope) == LI


def test_what_a_service_writes_for_nobody_is_its_own() -> None:
    envelope = Envelope(actor=service("import"))
    assert whose(Wrote(text="so"), envelope) == id_of("service", "import")


def test_a_mark_on_no_field_is_a_defect() -> None:
    with pytest.raises(TypeError, match="no such fields"):

        class Nameless(Fact, personal=("name",)):
            day: date


def test_a_person_named_by_no_field_is_a_defect() -> None:
    with pytest.raises(TypeError, match="no such fields"):

        class Aimless(Fact, personal=("text",), about="whom"):
            text: str
