"""What was reached in the end."""

from decimal import Decimal

from services.goals.domain.score import Band, band, proposed, shown, zone


def test_progress_proposes_a_score_from_0_to_1() -> None:
    scores = [proposed(Decimal(p)).score for p in ("-0.4", "0.55", "1.3")]
    assert scores == [0, Decimal("0.55"), 1]


def test_never_measured_is_0_and_says_so() -> None:
    assert (proposed(None).score, proposed(None).measured) == (0, False)
    assert proposed(Decimal(0)).measured


def test_a_score_is_shown_to_one_decimal_half_up() -> None:
    assert [str(shown(Decimal(s))) for s in ("0.55", "0.549999", "0.95")] == ["0.6", "0.5", "1.0"]


def test_committed_is_kept_only_at_an_unrounded_1() -> None:
    assert band(Decimal(1), "committed").colour == "green"
    assert band(Decimal("0.999999"), "committed").name == "post_mortem"


def test_aspirational_is_never_red() -> None:
    names = [band(Decimal(s), "aspirational").name for s in ("0.2", "0.4", "0.5", "0.6", "0.7")]
    assert names == ["learn", "amber", "amber", "excellent", "excellent"]
    assert band(Decimal("0.8"), "aspirational").name == "beyond_excellent"
    assert band(Decimal(1), "aspirational").name == "could_have_aimed_higher"
    assert band(Decimal(0), "aspirational").colour == "neutral"


def test_bands_are_policy() -> None:
    ladder = (Band("half", Decimal("0.5"), "amber"), Band("most", Decimal("0.9"), "green"))
    assert [band(Decimal(s), "aspirational", ladder).name for s in ("0.1", "0.95")] == [
        "half",
        "most",
    ]


def test_four_zones_lie_between_baseline_and_stretch() -> None:
    zones = [zone(Decimal(s)) for s in ("0.29", "0.3", "0.69", "0.7", "0.99", "1")]
    assert zones == ["fail", "commit", "commit", "target", "target", "stretch"]
