"""How much each of several things counts: weights in basis points, 10,000 together."""

from collections.abc import Sequence

WHOLE = 10_000


def leave_nothing_to_share(weights: Sequence[int | None]) -> bool:
    """Whether the given weights use up the whole while one is still unset (refused at writing)."""
    given = sum(w for w in weights if w is not None)
    return given >= WHOLE and any(w is None for w in weights)


def resolved(weights: Sequence[int | None]) -> tuple[int, ...]:
    """The weights in basis points, in the order of key result numbers.

    Unset ones share equally what the given ones leave; what cannot be shared goes to the unset one
    with the highest number. Given weights stay as they are, also when they do not add up to 10,000.
    Source: docs/arithmetic.md, "Weights".
    """
    unset = [n for n, weight in enumerate(weights) if weight is None]
    if not unset:
        return tuple(w for w in weights if w is not None)
    left = max(0, WHOLE - sum(w for w in weights if w is not None))
    share, remainder = divmod(left, len(unset))
    last = unset[-1]
    return tuple(
        weight if weight is not None else share + (remainder if n == last else 0)
        for n, weight in enumerate(weights)
    )
