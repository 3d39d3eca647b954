"""The master key wraps people's keys, and tells its own from others'."""

import pytest

from shared.eventing.master_key import (
    MasterKeys,
    MasterKeyUnfit,
    MasterKeyUnknown,
    draw_master_key,
)

KEY, LI, WANG = b"k" * 32, b"l" * 16, b"w" * 16


def test_what_is_wrapped_is_unwrapped() -> None:
    master = MasterKeys(draw_master_key())
    assert master.unwrap(master.current, LI, master.wrap(LI, KEY)) == KEY


def test_the_wrapped_key_does_not_show_the_key() -> None:
    assert KEY not in MasterKeys(draw_master_key()).wrap(LI, KEY)


def test_a_former_master_key_still_unwraps_and_no_longer_wraps() -> None:
    old, new = draw_master_key(), draw_master_key()
    before, after = MasterKeys(old), MasterKeys(new, [old])
    assert after.unwrap(before.current, LI, before.wrap(LI, KEY)) == KEY
    assert after.current not in (before.current,)
    with pytest.raises(MasterKeyUnknown):
        before.unwrap(after.current, LI, after.wrap(LI, KEY))


def test_a_key_wrapped_for_one_person_is_no_other_persons() -> None:
    master = MasterKeys(draw_master_key())
    with pytest.raises(MasterKeyUnknown):
        master.unwrap(master.current, WANG, master.wrap(LI, KEY))


@pytest.mark.parametrize("text", ["", "short", "not base64 !", "a" * 43])
def test_anything_else_than_32_bytes_is_refused(text: str) -> None:
    with pytest.raises(MasterKeyUnfit, match="32 random bytes"):
        MasterKeys(text)
