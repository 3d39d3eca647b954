"""What stands where something personal was erased."""

from datetime import date

import pytest

from shared.kernel.erased import ERASED, erased_like, is_erased


@pytest.mark.parametrize(
    ("annotation", "mark"),
    [
        (str, ERASED),
        (str | None, ERASED),
        (date | None, None),
        (tuple[str, ...], []),
        (dict[str, str], {}),
        (tuple[str, ...] | None, None),
    ],
)
def test_every_kind_of_field_has_a_mark(annotation: object, mark: object) -> None:
    assert erased_like(annotation) == mark


def test_a_field_that_can_hold_no_mark_is_not_marked_as_personal() -> None:
    with pytest.raises(TypeError, match="let it be None"):
        erased_like(date)


def test_the_mark_is_known_again() -> None:
    assert is_erased(ERASED)
    assert not is_erased("Li Ming")
    assert not is_erased(None)
