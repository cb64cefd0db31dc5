"""How often Python looks for garbage: that holds every chat up, and cost a third of a round of many reminders."""

import gc

YOUNG = 50_000  # objects made before the youngest are looked through; Python's 700 suit small programs
ROUNDS = 20


def look_seldom() -> None:
    """What stands now stands as long as the process and is never looked through; what comes, more seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, ROUNDS, ROUNDS)
