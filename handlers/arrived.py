"""What a message brings that must be opened before anybody can read it: somebody's card, on paper or electronic.

It is opened before the transaction begins, so that nobody waits for it but whoever sent it.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from typing import Protocol

from crm.attachments import LARGEST as LARGEST_FILE
from crm.attachments import check_offer, extension_of, shown_name
from crm.contact_cards import ContactCard
from crm.errors import CrmError
from handlers.files_in import the_customer
from handlers.turn import NOTHING, Arrived, Entry, Turn
from nlu.business_card import Line, is_card, read_card
from nlu.question import LOOKS
from nlu.rule import Find, Mention, Reading
from nlu.short_forms import endings_of
from nlu.vcards import LARGEST, is_vcard, read_contact, read_vcards
from storage.engine import Store
from storage.people import actor_by_identity
from talk.incoming import Incoming, IncomingFile
from talk.message import ChannelError, Outcome

UNREAD = ("image/heic", "image/heif")
PICTURE = "photo.jpg"  # what a picture without a name is called
OF_FIRM = re.compile(r"[^,,。!?\n]{1,40}?的(?P<title>[^的,,。!?\s]{2,12})")
CALLED = re.compile(r"名片|(?<![a-z])(?:business |visiting |name )?card(?![a-z])", re.IGNORECASE)


class Opener(Protocol):
    """Who can open what was sent."""

    @property
    def reads_pictures(self) -> bool:
        """Whether the words in pictures can be read here."""
        ...

    async def lines(self, data: bytes, name: str) -> list[Line]:
        """The words in a picture called `name`. FileNotTaken, PictureTooLarge, PictureBroken."""
        ...

    def is_new_to(self, chat: str) -> bool:
        """Whether a chat has not been told yet how pictures come to be read; asked, it has."""
        ...

    async def content(self, channel: str, file: IncomingFile, most: int) -> bytes:
        """The bytes of a file. FileTooLarge, FileUnreachable; ChannelError where it may be had later."""
        ...


async def open_up(store: Store, opener: Opener | None, incoming: Incoming) -> Arrived:
    """What a message of a colleague's brings in cards. ChannelError where it is to be tried again."""
    is_said = incoming.kind in ("text", "other") and bool(incoming.contact or len(incoming.files) == 1)
    if not is_said or opener is None or not await _is_colleague(store, incoming):
        return NOTHING
    try:
        return await _opened(opener, incoming)
    except CrmError as refusal:
        return Arrived(refusal=Outcome(refusal.key, refusal.facts, wrote=False))


async def _opened(opener: Opener, incoming: Incoming) -> Arrived:
    if incoming.contact is not None:
        given = incoming.contact
        return Arrived((read_contact(given.name, given.phone, given.vcard),))
    (file,) = incoming.files
    if is_vcard(file.name, file.mime):
        return Arrived(await _vcards(opener, incoming.channel, file))
    return await _picture(opener, incoming) if _is_picture(file) else NOTHING


async def _picture(opener: Opener, incoming: Incoming) -> Arrived:
    """The card in a picture that is said to be one, or is sent without a word and looks like one."""
    if not CALLED.search(incoming.text):
        is_bare = not incoming.text.strip() and not incoming.album and not incoming.is_group
        return await _looked_at(opener, incoming) if is_bare and opener.reads_pictures else NOTHING
    if not opener.reads_pictures:
        how = Outcome("cards_not_read_here", wrote=False)
        return Arrived(remark=how) if opener.is_new_to(incoming.chat) else NOTHING
    card = await _card_in(opener, incoming)
    if card.is_empty:
        return Arrived(remark=Outcome("card_not_made_out", wrote=False))
    return Arrived((card,), is_picture=True)


async def _looked_at(opener: Opener, incoming: Incoming) -> Arrived:
    """A card, if it looks like one; whatever else it is, it stays a file, about which others say what is to be said."""
    try:
        card = await _card_in(opener, incoming)
    except (CrmError, ChannelError):
        return NOTHING
    return Arrived((card,), is_picture=True) if is_card(card) else NOTHING


async def _card_in(opener: Opener, incoming: Incoming) -> ContactCard:
    file = incoming.files[0]
    name = shown_name(file.name, PICTURE)
    check_offer(name, file.size)
    return read_card(await opener.lines(await opener.content(incoming.channel, file, LARGEST_FILE), name))


def _is_picture(file: IncomingFile) -> bool:
    """Whether a file is sent as a picture; those of a kind that is kept but cannot be read are not looked at."""
    if file.mime in UNREAD or extension_of(file.name) in ("heic", "heif"):
        return False
    is_named_so = extension_of(file.name) in ("jpg", "jpeg", "png", "webp", "bmp", "svg")
    return file.sent_as == "photo" or (file.sent_as == "document" and (file.mime.startswith("image/") or is_named_so))


async def _is_colleague(store: Store, incoming: Incoming) -> bool:
    """Whether somebody sent it for whom anything is opened at all."""
    async with store.reading()() as session:
        return await actor_by_identity(session, incoming.channel, incoming.speaker) is not None


async def _vcards(opener: Opener, channel: str, file: IncomingFile) -> tuple[ContactCard, ...]:
    name = shown_name(file.name, "vCard")
    check_offer(name, file.size)
    content = await opener.content(channel, file, LARGEST)
    return tuple(await asyncio.to_thread(read_vcards, content, name))


def with_arrived(turn: Turn, readings: Sequence[Reading], finds: Sequence[Find]) -> Sequence[Reading]:
    """The readings of a message with one for each card that it brings; a customer named in it is theirs, and so is what
    stands behind it: 明泰的采购经理.
    """
    if not turn.arrived:
        return readings
    told = [reading for reading in readings if reading.intent not in LOOKS]
    named = [reading.slots["customer"] for reading in readings if reading.slots.get("customer")]
    only = the_customer(finds)
    named += [only] if only is not None and not named else []
    if turn.arrived.is_picture:
        incoming, told = turn.incoming, []
        about: dict[str, object] = {"files": incoming.files, "message": incoming.message}
        about |= {"suggests": named[-1]} if named else {}
    else:
        home = named[-1] if named else Mention("", turn.bound.customer_id, by="focus") if turn.bound else None
        about = {"customer": home} if home else {}
    if not told and len(turn.arrived.cards) == 1:
        about = _post(turn.text) | about
    return [*told, *(Reading("update_contact", {**about, **slots_of(card)}) for card in turn.arrived.cards)]


def _post(words: str) -> dict[str, object]:
    """The title that the words under a card end with, where they do."""
    said = OF_FIRM.fullmatch(words.strip())
    return {"title": said["title"]} if said and endings_of(said["title"]) > endings_of("") else {}


def slots_of(card: ContactCard) -> dict[str, object]:
    """A card as the slots of a reading: what can be put right like anything that was said."""
    told = {
        "name": Mention(card.name) if card.name else None,
        "title": card.title,
        "phone": card.phones[0] if card.phones else "",
        "other_phone": card.phones[1] if len(card.phones) > 1 else "",
        "email": card.email,
        "wechat": card.wechat,
    }
    return {"card": card} | {slot: value for slot, value in told.items() if value}


def remarks_on(turn: Turn, place: int) -> list[Entry]:
    """Why what came cannot be read, or not here, as an entry of that place."""
    told = turn.arrived.refusal or turn.arrived.remark
    return [Entry(place, None, (told,))] if told else []
