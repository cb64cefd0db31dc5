"""What passes through the doors: an incoming message, an outgoing one, and the channel that carries both.

No messenger is known here. Blocks are what a reply is made of; each channel renders and escapes them itself.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any, Literal, Protocol

from talk.incoming import Incoming
from talk.picture import Picture
from talk.start_code import StartCode


@dataclass(frozen=True)
class Word:
    """A value that is said by its key in the words: Word("kind_onsite") is 上门 or on site."""

    key: str


@dataclass(frozen=True)
class Phrase:
    """A value said by a sentence of its own: the words of `key`, their holes filled by `facts`."""

    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Count:
    """So many of something: Count(3, "count_visits") is 3次, 3 visits. The words hold {n}, one and many parted by |."""

    n: int
    unit: str


@dataclass(frozen=True)
class Span:
    """The days from `since` to `until`, both included; an end that is None is open."""

    since: date | None = None
    until: date | None = None


class Parts(tuple[Any, ...]):
    """Values shown side by side, divided by a dot; None and empty ones are left out."""

    __slots__ = ()


@dataclass(frozen=True)
class Offer:
    """A button that an outcome brings: `label` names its words, which `words` fill; `action` and `facts` say what a tap
    does (handlers/taps.py). The facts are plain JSON.
    """

    label: str
    action: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What a skill did, in the past tense: `key` names the words, `facts` fill their holes (values, not sentences).

    `fields` are shown below, a line each: the key of the label and the value. `customer` is the id of whom it was
    about, for the card's buttons; `wrote` tells that records changed, so that it can be put back. `offers` are rows of
    buttons.
    """

    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    fields: tuple[tuple[str, Any], ...] = ()
    customer: int | None = None
    wrote: bool = True
    offers: tuple[tuple[Offer, ...], ...] = ()


@dataclass(frozen=True)
class Title:
    """The first line of a card."""

    text: str


@dataclass(frozen=True)
class Line:
    """One sentence or one field with its `label`; `mark` is a word set apart at the end (assumed, waits …)."""

    text: str
    label: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Items:
    """A list, one entry a line, each shown literally."""

    entries: tuple[str, ...]
    head: str = ""


@dataclass(frozen=True)
class Quote:
    """Words of a person, shown so that they can be copied."""

    text: str


Block = Title | Line | Items | Quote | StartCode | Picture
BLOCKS: dict[str, type] = {"title": Title, "line": Line, "items": Items, "quote": Quote}
BLOCKS |= {"start_code": StartCode, "picture": Picture}


@dataclass(frozen=True)
class Button:
    """A choice under a reply. `token` (at most 64 bytes) comes back when it is tapped; what it means is in a table."""

    label: str
    token: str


@dataclass(frozen=True)
class Reply:
    """What is said: blocks in order, and rows of buttons."""

    blocks: tuple[Block, ...] = ()
    choices: tuple[tuple[Button, ...], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The reply as plain JSON, for the outbox."""
        names = {cls: name for name, cls in BLOCKS.items()}
        return {
            "blocks": [{"is": names[type(block)], **asdict(block)} for block in self.blocks],
            "choices": [[[b.label, b.token] for b in row] for row in self.choices],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Reply:
        """The reply that `to_json` wrote."""
        return cls(
            tuple(_block(part) for part in data["blocks"]),
            tuple(tuple(Button(*pair) for pair in row) for row in data["choices"]),
        )


def _block(part: Mapping[str, Any]) -> Block:
    rest = {key: tuple(value) if isinstance(value, list) else value for key, value in part.items() if key != "is"}
    block: Block = BLOCKS[part["is"]](**rest)
    return block


@dataclass(frozen=True)
class OutgoingFile:
    """A file to send: `content` names our own copy (storage/files.py). `id` is where the channel itself has it and
    `sent_as` as what, "" where it does not.

    One that was made to be sent has no copy: it travels as base64 in `made`, and is kept no more once it is sent.
    """

    content: str
    name: str
    mime: str
    id: str = ""
    sent_as: str = ""
    made: str = field(default="", repr=False)

    @classmethod
    def of(cls, name: str, mime: str, data: bytes) -> OutgoingFile:
        """A file made here."""
        return cls("", name, mime, made=b64encode(data).decode())

    def data(self) -> bytes | None:
        """The content of a file made here; None where our own copy is meant."""
        return b64decode(self.made) if self.made else None


@dataclass(frozen=True)
class Suggestion:
    """Something to choose from while one types: a title, what tells it from others, and what choosing it says. `link`
    is the label of a button that opens the chat with us and hands in `code`; without one there is none.
    """

    id: str
    title: str
    detail: str
    says: str
    link: str = ""
    code: str = ""


@dataclass(frozen=True)
class Outgoing:
    """One thing for a channel to do: send a reply, edit the card `message`, answer the tap `tap`, or offer suggestions
    for the words typed inline, which have their id in `tap` too. Those are for one person, and for now;
    `more` says where the next ones begin, "" where there are none.

    An edit of a card on its way names the inbox row that this answers, `card_of`: sent anew if it never arrives.
    `reply_to` is the message that is answered. An answer to a tap shows the reply's first line, as an alert where
    `is_alert`. `is_repeat` marks a reply that may have arrived before. Of a `file` that is sent the reply is the
    caption: a line or two.
    """

    do: Literal["send", "edit", "answer", "offer"]
    chat: str
    reply: Reply
    topic: str = ""
    message: str = ""
    reply_to: str = ""
    tap: str = ""
    is_alert: bool = False
    is_repeat: bool = False
    file: OutgoingFile | None = None
    suggestions: tuple[Suggestion, ...] = ()
    more: str = ""
    card_of: int | None = None

    def to_json(self) -> dict[str, Any]:
        """What is to be done as plain JSON, for the outbox."""
        file = {"file": asdict(self.file)} if self.file else {}
        apart = ("file", "suggestions")
        plain = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in apart}
        shown = {"suggestions": [asdict(one) for one in self.suggestions]} if self.suggestions else {}
        return {**plain, "reply": self.reply.to_json(), **file, **shown}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Outgoing:
        """What `to_json` wrote."""
        file = {"file": OutgoingFile(**data["file"])} if data.get("file") else {}
        shown = {"suggestions": tuple(Suggestion(**one) for one in data.get("suggestions", ()))}
        return cls(**{**data, "reply": Reply.from_json(data["reply"]), **file, **shown})


class ChannelError(Exception):
    """The outside failed. `permanent`: never try again. `retry_after`: seconds to wait, of this chat only.

    `is_unknown`: it may have arrived all the same. `moved_to`: the chat has this id now. `is_gone`: the chat blocked
    us or is no more.
    """

    def __init__(
        self,
        what: str,
        *,
        permanent: bool = False,
        retry_after: float | None = None,
        is_unknown: bool = False,
        moved_to: str = "",
        is_gone: bool = False,
    ) -> None:
        super().__init__(what)
        self.permanent = permanent
        self.retry_after = retry_after
        self.is_unknown = is_unknown
        self.moved_to = moved_to
        self.is_gone = is_gone


class FileTooBig(ChannelError):
    """The file has more bytes than were asked for, or than the channel hands out."""

    def __init__(self) -> None:
        super().__init__("the file is too big", permanent=True)


class Channel(Protocol):
    """A messenger. Knows how to read its own updates and how to deliver; knows nothing of the records."""

    name: str

    def read(self, update: Mapping[str, Any], inbox_id: int) -> Incoming | None:
        """The message in a raw update; None where the update is none of ours. Text comes out cleaned."""
        ...

    async def deliver(self, outgoing: Outgoing) -> str:
        """Do what is asked and return the id of the message, "" where there is none. Raises ChannelError."""
        ...

    async def fetch(self, file: str, most: int) -> bytes:
        """The content of a file by the channel's id of it. Raises FileTooBig beyond `most` bytes, and ChannelError:
        permanent where it is not to be had.
        """
        ...

    async def is_member(self, chat: str, person: str) -> bool | None:
        """Whether a person is in a group now; None where the channel cannot tell. Never raises."""
        ...

    async def administers(self, chat: str) -> bool | None:
        """Whether the bot administers a group now, so that it hears who joins and leaves; None where the channel
        cannot tell. Never raises.
        """
        ...
