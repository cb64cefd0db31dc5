"""Cards whose time is over: found, closed once, and where their buttons stand."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crm.changes import Card
from storage.engine import Store
from storage.post_tables import buttons, card_posts, cards, outbox
from storage.posts import OutboxRow, StoredButton

ANSWERING = ("answer", "approve")  # what buttons do that answer what a card asks


async def keep_card_post(session: AsyncSession, card_id: int, dedupe_key: str) -> None:
    """Remember that a post shows a card that waits, or asks for it."""
    await session.execute(insert(card_posts).values(card_id=card_id, dedupe_key=dedupe_key))


async def late_cards(store: Store, now: datetime) -> list[int]:
    """The ids of cards that have waited beyond their time."""
    async with store.read.connect() as connection:
        late = select(cards.c.id).where(cards.c.state == "open", cards.c.expires_at <= now).order_by(cards.c.id)
        return list(await connection.scalars(late))


async def expire_card(session: AsyncSession, key: int, now: datetime) -> Card | None:
    """Close a card that is still open and late; None where somebody was quicker."""
    late = (cards.c.id == key, cards.c.state == "open", cards.c.expires_at <= now)
    closed = await session.execute(update(cards).where(*late).values(state="expired").returning(cards.c.id))
    return await session.get(Card, key, populate_existing=True) if closed.first() else None


async def posts_of(session: AsyncSession, card: Card) -> list[OutboxRow]:
    """What the messages that show a card, or ask for it, show now: the rows that they were sent or edited with last."""
    sent = select(outbox.c.channel, outbox.c.chat, outbox.c.message).distinct()
    shown = sent.join(card_posts, card_posts.c.dedupe_key == outbox.c.dedupe_key)
    where = (card_posts.c.card_id == card.id, outbox.c.message != "")
    found = []
    for channel, chat, message in (await session.execute(shown.where(*where))).all():
        same = (outbox.c.channel == channel, outbox.c.chat == chat, outbox.c.message == message)
        newest = select(OutboxRow).where(*same).order_by(outbox.c.id.desc()).limit(1)
        found.append((await session.scalars(newest)).one())
    return sorted(found, key=lambda row: row.id)


async def buttons_named(session: AsyncSession, tokens: Collection[str]) -> list[StoredButton]:
    """What buttons mean, those of them that are known."""
    return list(await session.scalars(select(StoredButton).where(buttons.c.token.in_(tokens))))
