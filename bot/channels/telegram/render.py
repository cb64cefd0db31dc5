"""Replies as Telegram shows them: HTML, cut into parts of at most 4,096 UTF-16 units, and inline keyboards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from talk.message import Block, Items, Line, Quote, Reply, Title
from talk.start_code import StartCode

LONGEST = 4096
LONGEST_ANSWER = 200
LONGEST_CAPTION = 1024
REPEAT_MARK = "(可能重复 / may be a repeat)"
_CJK = re.compile("[\u3000-\u9fff\uff00-\uffef]")


@dataclass(frozen=True)
class Span:
    """Some text in one line, within one tag or none."""

    text: str
    tag: str = ""

    @property
    def html(self) -> str:
        """The text escaped, within its tag."""
        text = escape(self.text, quote=False)
        return f"<{self.tag}>{text}</{self.tag}>" if self.tag else text


Row = tuple[Span, ...]


@dataclass(frozen=True)
class Part:
    """One message's text, as HTML and as it reads."""

    html: str
    plain: str


def units(text: str) -> int:
    """The length that Telegram counts: UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def start_link(bot: str, code: str) -> str:
    """The link that opens the bot's chat and hands the code in."""
    return f"https://t.me/{bot}?start={code}"


def parts(reply: Reply, is_repeat: bool = False, bot: str = "") -> list[Part]:
    """The messages that a reply takes, cut between lines; a line that is too long alone is cut within.

    `bot` is our user name, for links to the chat with us.
    """
    rows = [row for block in reply.blocks for row in _rows(block, bot)]
    if is_repeat:
        rows.append((Span(REPEAT_MARK, "i"),))
    whole = _part(rows)
    found = [whole] if units(whole.plain) <= LONGEST else [_part(group) for group in _packed(rows)]
    return [part for part in found if part.plain.strip()] or [Part("…", "…")]


def caption(reply: Reply, is_repeat: bool = False) -> Part:
    """What stands under a file: the lines that fit, none where nothing is said."""
    rows = [row for block in reply.blocks for row in _rows(block)]
    rows += [(Span(REPEAT_MARK, "i"),)] if is_repeat else []
    fitting: list[Row] = []
    for row in rows:
        if sum(_length(each) + 1 for each in (*fitting, row)) > LONGEST_CAPTION:
            break
        fitting.append(row)
    return _part(fitting)


def whole_caption(reply: Reply, is_repeat: bool = False, bot: str = "") -> Part | None:
    """What stands under a picture: all that the reply says, None where a caption is too short for it."""
    rows = [row for block in reply.blocks for row in _rows(block, bot)]
    rows += [(Span(REPEAT_MARK, "i"),)] if is_repeat else []
    part = _part(rows)
    return part if units(part.plain) <= LONGEST_CAPTION else None


def keyboard(reply: Reply) -> InlineKeyboardMarkup | None:
    """The buttons under a reply, None where it has none."""
    if not reply.choices:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(button.label, callback_data=button.token) for button in row] for row in reply.choices]
    )


def first_line(reply: Reply) -> str:
    """What the answer to a tap can show: one line of at most 200 characters."""
    rows = [row for block in reply.blocks for row in _rows(block)]
    return "".join(span.text for span in rows[0])[:LONGEST_ANSWER] if rows else ""


def _rows(block: Block, bot: str = "") -> Iterator[Row]:
    """The lines of a block; text with line ends gives several."""
    match block:
        case Title(text):
            yield from (((Span(line, "b"),)) for line in text.split("\n"))
        case Line(text, label, mark):
            yield from _labelled(text, label, mark)
        case Items(entries, head):
            if head:
                yield (Span(head, "b"),)
            yield from ((Span(f"• {line}" if at == 0 else line),) for e in entries for at, line in _numbered(e))
        case Quote(text):
            yield from ((Span(line, "code"),) for line in text.split("\n"))
        case StartCode(at=at) if at:
            yield (Span(block.link, "code"),)
        case StartCode(code=code):
            if bot:
                yield (Span(start_link(bot, code)),)
            yield (Span(f"/start {code}", "code"),)


def _labelled(text: str, label: str, mark: str) -> Iterator[Row]:
    colon = "\uff1a" if _CJK.search(label) else ": "
    lines = text.split("\n")
    for at, line in enumerate(lines):
        head = (Span(label, "b"), Span(colon)) if label and at == 0 else ()
        tail = (Span(f" ({mark})", "i"),) if mark and at == len(lines) - 1 else ()
        yield (*head, Span(line), *tail)


def _numbered(text: str) -> Iterable[tuple[int, str]]:
    return enumerate(text.split("\n"))


def _length(row: Row) -> int:
    return sum(units(span.text) for span in row)


def _fitting(row: Row) -> Iterator[Row]:
    """The row in pieces that each fit into a message."""
    room = LONGEST
    piece: list[Span] = []
    for span in row:
        rest = span
        while units(rest.text) > room:
            cut = _cut(rest.text, room)
            yield (*piece, Span(rest.text[:cut], rest.tag))
            rest, room, piece = Span(rest.text[cut:], rest.tag), LONGEST, []
        piece.append(rest)
        room -= units(rest.text)
    yield tuple(piece)


def _cut(text: str, room: int) -> int:
    """Where to cut so that what is before has at most `room` units: after a space if one is near, never in a pair."""
    count = end = 0
    for character in text:
        count += 2 if character > "\uffff" else 1
        if count > room:
            break
        end += 1
    space = text.rfind(" ", max(end - 200, 0), end)
    return space + 1 if space > 0 else end


def _packed(rows: Iterable[Row]) -> Iterator[list[Row]]:
    group: list[Row] = []
    length = 0
    for row in (piece for each in rows for piece in _fitting(each)):
        more = _length(row) + (1 if group else 0)
        if group and length + more > LONGEST:
            yield group
            group, length, more = [], 0, _length(row)
        group.append(row)
        length += more
    if group:
        yield group


def _part(rows: list[Row]) -> Part:
    html = "\n".join("".join(span.html for span in row if span.text) for row in rows)
    return Part(html, "\n".join("".join(span.text for span in row) for row in rows))
