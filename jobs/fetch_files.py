"""Files that people sent become our own copies: fetched, looked at, written, and only then marked as kept.

The row of an attachment is written with its message. Whatever ends a process in between, the next one begins again
with what is still wanted; a content that was written already is the same file.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from crm.attachments import LARGEST, Attachment, check_content, name_for
from crm.errors import CrmError, FileTooLarge, FileUnreachable
from crm.users import Chat, User
from jobs.policies import GIVE_UP_AFTER, pause
from jobs.work_off import work_off
from storage import outbox
from storage.attachments import Kept, due_to_fetch, mark_kept, mark_refused, put_off
from storage.engine import Store
from storage.files import Files
from storage.posts import OutboxRow
from talk.catalogue import say
from talk.forms import Reader
from talk.message import Channel, ChannelError, FileTooBig, Line, Outgoing, Reply

AT_ONCE = 4  # files held in memory at a time
TRIES = 3  # of what the channel says it does not have: it may only be away for the moment
_log = structlog.get_logger(__name__)


class FetchFiles:
    """Fetches what is wanted through the channels into `files`; rings `posted` when somebody is told of a refusal."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        files: Files,
        now: Callable[[], datetime],
        posted: asyncio.Event,
    ) -> None:
        self._store, self._channels, self._files = store, channels, files
        self._now, self._posted = now, posted
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Fetch until `stop`; a file whose bytes are under way then is begun anew by the next process."""
        await asyncio.to_thread(self._files.sweep)
        await work_off(self.turn, self._stopping, "files cannot be fetched")

    def stop(self) -> None:
        """Ask `run` to come to its end."""
        self._stopping.set()

    async def turn(self) -> int:
        """Fetch some of what is due; how many files were tried."""
        due = await due_to_fetch(self._store, self._channels, self._now(), AT_ONCE)
        await asyncio.gather(*(self._one(attachment) for attachment in due))
        return len(due)

    async def _one(self, attachment: Attachment) -> None:
        try:
            kept = await self._fetch(attachment)
        except CrmError as refusal:
            await self._refuse(attachment, refusal)
        except ChannelError as error:
            await self._failed(attachment, error)
        except OSError as error:
            _log.error("a file cannot be written", attachment=attachment.id, error=error.strerror)
            await self._wait(attachment)
        else:
            async with self._store.writing().begin() as session:
                await mark_kept(session, attachment, kept)

    async def _fetch(self, attachment: Attachment) -> Kept:
        try:
            data = await self._channels[attachment.channel].fetch(attachment.file_id, LARGEST)
        except FileTooBig as error:
            raise FileTooLarge(name=attachment.name, most=LARGEST // 2**20) from error
        return await asyncio.to_thread(self._keep, attachment.name, data)

    def _keep(self, name: str, data: bytes) -> Kept:
        kind = check_content(name, data)
        return Kept(self._files.put(data), len(data), kind.mime, name_for(name, kind))

    async def _failed(self, attachment: Attachment, error: ChannelError) -> None:
        is_late = self._now() - attachment.at > GIVE_UP_AFTER
        if is_late or (error.permanent and attachment.attempts + 1 >= TRIES):
            _log.warning("a file is given up", attachment=attachment.id, error=str(error))
            await self._refuse(attachment, FileUnreachable(name=attachment.name))
            return
        await self._wait(attachment, error.retry_after)

    async def _wait(self, attachment: Attachment, seconds: float | None = None) -> None:
        wait = pause(attachment.attempts + 1) if seconds is None else timedelta(seconds=seconds)
        async with self._store.writing().begin() as session:
            await put_off(session, attachment, self._now() + wait)

    async def _refuse(self, attachment: Attachment, refusal: CrmError) -> None:
        """Say why, to whoever sent it, under the message that brought it: in one transaction with the mark."""
        async with self._store.writing().begin() as session:
            if await mark_refused(session, attachment, refusal.key):
                await _tell(session, attachment, refusal, self._now())
        self._posted.set()


async def _tell(session: AsyncSession, attachment: Attachment, refusal: CrmError, now: datetime) -> None:
    chat, sender = await session.get(Chat, attachment.chat_id), await session.get(User, attachment.user_id)
    if chat is None or sender is None:
        return
    zone = ZoneInfo(sender.zone)
    text = say(refusal.key, Reader(sender.language, zone, now.astimezone(zone).date()), refusal.facts)
    body = Outgoing("send", chat.address, Reply((Line(text),)), chat.topic, reply_to=attachment.message).to_json()
    key = f"file:{attachment.id}:{refusal.key}"
    await outbox.put(session, OutboxRow(key, chat.channel, chat.address, "reminder", body, now, now, chat.topic))
