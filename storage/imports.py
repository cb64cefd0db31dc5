"""Sheets on their way into the records: which wait, which customers they may mean, and the lock of the last step."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from crm.attachments import Attachment
from crm.import_plan import Standing
from crm.imports import Import
from crm.policy import Actor
from storage.bulk import in_batches
from storage.file_tables import attachments
from storage.import_tables import imports
from storage.people_tables import users
from storage.post_tables import outbox
from storage.tables import changes, customers
from storage.visibility import sees_customer

WAITS = timedelta(days=1)  # for its sender's word
_OPEN = ("offered", "asked")


async def import_of_attachment(session: AsyncSession, attachment_id: int) -> Import | None:
    """The import of a file, None where nobody thought of one."""
    found: Import | None = await session.scalar(
        select(Import).where(imports.c.attachment_id == attachment_id).order_by(imports.c.id.desc()).limit(1)
    )
    return found


async def open_import(session: AsyncSession, user_id: int, chat_id: int, now: datetime) -> Import | None:
    """The newest sheet that waits for its sender's word in a chat."""
    where = (imports.c.user_id == user_id, imports.c.chat_id == chat_id, imports.c.at > now - WAITS)
    found: Import | None = await session.scalar(
        select(Import).where(*where, imports.c.state.in_(_OPEN)).order_by(imports.c.id.desc()).limit(1)
    )
    return found


async def locked_import(session: AsyncSession, key: int) -> Import | None:
    """The import, held until the transaction is over."""
    return await session.get(Import, key, with_for_update=True, populate_existing=True)


async def due_imports(session: AsyncSession, most: int) -> list[tuple[Import, Attachment]]:
    """Those at which there is something to do by now: their file has come, or is not to come."""
    due = (imports.c.state == "writing") | imports.c.wants_rows
    fresh = (imports.c.state == "wanted") & (
        (attachments.c.state != "wanted") | attachments.c.withdrawn_at.is_not(None)
    )
    found = select(Import, Attachment).join(attachments, attachments.c.id == imports.c.attachment_id)
    rows = await session.execute(found.where(due | fresh).order_by(imports.c.id).limit(most))
    return [(one, attachment) for one, attachment in rows]


async def settle_import(session: AsyncSession, key: int, was: Collection[str], **fields: Any) -> bool:
    """Write fields of an import as long as its state is one of those; whether it was."""
    where = (imports.c.id == key, imports.c.state.in_(was))
    done = await session.execute(update(imports).where(*where).values(**fields).returning(imports.c.id))
    return done.first() is not None


async def drop_imports(session: AsyncSession, user_id: int) -> None:
    """Let nothing come any more of the sheets that somebody sent and that are not written."""
    where = (imports.c.user_id == user_id, imports.c.state.in_(("wanted", "writing", *_OPEN)))
    await session.execute(update(imports).where(*where).values(state="dropped", wants_rows=False))


async def stop_writing(session: AsyncSession, inbox_id: int) -> None:
    """Let nothing more be written of an import that is being put back."""
    where = (imports.c.written_by_id == inbox_id, imports.c.state == "writing")
    await session.execute(update(imports).where(*where).values(state="dropped"))


async def message_of(session: AsyncSession, told: Import) -> str:
    """The channel's id of the message that shows how far an import is, "" where none has been sent."""
    answers = [told.written_by_id, told.inbox_id if told.told.get("receipt") else None]
    of_desk = (outbox.c.kind == "reply") & outbox.c.inbox_id.in_([key for key in answers if key is not None])
    shows = (outbox.c.dedupe_key == told.told.get("post", "")) | of_desk
    newest = select(outbox.c.message).where(shows, outbox.c.message != "").order_by(outbox.c.id.desc()).limit(1)
    return await session.scalar(newest) or ""


async def standing_of(session: AsyncSession, actor: Actor, keys: Collection[int]) -> dict[int, Standing]:
    """The customers of those ids as whoever imports may know them."""
    found: dict[int, Standing] = {}
    for some in in_batches(sorted(keys)):
        told = select(customers.c.id, customers.c.name, users.c.name, sees_customer(actor).label("seen"))
        told = told.join(users, users.c.id == customers.c.owner_id).where(customers.c.id.in_(some))
        found |= {key: Standing(key, name, owner, bool(seen)) for key, name, owner, seen in await session.execute(told)}
    return found


async def made_by(session: AsyncSession, inbox_id: int) -> set[int]:
    """The customers that a message has made so far."""
    made = (changes.c.inbox_id == inbox_id, changes.c.thing == "customer", changes.c.field == "")
    return set(await session.scalars(select(changes.c.thing_id).where(*made, changes.c.undoes_id.is_(None))))


async def newest_of_customers(
    session: AsyncSession, since: int = 0, things: Collection[str] = ("customer", "contact")
) -> int:
    """The id of the newest change of a customer or of somebody there, after one that is known; 0 for none."""
    about = changes.c.thing.in_(things)
    return int(await session.scalar(select(func.max(changes.c.id)).where(changes.c.id > since, about)) or 0)


async def hold_customers(session: AsyncSession) -> None:
    """Let nobody else write about customers until this transaction is over; on SQLite one writes at a time."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text("LOCK TABLE customers IN SHARE ROW EXCLUSIVE MODE"))
