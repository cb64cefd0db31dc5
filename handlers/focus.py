"""What a chat is about: the customer last spoken of, which serves messages that name none, and fades with time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from handlers.turn import Turn
from nlu.known import Focus

LASTS = timedelta(hours=2)


def focus_of(turn: Turn) -> Focus | None:
    """The chat's focus, None where it has faded."""
    chat = turn.chat
    if chat.focus_customer_id is None or chat.focus_at is None or turn.ledger.now - chat.focus_at > LASTS:
        return None
    return Focus(chat.focus_customer_id, chat.focus_deal_id)


def keep_focus(turn: Turn, customers: Iterable[int | None]) -> None:
    """Remember the last of the customers that a message or an answer was about."""
    about = [key for key in customers if key is not None]
    if about:
        turn.chat.focus_customer_id, turn.chat.focus_deal_id = about[-1], None
        turn.chat.focus_at = turn.ledger.now
