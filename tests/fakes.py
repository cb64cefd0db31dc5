"""Fakes for the edges: a moment that stands still, and a person who writes, taps and reads what the outbox holds."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event, select, update

from bot.members import Members
from bot.opener import Opener
from handlers.desk import Desk
from jobs.fetch_files import FetchFiles
from jobs.import_sheets import ImportSheets
from storage import inbox
from storage.engine import Store
from storage.files import Files
from storage.people_tables import identities, users
from storage.post_tables import inbox as inbox_table
from storage.post_tables import outbox as outbox_table
from storage.posts import InboxRow
from talk.incoming import Incoming, IncomingFile
from talk.message import Block, Button, FileTooBig, Items, Line, Outgoing, Quote, Title
from talk.picture import Picture
from talk.start_code import StartCode
from tests.file_samples import HARMFUL, SAMPLES


@dataclass
class Clock:
    """A moment that moves only when told to."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        """Move on, by what timedelta takes."""
        self.now += timedelta(**by)


def plain_text(block: Block) -> str:
    """What a person reads in a block."""
    match block:
        case Title(text) | Quote(text):
            return text
        case Line(text, label, mark):
            return " ".join(part for part in (f"{label}:" if label else "", text, f"[{mark}]" if mark else "") if part)
        case Items(entries, head):
            return "\n".join([head, *entries] if head else entries)
        case StartCode(at=at) if at:
            return block.link
        case StartCode(code=code):
            return f"/start {code}"
        case Picture(name, alt):
            return f"[{name}]\n{alt}"


class Messenger:
    """Hands out the files that it holds; an exception in a content's place is raised. It knows of a group what it was
    told: `members` and `administered`, nothing of any other.
    """

    name = "telegram"

    def __init__(self, **held: bytes | Exception) -> None:
        self.held = held
        self.asked: list[str] = []
        self.members: dict[str, set[str]] = {}
        self.administered: dict[str, bool] = {}

    async def is_member(self, chat: str, person: str) -> bool | None:
        """Whether a person is among those who are said to be in a group."""
        return person in self.members[chat] if chat in self.members else None

    async def administers(self, chat: str) -> bool | None:
        """Whether the bot is said to administer a group."""
        return self.administered.get(chat)

    async def fetch(self, file: str, most: int) -> bytes:
        """The content, up to `most` bytes."""
        self.asked.append(file)
        found = self.held[file]
        if isinstance(found, Exception):
            raise found
        if len(found) > most:
            raise FileTooBig
        return found


@dataclass(frozen=True)
class Seen:
    """Something that left for a chat: what was done, the text with the name of a file that was sent, the buttons."""

    do: str
    chat: str
    text: str
    buttons: tuple[Button, ...]
    message: str


@contextmanager
def statements_of(store: Store) -> Iterator[list[str]]:
    """The statements that run meanwhile."""
    ran: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        ran.append(statement)

    engines = {store.write.sync_engine, store.read.sync_engine}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield ran
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)


@dataclass
class Office:
    """People and the real desk, with nothing between them but the door."""

    store: Store
    clock: Clock
    seen: list[Seen] = field(default_factory=list)
    _update: int = 0
    _last_row: int = 0
    said: dict[str, str] = field(default_factory=dict)
    folder: Path | None = None
    messenger: Messenger = field(default_factory=Messenger)

    def __post_init__(self) -> None:
        asked: dict[str, Any] = {"telegram": self.messenger}
        self.desk = Desk(self.store, self.clock, Members(asked), Opener(asked))

    async def address_of(self, name: str) -> str:
        """A colleague's id on the channel; a name that nobody has is an id itself."""
        async with self.store.reading()() as session:
            found = select(identities.c.address).join(users, users.c.id == identities.c.user_id)
            return str(await session.scalar(found.where(users.c.name == name)) or name)

    async def say(self, name: str, text: str, **more: Any) -> list[Seen]:
        """A person writes; returns what left in answer."""
        address = await self.address_of(name)
        more = {"chat": address, "speaker": address, "speaker_name": name, **more}
        if more.get("kind", "text") == "text":
            self.said[more["chat"]] = str(self._update + 1)
        return await self._handle(text=text, **more)

    async def edit(self, name: str, text: str, **more: Any) -> list[Seen]:
        """A person edits the last message that they wrote."""
        address = await self.address_of(name)
        message = more.pop("message", self.said[more.get("chat", address)])
        return await self.say(name, text, kind="edit", message=message, **more)

    async def reply(self, name: str, text: str, to: str = "", **more: Any) -> list[Seen]:
        """A person replies to the newest message of ours that holds the words `to`."""
        chat = more.get("chat", await self.address_of(name))
        card = [seen.message for seen in self.seen if seen.chat == chat and seen.message and to in seen.text][-1]
        return await self.say(name, text, reply_to=card, **more)

    def files(self, told: Sequence[Mapping[str, Any] | str]) -> tuple[IncomingFile, ...]:
        """The files as they come in, held by the messenger to be fetched."""
        return tuple(self._file({"name": file} if isinstance(file, str) else file) for file in told)

    def _file(self, told: Mapping[str, Any]) -> IncomingFile:
        name = told.get("name", "")
        if "rows" in told:
            return self._holding(told, name, "\n".join(",".join(map(str, row)) for row in told["rows"]).encode())
        alike = (mime for mime, (called, _) in SAMPLES.items() if called.endswith(name[-4:]))
        sample = told.get("content") or next(alike, "image/jpeg")
        content = HARMFUL[sample][1] if sample in HARMFUL else SAMPLES[sample][1]
        content = told["text"].encode() if "text" in told else content
        return self._holding(told, name, content)

    def _holding(self, told: Mapping[str, Any], name: str, content: bytes) -> IncomingFile:
        key = f"file{len(self.messenger.held)}"
        self.messenger.held[key] = content
        sent_as = told.get("sent_as", "document" if name else "photo")
        return IncomingFile(told.get("id", key), sent_as, name, size=told.get("size", len(content)))

    async def fetch(self) -> list[Seen]:
        """The files that were sent become our own copies, in the folder; returns what left because of it."""
        assert self.folder is not None
        channels: dict[str, Any] = {"telegram": self.messenger}
        fetching = FetchFiles(self.store, channels, Files(self.folder), self.clock, asyncio.Event())
        while await fetching.turn():
            pass
        return await self.imported()

    async def imported(self) -> list[Seen]:
        """The sheets that wait take their next steps; returns what left because of it."""
        assert self.folder is not None
        seen = await self.posted()
        importing = ImportSheets(self.store, Files(self.folder), self.clock, asyncio.Event())
        while await importing.turn():
            seen += await self.posted()
        return seen + await self.posted()

    async def tap(self, name: str, label: str, **more: Any) -> list[Seen]:
        """A person taps the newest button whose label holds the words, in their own chat unless told otherwise."""
        address = await self.address_of(name)
        shown = [(seen, button) for seen in self.seen for button in seen.buttons if label in button.label]
        mine = [(seen, button) for seen, button in shown if seen.chat == more.get("shown_in", address)]
        if not mine:
            raise AssertionError(f"{name} has no button {label!r} among {[b.label for _, b in shown]}")
        exact = [pair for pair in mine if pair[1].label == label]
        seen, button = (exact or mine)[-1]
        token = more.pop("token", button.token)
        more.pop("shown_in", None)
        return await self._handle(
            kind="tap", button=token, tap="tap", chat=seen.chat, speaker=address, message=seen.message or "1", **more
        )

    def code(self, place: int = -1) -> str:
        """A code that was shown to let somebody in: the newest, or at a place among them."""
        shown = re.findall(r"^/start (\w+)$", "\n".join(seen.text for seen in self.seen), re.MULTILINE)
        return str(shown[place])

    async def _handle(self, **fields: Any) -> list[Seen]:
        self._update += 1
        update_id = fields.pop("update_id", self._update)
        await inbox.put(self.store, [InboxRow("telegram", update_id, fields["chat"], {}, self.clock())])
        async with self.store.reading()() as session:
            where = (inbox_table.c.channel == "telegram", inbox_table.c.update_id == update_id)
            row = await session.scalar(select(inbox_table.c.id).where(*where))
        fields = {"message": str(self._update), **fields}
        await self.desk.handle(Incoming(id=int(row or 0), channel="telegram", at=self.clock(), **fields))
        return await self.posted()

    async def posted(self) -> list[Seen]:
        """What has been put into the outbox since one last looked; it is sent, and what is sent has a number."""
        async with self.store.write.begin() as connection:
            found = select(outbox_table.c.id, outbox_table.c.body).where(outbox_table.c.id > self._last_row)
            rows = (await connection.execute(found.order_by(outbox_table.c.id))).all()
            outgoing = [(key, Outgoing.from_json(body)) for key, body in rows]
            for key, one in outgoing:
                sent = {"state": "sent", "message": f"b{key}" if one.do == "send" else one.message}
                await connection.execute(update(outbox_table).where(outbox_table.c.id == key).values(**sent))
        new = [_seen(one, f"b{key}") for key, one in outgoing]
        self._last_row = rows[-1][0] if rows else self._last_row
        self.seen += new
        return new


def _seen(outgoing: Outgoing, sent: str) -> Seen:
    lines = [plain_text(block) for block in outgoing.reply.blocks]
    text = "\n".join([*lines, f"[{outgoing.file.name}]"] if outgoing.file else lines)
    buttons = tuple(button for row in outgoing.reply.choices for button in row)
    return Seen(outgoing.do, outgoing.chat, text, buttons, sent if outgoing.do == "send" else outgoing.message)
