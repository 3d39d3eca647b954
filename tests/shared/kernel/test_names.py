"""Names are compared without the difference of capitals and of composed letters."""

from shared.kernel.names import folded


def test_capitals_and_composed_letters_make_no_difference():
    assert folded("MÜLLER") == folded("Mu\u0308ller") == "müller"
    assert folded("STRASSE") == folded("straße")


def test_other_letters_do():
    assert folded("muller") != folded("müller")
