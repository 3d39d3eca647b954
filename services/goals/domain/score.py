"""What was reached in the end: a score from 0 to 1, shown to one decimal, and its band."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from shared.kernel.decimals import clamp, half_up

Kind = Literal["committed", "aspirational"]
Colour = Literal["green", "amber", "neutral"]
Zone = Literal["fail", "commit", "target", "stretch"]

ZERO, ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True)
class Proposal:
    """A proposed score 0..1; ``measured`` is false where nothing was ever said (then it is 0)."""

    score: Decimal
    measured: bool


@dataclass(frozen=True)
class Band:
    """A named stretch of scores, from ``from_score`` up to the next band."""

    name: str
    from_score: Decimal
    colour: Colour


ASPIRATIONAL = (
    Band("learn", ZERO, "neutral"),
    Band("amber", Decimal("0.4"), "amber"),
    Band("excellent", Decimal("0.6"), "green"),
    Band("beyond_excellent", Decimal("0.8"), "green"),
    Band("could_have_aimed_higher", ONE, "green"),
)
COMMITTED = (Band("post_mortem", ZERO, "amber"), Band("kept", ONE, "green"))


def proposed(progress: Decimal | None) -> Proposal:
    """The score that progress proposes: clamped to 0..1; 0, flagged, when never measured."""
    if progress is None:
        return Proposal(ZERO, measured=False)
    return Proposal(clamp(progress, ZERO, ONE), measured=True)


def shown(score: Decimal) -> Decimal:
    """The score to one decimal, half up."""
    return half_up(score, 1)


def band(score: Decimal, kind: Kind, bands: Sequence[Band] = ()) -> Band:
    """The highest band that the score reaches, never below the first.

    A committed objective is judged on the unrounded score: only 1 is kept, less asks for a
    post-mortem. An aspirational one is judged as shown and is never red.
    Source: docs/arithmetic.md, "Scores and bands".
    """
    ladder = bands or (COMMITTED if kind == "committed" else ASPIRATIONAL)
    judged = score if kind == "committed" else shown(score)
    reached = [rung for rung in ladder if rung.from_score <= judged]
    return reached[-1] if reached else ladder[0]


def zone(score: Decimal) -> Zone:
    """The four-zone set on a baseline-to-stretch scale: fail < 0.3 ≤ commit < 0.7 ≤ target < 1."""
    if score < Decimal("0.3"):
        return "fail"
    if score < Decimal("0.7"):
        return "commit"
    return "target" if score < ONE else "stretch"
