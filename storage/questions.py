"""Open questions, and the cards that ask them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crm.changes import OpenQuestion
from storage.engine import Store
from storage.post_tables import buttons, outbox, questions
from storage.posts import StoredButton

_OPEN_QUESTION = (
    select(OpenQuestion)
    .where(
        questions.c.chat_id == bindparam("chat_id"),
        questions.c.asked_id == bindparam("user_id"),
        questions.c.state == "open",
        questions.c.expires_at > bindparam("now"),
    )
    .order_by(questions.c.id.desc())
    .limit(1)
)


async def question_to_answer(session: AsyncSession, key: int) -> OpenQuestion | None:
    """A question, locked where the engine can: two taps at once are answered one after the other."""
    found: OpenQuestion | None = await session.scalar(
        select(OpenQuestion).where(questions.c.id == key).with_for_update().execution_options(populate_existing=True)
    )
    return found


async def open_question(session: AsyncSession, chat_id: int, user_id: int, now: datetime) -> OpenQuestion | None:
    """The newest question that a person has yet to answer in a chat."""
    who = {"chat_id": chat_id, "user_id": user_id, "now": now}
    found: OpenQuestion | None = await session.scalar(_OPEN_QUESTION, who)
    return found


async def card_of(session: AsyncSession, inbox_id: int) -> str:
    """The channel's id of the card that answered a message, "" where it has not been sent."""
    where = (outbox.c.inbox_id == inbox_id, outbox.c.kind == "reply", outbox.c.message != "")
    return await session.scalar(select(outbox.c.message).where(*where).order_by(outbox.c.id.desc()).limit(1)) or ""


async def button_of(session: AsyncSession, token: str) -> StoredButton | None:
    """What a button means."""
    found: StoredButton | None = await session.scalar(select(StoredButton).where(buttons.c.token == token))
    return found


async def keep_buttons(session: AsyncSession, new: Sequence[StoredButton]) -> None:
    """Keep what buttons mean, in one statement."""
    rows = [
        {"token": b.token, "user_id": b.user_id, "action": b.action, "facts": b.facts, "created_at": b.created_at}
        for b in new
    ]
    await session.execute(insert(buttons), rows)


async def cancel_questions(session: AsyncSession, inbox_id: int, now: datetime) -> None:
    """Ask no more what a message left open."""
    still = (questions.c.inbox_id == inbox_id, questions.c.state == "open")
    await session.execute(update(questions).where(*still).values(state="cancelled", answered_at=now))


async def expire_questions(store: Store, now: datetime) -> int:
    """Close every open question whose time is over; how many there were."""
    late = (questions.c.state == "open", questions.c.expires_at <= now)
    async with store.read.connect() as connection:
        if await connection.scalar(select(questions.c.id).where(*late).limit(1)) is None:
            return 0
    async with store.write.begin() as connection:
        closed = await connection.execute(update(questions).where(*late).values(state="expired", answered_at=now))
    return int(closed.rowcount)
