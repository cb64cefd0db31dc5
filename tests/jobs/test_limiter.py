"""The three buckets, on a clock that the test moves."""

from __future__ import annotations

import math

from jobs.limiter import Limiter, Rates


class Hand:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def limiter(clock: Hand, rates: Rates | None = None) -> Limiter:
    """A limiter for which lanes that begin with g are groups."""
    return Limiter(rates or Rates(), lambda lane: lane.startswith("g"), clock)


def test_a_private_chat_gets_a_burst_and_then_one_a_second() -> None:
    clock = Hand()
    limits = limiter(clock)
    for _ in range(3):
        assert limits.full() == set()
        limits.spend("a")
    assert limits.full() == {"a"}
    clock.at += 1
    assert limits.full() == set()


def test_time_under_way_is_no_time_between_messages() -> None:
    clock = Hand()
    limits = limiter(clock)
    for _ in range(3):
        limits.spend("a")
        clock.at += 0.5
        limits.arrived("a")
    assert limits.full() == {"a"}
    clock.at += 0.9
    assert limits.full() == {"a"}
    clock.at += 0.1
    assert limits.full() == set()


def test_a_group_gets_twenty_a_minute() -> None:
    clock = Hand()
    limits = limiter(clock)
    for _ in range(20):
        assert limits.full() == set()
        limits.spend("g")
        clock.at += 1
    assert limits.full() == {"g"}
    clock.at += 40
    assert limits.full() == set()


def test_all_chats_together_get_twenty_five_a_second() -> None:
    clock = Hand()
    limits = limiter(clock)
    for number in range(25):
        limits.spend(f"chat {number}")
    assert limits.room() == 0
    clock.at += 0.2
    assert limits.room() == 5


def test_a_chat_that_was_told_to_wait_halts_alone() -> None:
    clock = Hand()
    limits = limiter(clock)
    limits.halt("a", 30)
    assert limits.full() == {"a"}
    assert limits.wait() == 30
    clock.at += 30
    assert limits.full() == set()


def test_the_wait_is_until_the_first_lane_has_room() -> None:
    clock = Hand()
    limits = limiter(clock)
    assert limits.wait() == math.inf
    for _ in range(3):
        limits.spend("a")
    assert limits.wait() == 1


def test_idle_chats_are_forgotten() -> None:
    clock = Hand()
    limits = limiter(clock)
    for number in range(1000):
        limits.spend(f"chat {number}")
        limits.spend(f"g {number}")
    clock.at += 61
    limits.full()
    assert not limits._chats


def test_without_rates_nothing_waits() -> None:
    limits = limiter(Hand(), Rates.none())
    for _ in range(10_000):
        limits.spend("a")
        limits.spend("g")
    assert limits.room() > 1000
    assert limits.full() == set()
