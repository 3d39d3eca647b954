"""The third line of stored bytes: written once, readable for ever by who has the key."""

import json
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.eventing.mapper import decode, encode, split
from shared.eventing.sealing import MARK, erased, opened, seal, sealed
from shared.kernel.actors import person
from shared.kernel.erased import ERASED
from shared.kernel.facts import Envelope, Fact

GOLDEN = Path(__file__).parent / "golden"
STREAM, OTHER, LI = UUID(int=7), UUID(int=8), UUID(int=9)
KEY = AESGCM(bytes(range(32)))
ENVELOPE = Envelope(actor=person(LI))


class Named(Fact, name="tests.Sealing.Named", personal=("name", "name_en")):
    """A person is called so."""

    day: str
    name: str
    name_en: str


class Whispered(Fact, name="tests.Sealing.Whispered", personal=("text",)):
    """Nothing but personal."""

    text: str


class Grown(Fact, name="tests.Sealing.Grown", schema=2, personal=("whole_name",)):
    """What was called ``name`` in its first shape."""

    whole_name: str

    @classmethod
    def upcast(cls, body: dict[str, object], stored_version: int) -> dict[str, object]:
        assert stored_version == 1
        return {"whole_name": body["name"]}


FACT = Named(day="2026-07-01", name="李明", name_en="Ming: Li\n\\")


def state_of(fact: Fact, version: int = 3) -> bytes:
    return encode(fact, ENVELOPE) + seal(fact, LI.hex, KEY, STREAM, version)


def parts_of(state: bytes):  # type: ignore[no-untyped-def]
    parts = sealed(state)
    assert parts is not None
    return parts


def test_what_was_sealed_is_opened() -> None:
    for fact in (FACT, Whispered(text="so"), Whispered(text="")):
        state = opened(parts_of(state_of(fact)), KEY, STREAM, 3)
        assert decode(fact.stored_name, state) == (fact, ENVELOPE)


def test_the_first_two_lines_stay_what_they_are_and_say_nothing_personal() -> None:
    head, body, _ = state_of(FACT).split(b"\n")
    assert json.loads(head)["_v"] == 1
    assert json.loads(body) == {"day": "2026-07-01"}


def test_nothing_personal_is_readable_in_the_stored_bytes() -> None:
    told = state_of(FACT)
    assert "李明".encode() not in told
    assert b"Ming" not in told
    told.decode()  # and they are a text


def test_the_same_words_are_never_stored_alike_twice() -> None:
    assert state_of(FACT) != state_of(FACT)


@pytest.mark.parametrize(("stream", "version"), [(OTHER, 3), (STREAM, 4)])
def test_a_blob_moved_to_another_place_does_not_open(stream: UUID, version: int) -> None:
    with pytest.raises(InvalidTag):
        opened(parts_of(state_of(FACT)), KEY, stream, version)


def test_a_blob_given_to_another_person_does_not_open() -> None:
    state = state_of(FACT).replace(LI.hex.encode(), OTHER.hex.encode())
    with pytest.raises(InvalidTag):
        opened(parts_of(state), KEY, STREAM, 3)


def test_without_its_key_a_fact_is_told_with_marks() -> None:
    fact, envelope = decode(Named.stored_name, erased(parts_of(state_of(FACT)), Named.stored_name))
    assert fact == Named(day="2026-07-01", name=ERASED, name_en=ERASED)
    assert envelope == ENVELOPE


def test_what_is_not_sealed_has_no_parts() -> None:
    assert sealed(encode(Whispered(text="so"), ENVELOPE)) is None


# Stored once, read for ever


def test_a_fact_stored_before_there_were_keys_is_read_as_it_is() -> None:
    state = (GOLDEN / "named_plain.txt").read_bytes()
    assert sealed(state) is None
    assert decode(Named.stored_name, state)[0] == FACT


def test_a_fact_stored_under_a_key_is_read_with_it() -> None:
    state = opened(parts_of((GOLDEN / "named_sealed.txt").read_bytes()), KEY, STREAM, 3)
    assert decode(Named.stored_name, state) == (FACT, ENVELOPE)


def test_an_older_shape_under_a_key_is_lifted_whether_it_opens_or_not() -> None:
    parts = parts_of((GOLDEN / "grown_v1_sealed.txt").read_bytes())
    fact, _ = decode(Grown.stored_name, opened(parts, KEY, STREAM, 1))
    assert fact == Grown(whole_name="李明")
    fact, _ = decode(Grown.stored_name, erased(parts, Grown.stored_name))
    assert fact == Grown(whole_name=ERASED)


def test_a_line_break_in_a_text_is_no_third_line() -> None:
    plain = FACT.model_dump_json().encode()
    assert MARK not in plain
    assert len(split(encode(FACT, ENVELOPE) + plain)) == 2
