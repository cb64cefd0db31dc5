"""What becomes of a message that did not simply arrive: one policy a class, as pure functions."""

from __future__ import annotations

from datetime import datetime, timedelta

from storage.outbox import Settled
from storage.posts import Claimed
from talk.message import ChannelError

REPEAT_REPLY_WITHIN = timedelta(minutes=10)
GIVE_UP_AFTER = timedelta(hours=24)
LONGEST_PAUSE = 300.0
FREE = ("edit", "answer")
ANSWERS = ("reply", "file")
NAGGING = ("reminder", "webhook")


def pause(attempts: int) -> timedelta:
    """How long to wait after so many tries: 1, 2, 4 … seconds, five minutes at most."""
    return timedelta(seconds=min(2.0 ** max(attempts - 1, 0), LONGEST_PAUSE))


def when_unknown(row: Claimed, now: datetime, wait: float | None = None, *, crashed: bool = False) -> Settled:
    """It may have arrived, or not: the class decides whether that is worse than arriving twice.

    A reply, or a file that was asked for, is repeated once; where a process crashed it may never have left, so there
    it is repeated each time.
    """
    at = now + (pause(row.attempts) if wait is None else timedelta(seconds=wait))
    if row.kind in FREE:
        return _again(row, now, at, "not known to have arrived")
    if row.kind in NAGGING:
        return Settled(row.id, "retry", at, error="may have arrived", is_repeat=True)
    if row.kind in ANSWERS:
        may_repeat = crashed or not row.body.get("is_repeat")
        if may_repeat and now - row.created_at < REPEAT_REPLY_WITHIN:
            return Settled(row.id, "retry", at, error="may have arrived", is_repeat=True)
        return Settled(row.id, "dropped", error="may have arrived; repeated once, or too old to repeat")
    if row.kind == "customer":
        return Settled(row.id, "dropped", error="may have arrived; nothing is sent to a customer twice")
    return Settled(row.id, "dropped", error="may have arrived; the next one comes anyway")


def when_failed(row: Claimed, error: ChannelError, now: datetime) -> Settled:
    """The channel refused or failed. What is known not to have been sent is tried again, for a day."""
    if error.moved_to:
        return Settled(row.id, "retry", now, error=f"moved to {error.moved_to}")
    if error.permanent or error.is_gone:
        return Settled(row.id, "dead", error=str(error))
    if error.is_unknown:
        return when_unknown(row, now, error.retry_after)
    wait = pause(row.attempts) if error.retry_after is None else timedelta(seconds=error.retry_after)
    return _again(row, now, now + wait, str(error))


def _again(row: Claimed, now: datetime, at: datetime, error: str) -> Settled:
    if now - row.created_at > GIVE_UP_AFTER:
        return Settled(row.id, "dead", error=f"given up after a day: {error}")
    return Settled(row.id, "retry", at, error=error)
