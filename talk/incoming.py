"""What comes in through a door: words, a tap, a file, or news of who is in a group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

# What people say, and what only happens in a group: the bot came in or its rights there changed, it is out, members
# joined or left, the group has another id.
# "inline": somebody types our name and some words into any chat, and is shown what they may choose from.
Kind = Literal["text", "edit", "tap", "other", "inline", "added", "removed", "joined", "left", "moved"]
HAPPENED: frozenset[Kind] = frozenset({"added", "removed", "joined", "left", "moved"})


@dataclass(frozen=True)
class IncomingFile:
    """A file that came with a message: `id` is where the channel fetches it from, `sent_as` what it takes it for
    (photo, document, voice, video, audio …). What it says of name, type and bytes is to be checked.
    """

    id: str
    sent_as: str
    name: str = ""
    mime: str = ""
    size: int | None = None


@dataclass(frozen=True)
class IncomingContact:
    """Somebody's contact that was shared: a name, a number, and perhaps an electronic card with more."""

    name: str
    phone: str
    vcard: str = ""


@dataclass(frozen=True)
class IncomingPlace:
    """Where somebody is: degrees, and how exactly in metres where that is known."""

    latitude: float
    longitude: float
    accuracy: float | None = None


@dataclass(frozen=True)
class Incoming:
    """One message, edit or tap as a channel received it, or what happened in a group.

    `id` is the number of its inbox row and what people are told as the message's id. `chat`, `speaker`, `message`,
    `reply_to` and `tap` are the channel's own ids as text; `message` of a tap is the card that carries the button.
    `button` is the token that the button was given. `language` is what the messenger says of the person. Messages
    that were sent as one album have its id in common. `contact` is somebody else's, which tells nothing of the speaker;
    `place` is where the speaker is.

    `members` are the channel's ids of who joined or left, `speaker` is who did it. `is_administrator` says with
    "added" whether the bot administers the group now, `moved_to` with "moved" the group's new id. `is_anonymous`: said
    in the name of a chat, so that `speaker` is no person. `is_forwarded`: the words or the contact are somebody else's.
    `is_by_us`: the words were chosen from what we showed (kind "text"), or are typed in the chat with us ("inline").

    `offset` is where the next of what is typed inline begins, "" at the first; it comes back as it was sent.

    `username` is what the messenger calls the speaker, "" where they have no such name, None where it does not say.
    `mentions` are the people whom the text names and the messenger knows by id: (their words in the text, id).
    """

    id: int
    channel: str
    chat: str
    speaker: str
    at: datetime
    kind: Kind = "text"
    text: str = ""
    topic: str = ""
    is_group: bool = False
    title: str = ""
    speaker_name: str = ""
    language: str = ""
    message: str = ""
    reply_to: str = ""
    button: str = ""
    tap: str = ""
    files: tuple[IncomingFile, ...] = ()
    album: str = ""
    members: tuple[str, ...] = ()
    is_administrator: bool = False
    moved_to: str = ""
    is_anonymous: bool = False
    is_forwarded: bool = False
    is_by_us: bool = False
    offset: str = ""
    contact: IncomingContact | None = None
    place: IncomingPlace | None = None
    username: str | None = None
    mentions: tuple[tuple[str, str], ...] = ()

    @property
    def brings_something(self) -> bool:
        """Whether something came that needs no words: a file, a contact, a place."""
        return bool(self.files or self.contact or self.place)
