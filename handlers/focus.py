"""What a chat is about: the customer last spoken of, which serves messages that name none, and fades with time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from crm.deals import Deal
from handlers.turn import Turn
from nlu.known import Focus
from storage.tables import THINGS

LASTS = timedelta(hours=2)


def focus_of(turn: Turn) -> Focus | None:
    """The chat's focus, None where it has faded; that of a bound group is what it is bound to."""
    if turn.bound is not None:
        return Focus(turn.bound.customer_id, turn.bound.deal_id)
    chat = turn.chat
    if chat.focus_customer_id is None or chat.focus_at is None or turn.ledger.now - chat.focus_at > LASTS:
        return None
    return Focus(chat.focus_customer_id, chat.focus_deal_id)


async def keep_focus(turn: Turn, customers: Iterable[int | None]) -> None:
    """Remember the last of the customers that a message or an answer was about, and the one deal written about."""
    about = [key for key in customers if key is not None]
    if not about:
        return
    chat, before = turn.chat, focus_of(turn)
    deals = await _deals_written(turn, about[-1])
    if len(deals) == 1:
        chat.focus_deal_id = deals.pop()
    elif deals or before is None or before.customer != about[-1]:
        chat.focus_deal_id = None
    chat.focus_customer_id, chat.focus_at = about[-1], turn.ledger.now


async def _deals_written(turn: Turn, customer_id: int) -> set[int]:
    """The customer's deals that this message wrote of: themselves, or a visit, task or fact of theirs."""
    found: set[int] = set()
    for thing, key in {(row["thing"], row["thing_id"]) for row in turn.ledger.written()}:
        record: Any = await turn.session.get(THINGS[thing], key)  # loaded by whoever wrote it
        deal_id = record.id if isinstance(record, Deal) else getattr(record, "deal_id", None)
        deal = await turn.ledger.get(Deal, deal_id)
        if deal is not None and deal.customer_id == customer_id and deal.withdrawn_at is None:
            found.add(deal.id)
    return found
