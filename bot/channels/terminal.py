"""A terminal as a channel: the proof that nobody inside knows a messenger, and a way to try things out."""

from __future__ import annotations

import asyncio
import itertools
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

from aiohttp import web

from bot.channels.clean import clean, clean_line
from bot.health import Health
from bot.intake import Intake
from bot.settings import Settings
from storage.files import Files
from storage.posts import InboxRow
from talk.incoming import Incoming
from talk.message import Block, Channel, ChannelError, Items, Line, Outgoing, OutgoingFile, Quote, Reply, Title
from talk.picture import Picture
from talk.start_code import StartCode

NAME = "terminal"
REPEAT_MARK = "(可能重复 / may be a repeat)"


class Terminal:
    """Writes replies as plain text; buttons are numbered, and saying the number presses one."""

    name = NAME

    def __init__(self, write: Callable[[str], None], now: Callable[[], Any], files: Files) -> None:
        self._write = write
        self._now = now
        self._files = files
        # Chats outlive a start: a number given twice would make a new message an edit of an old one.
        self._ids = itertools.count(time.time_ns())
        self._buttons: dict[str, tuple[str, str]] = {}

    def update(self, speaker: str, text: str) -> dict[str, Any]:
        """What a person typed as a raw update: the number of a button presses it."""
        message, button = self._buttons.get(text.strip(), ("", ""))
        said = {"tap": button, "card": message} if button else {"text": text}
        return {"speaker": speaker, "message": str(next(self._ids)), **said}

    def read(self, update: Mapping[str, Any], inbox_id: int) -> Incoming | None:
        """The message in a raw update; None where nothing was said."""
        text, button = clean(update.get("text", "")).strip(), update.get("tap", "")
        if not text and not button:
            return None
        speaker = clean_line(update["speaker"])
        return Incoming(
            id=inbox_id,
            channel=NAME,
            chat=speaker,
            speaker=speaker,
            speaker_name=speaker,
            at=self._now(),
            kind="tap" if button else "text",
            text=text,
            message=update["card"] if button else update["message"],
            button=button,
            tap=update["message"] if button else "",
        )

    async def deliver(self, outgoing: Outgoing) -> str:
        """Print it. An edited card is printed again; nothing is offered while one types."""
        if outgoing.do == "offer":
            return ""
        lines = [line for block in outgoing.reply.blocks for line in _lines(block)]
        message = outgoing.message or str(next(self._ids))
        if outgoing.do == "edit":
            lines.insert(0, "[→]")
        if outgoing.file is not None:
            lines.append(f"[{outgoing.file.name}] {self._where(outgoing.file)}")
        if outgoing.is_repeat:
            lines.append(REPEAT_MARK)
        if outgoing.do != "answer":
            lines.extend(self._numbered(outgoing.reply, message))
        if lines:
            self._write("\n".join(lines))
        return "" if outgoing.do == "answer" else message

    def _where(self, file: OutgoingFile) -> Path:
        """Where on this machine a file stands; one made to be sent is laid out there."""
        made = file.data()
        return self._files.path(file.content) if made is None else self._files.lay_out(file.name, made)

    async def fetch(self, file: str, most: int) -> bytes:
        """Nothing is sent from a terminal. ChannelError."""
        raise ChannelError("a terminal brings no files", permanent=True)

    async def is_member(self, chat: str, person: str) -> bool | None:
        """There are no groups here."""
        return None

    async def administers(self, chat: str) -> bool | None:
        """There are no groups here."""
        return None

    def _numbered(self, reply: Reply, message: str) -> Iterator[str]:
        buttons = [button for row in reply.choices for button in row]
        self._buttons = {str(at): (message, button.token) for at, button in enumerate(buttons, 1)}
        if buttons:
            yield "  ".join(f"[{at}] {button.label}" for at, button in enumerate(buttons, 1))


class TerminalDoor:
    """Reads lines and prints answers. `speaker` is the address that the user's identity on this channel has."""

    channel: Channel

    def __init__(
        self,
        settings: Settings,
        intake: Intake,
        health: Health,
        *,
        speaker: str = "me",
        write: Callable[[str], None] | None = None,
        lines: Callable[[], str] | None = None,
    ) -> None:
        self._intake = intake
        self._speaker = speaker
        self._lines = lines or sys.stdin.readline
        self.channel = self._terminal = Terminal(write or _print, intake.now, Files(settings.files_folder))

    def routes(self) -> Sequence[web.RouteDef]:
        """None: a terminal is no server."""
        return []

    async def open(self) -> None:
        """Nothing to do."""

    async def run(self) -> None:
        """Take lines in until there are no more."""
        typed: asyncio.Queue[str] = asyncio.Queue()
        # A thread of its own that may be left alone: a blocked read must not keep the process from ending.
        Thread(target=self._pump, args=(asyncio.get_running_loop(), typed), daemon=True).start()
        while line := await typed.get():
            update = self._terminal.update(self._speaker, line.rstrip("\n"))
            row = InboxRow(NAME, time.time_ns(), self._speaker, update, self._intake.now())
            await self._intake.take([row])

    async def close(self) -> None:
        """Nothing to do."""

    def way_in(self, code: str) -> str:
        """What is to be typed."""
        return f"/start {code}"

    def is_group(self, chat: str) -> bool:
        """One person sits here."""
        return False

    def _pump(self, loop: asyncio.AbstractEventLoop, typed: asyncio.Queue[str]) -> None:
        with suppress(RuntimeError):  # the loop has gone
            for line in iter(self._lines, ""):
                loop.call_soon_threadsafe(typed.put_nowait, line)
            loop.call_soon_threadsafe(typed.put_nowait, "")


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Title(text):
            yield f"== {text} =="
        case Line(text, label, mark):
            yield f"{label + ': ' if label else ''}{text}{f' ({mark})' if mark else ''}"
        case Items(entries, head):
            yield from ([head] if head else [])
            yield from (f"  - {entry}" for entry in entries)
        case Quote(text):
            yield from (f"  > {line}" for line in text.split("\n"))
        case StartCode(at=at) if at:
            yield block.link
        case StartCode(code=code):
            yield f"  > /start {code}"
        case Picture(name, alt):
            yield f"[{name}]"
            yield from (f"  | {line}" for line in alt.split("\n"))


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
