"""What nobody answered in time is closed: the buttons go, and both sides hear that nothing of it was written."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from crm.changes import Card
from crm.users import Chat, User
from storage import outbox
from storage.engine import Store
from storage.expiry import ANSWERING, buttons_named, expire_card, late_cards, posts_of
from storage.posts import OutboxRow, StoredButton
from talk.catalogue import say, words
from talk.forms import Reader, reader_of
from talk.message import Block, Items, Line, Outgoing, Reply

TOLD = 24  # characters of a message by which its writer knows it again


async def expire_questions(store: Store, now: datetime) -> int:
    """Close each card that waited beyond its time, with a note to whoever it waited for; how many posts that were."""
    posted = 0
    for key in await late_cards(store, now):
        async with store.writing()() as session:
            card = await expire_card(session, key, now)
            posted += await _tell(session, card, now) if card is not None else 0
            await session.commit()
    return posted


async def _tell(session: AsyncSession, card: Card, now: datetime) -> int:
    posts = [
        *[post for row in await posts_of(session, card) for post in await _closing(session, card, row, now)],
        *await _to_asker(session, card, now),
    ]
    for number, post in enumerate(posts):
        post.dedupe_key = f"expired:{card.id}:{card.asked_at}:{number}"
        await outbox.put(session, post)
    return len(posts)


async def _closing(session: AsyncSession, card: Card, row: OutboxRow, now: datetime) -> list[OutboxRow]:
    """The message with nothing left to answer; where a superior was asked by it, a note to them."""
    shown = Outgoing.from_json({**row.body, "chat": row.chat, "topic": row.topic})
    tokens = [button.token for line in shown.reply.choices for button in line]
    meant = [button for button in await buttons_named(session, tokens) if _answers(button, card)]
    is_asked = bool(meant) and meant[0].action == "approve"
    user = await session.get(User, meant[0].user_id if is_asked else card.user_id)
    if user is None or not (meant or any(_waits(block) for block in shown.reply.blocks)):
        return []
    reader = reader_of(user, now)
    closed = replace(shown, do="edit", message=row.message, reply=_closed(shown.reply, meant, reader))
    posts = [_post(row, "edit", closed, now)]
    if is_asked and card.waits_for:
        told = tuple(block.text for block in shown.reply.blocks if isinstance(block, Line) and not block.label)
        note = Reply(_note("approval_lapsed", {}, told, reader))
        posts.append(_post(row, "reminder", Outgoing("send", row.chat, note, row.topic, reply_to=row.message), now))
    return posts


def _answers(button: StoredButton, card: Card) -> bool:
    return button.action in ANSWERING and button.facts["card"] == card.id


def _waits(block: Block) -> bool:
    return isinstance(block, Line) and block.mark in words()["mark_waits"].values()


def _closed(reply: Reply, gone: Collection[StoredButton], reader: Reader) -> Reply:
    """A reply whose questions are asked no more."""
    tokens = {button.token for button in gone}
    rows = (tuple(button for button in row if button.token not in tokens) for row in reply.choices)
    until, expired = words()["label_waits_until"].values(), say("mark_expired", reader)
    blocks: Iterable[Block] = (
        replace(block, mark=expired) if isinstance(block, Line) and _waits(block) else block
        for block in reply.blocks
        if not (isinstance(block, Line) and block.label in until)
    )
    return Reply(tuple(blocks), tuple(row for row in rows if row))


async def _to_asker(session: AsyncSession, card: Card, now: datetime) -> list[OutboxRow]:
    user, chat = await session.get(User, card.user_id), await session.get(Chat, card.chat_id)
    if not card.waits_for or user is None or chat is None or not chat.is_active:
        return []
    told = " ".join(card.text.split())
    begun = told if len(told) <= TOLD else told[: TOLD - 1] + "…"
    place = OutboxRow("", chat.channel, chat.address, "", {}, now, now, chat.topic)
    note = Reply(_note("question_lapsed", {"words": begun}, card.waits_for, reader_of(user, now)))
    return [_post(place, "reminder", Outgoing("send", chat.address, note, chat.topic, reply_to=card.message), now)]


def _note(key: str, facts: dict[str, str], told: Iterable[str], reader: Reader) -> tuple[Block, ...]:
    """What has expired, and how to go on."""
    return Line(say(key, reader, facts)), Items(tuple(told)), Line(say(f"{key}_how", reader))


def _post(place: OutboxRow, kind: str, outgoing: Outgoing, now: datetime) -> OutboxRow:
    return OutboxRow("", place.channel, place.chat, kind, outgoing.to_json(), now, now, place.topic)
