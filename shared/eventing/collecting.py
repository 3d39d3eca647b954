"""How often a process looks for reference cycles."""

import gc

YOUNG = 100_000  # new objects between two looks; Python's own 700 suit programs with little data


def collect_seldom() -> None:
    """Leave what a process starts with alone, and look at what is new less often.

    Facts, records and rows make no cycles, but a batch is tens of thousands of objects that all
    live: looking through them again and again took half the time of a replay. For a process's
    start, once its modules are loaded.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 50)
