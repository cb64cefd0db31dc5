"""The cards that answer messages: found by message, by person, by what waits; and what their buttons mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crm.changes import Card
from storage.post_tables import buttons, cards, outbox
from storage.posts import StoredButton

_OPEN_CARD = (
    select(Card)
    .where(
        cards.c.chat_id == bindparam("chat_id"),
        cards.c.user_id == bindparam("user_id"),
        cards.c.state == "open",
        cards.c.expires_at > bindparam("now"),
    )
    .order_by(cards.c.id.desc())
    .limit(1)
)
_OF_MESSAGE = (
    select(Card)
    .where(cards.c.chat_id == bindparam("chat_id"), cards.c.message == bindparam("message"))
    .order_by(cards.c.id.desc())
    .limit(1)
)


async def locked_card(session: AsyncSession, key: int) -> Card | None:
    """A card, locked where the engine can: two taps or corrections at once come one after the other."""
    found: Card | None = await session.scalar(
        select(Card).where(cards.c.id == key).with_for_update().execution_options(populate_existing=True)
    )
    return found


async def open_card(session: AsyncSession, chat_id: int, user_id: int, now: datetime) -> Card | None:
    """The newest card that waits for a person's answer in a chat."""
    who = {"chat_id": chat_id, "user_id": user_id, "now": now}
    found: Card | None = await session.scalar(_OPEN_CARD, who)
    return found


async def last_cards(session: AsyncSession, chat_id: int, user_id: int, since: datetime, limit: int) -> list[Card]:
    """The newest cards of a person in a chat, of messages sent since a moment, the newest first."""
    mine = (cards.c.user_id == user_id, cards.c.chat_id == chat_id, cards.c.at >= since)
    found = select(Card).where(*mine).order_by(cards.c.at.desc(), cards.c.id.desc()).limit(limit)
    return list(await session.scalars(found))


async def cards_between(session: AsyncSession, user_id: int, since: datetime, until: datetime) -> list[Card]:
    """The cards of a person's messages of a time, the newest first."""
    mine = (cards.c.user_id == user_id, cards.c.at >= since, cards.c.at < until)
    return list(await session.scalars(select(Card).where(*mine).order_by(cards.c.at.desc(), cards.c.id.desc())))


async def card_of_message(session: AsyncSession, chat_id: int, message: str) -> Card | None:
    """The card that answered a message, told by the channel's id of that message."""
    found: Card | None = await session.scalar(_OF_MESSAGE, {"chat_id": chat_id, "message": message})
    return found


async def card_shown_as(session: AsyncSession, channel: str, chat: str, message: str) -> Card | None:
    """The card that was shown as that message of ours in a chat."""
    shown = (outbox.c.channel == channel, outbox.c.chat == chat, outbox.c.message == message)
    found: Card | None = await session.scalar(
        select(Card).join(outbox, outbox.c.inbox_id == cards.c.inbox_id).where(*shown).limit(1)
    )
    return found


async def card_of_inbox(session: AsyncSession, inbox_id: int) -> Card | None:
    """The card that answered the message of an inbox row."""
    found: Card | None = await session.scalar(select(Card).where(cards.c.inbox_id == inbox_id))
    return found


async def all_open_cards(session: AsyncSession, now: datetime) -> list[Card]:
    """Every card that waits for somebody's answer, locked where the engine can."""
    still = (cards.c.state == "open", cards.c.expires_at > now)
    found = select(Card).where(*still).order_by(cards.c.id).with_for_update()
    return list(await session.scalars(found.execution_options(populate_existing=True)))


async def mark_undone(session: AsyncSession, inbox_id: int) -> None:
    """A message was taken back: its card asks nothing any more."""
    await session.execute(update(cards).where(cards.c.inbox_id == inbox_id).values(state="undone"))


async def close_cards(session: AsyncSession, user_id: int) -> None:
    """Ask a person nothing more, and nobody else on their behalf."""
    still = (cards.c.user_id == user_id, cards.c.state == "open")
    await session.execute(update(cards).where(*still).values(state="expired"))


async def button_of(session: AsyncSession, token: str) -> StoredButton | None:
    """What a button means."""
    found: StoredButton | None = await session.scalar(select(StoredButton).where(buttons.c.token == token))
    return found


async def keep_buttons(session: AsyncSession, new: Sequence[StoredButton]) -> None:
    """Keep what buttons mean, in one statement."""
    if not new:
        return
    rows = [
        {"token": b.token, "user_id": b.user_id, "action": b.action, "facts": b.facts, "created_at": b.created_at}
        for b in new
    ]
    await session.execute(insert(buttons), rows)
