"""What becomes of a message that did not simply arrive, class by class."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from jobs.policies import GIVE_UP_AFTER, REPEAT_REPLY_WITHIN, pause, when_failed, when_unknown
from storage.posts import Claimed
from talk.message import ChannelError


def row(kind: str, now: datetime, **facts: Any) -> Claimed:
    """A row that was taken to be sent."""
    return Claimed(7, "telegram", "1", "", kind, {}, now, 1)._replace(**facts)


@pytest.mark.parametrize("kind", ["reply", "file"])
def test_an_answer_that_may_have_arrived_is_repeated_once_and_marked(kind: str, now: datetime) -> None:
    first = when_unknown(row(kind, now), now)
    assert (first.state, first.is_repeat) == ("retry", True)
    assert when_unknown(row(kind, now, body={"is_repeat": True}), now).state == "dropped"


def test_a_repeat_that_a_crash_cut_off_is_repeated_again(now: datetime) -> None:
    settled = when_unknown(row("reply", now, body={"is_repeat": True}), now, 0.0, crashed=True)
    assert (settled.state, settled.is_repeat) == ("retry", True)


def test_a_reply_is_not_repeated_after_ten_minutes(now: datetime) -> None:
    late = now + REPEAT_REPLY_WITHIN
    assert when_unknown(row("reply", now), late).state == "dropped"


@pytest.mark.parametrize("kind", ["reminder", "webhook"])
def test_a_reminder_nags_until_it_is_known_to_have_come(kind: str, now: datetime) -> None:
    settled = when_unknown(row(kind, now, body={"is_repeat": True}), now + timedelta(days=3))
    assert (settled.state, settled.is_repeat) == ("retry", True)


@pytest.mark.parametrize("kind", ["digest", "customer"])
def test_a_digest_and_a_customers_message_are_never_repeated(kind: str, now: datetime) -> None:
    assert when_unknown(row(kind, now), now).state == "dropped"


@pytest.mark.parametrize("kind", ["edit", "answer"])
def test_an_edit_is_tried_again_without_a_mark(kind: str, now: datetime) -> None:
    settled = when_unknown(row(kind, now), now)
    assert (settled.state, settled.is_repeat) == ("retry", False)


def test_a_refusal_to_hurry_is_heeded(now: datetime) -> None:
    settled = when_failed(row("reply", now), ChannelError("429", retry_after=7), now)
    assert (settled.state, settled.at, settled.is_repeat) == ("retry", now + timedelta(seconds=7), False)


@pytest.mark.parametrize("kind", ["reply", "file", "reminder", "digest", "customer", "edit"])
def test_what_was_surely_not_sent_is_tried_again_whatever_it_is(kind: str, now: datetime) -> None:
    settled = when_failed(row(kind, now), ChannelError("502"), now)
    assert (settled.state, settled.is_repeat) == ("retry", False)


def test_what_cannot_be_sent_for_a_day_is_given_up(now: datetime) -> None:
    late = now + GIVE_UP_AFTER + timedelta(seconds=1)
    assert when_failed(row("reply", now), ChannelError("502"), late).state == "dead"


def test_a_permanent_refusal_is_final(now: datetime) -> None:
    assert when_failed(row("reply", now), ChannelError("403", permanent=True, is_gone=True), now).state == "dead"


def test_pauses_grow_up_to_five_minutes() -> None:
    assert [pause(attempts).total_seconds() for attempts in (0, 1, 2, 3, 20)] == [1, 1, 2, 4, 300]
