"""What a message brings that must be opened before anybody can read it: somebody's card, on paper or electronic.

It is opened before the transaction begins, so that nobody waits for it but whoever sent it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from crm.attachments import check_offer, shown_name
from crm.contact_cards import ContactCard
from crm.errors import CrmError
from handlers.turn import NOTHING, Arrived, Entry, Turn
from nlu.question import LOOKS
from nlu.rule import Mention, Reading
from nlu.vcards import LARGEST, is_vcard, read_contact, read_vcards
from storage.engine import Store
from storage.people import actor_by_identity
from talk.incoming import Incoming, IncomingFile
from talk.message import Outcome


class Opener(Protocol):
    """Who can open what was sent."""

    async def content(self, channel: str, file: IncomingFile, most: int) -> bytes:
        """The bytes of a file. FileTooLarge, FileUnreachable; ChannelError where it may be had later."""
        ...


async def open_up(store: Store, opener: Opener | None, incoming: Incoming) -> Arrived:
    """What a message of a colleague's brings in cards. ChannelError where it is to be tried again."""
    if incoming.kind not in ("text", "other") or not (incoming.contact or incoming.files):
        return NOTHING
    if opener is None or not await _is_colleague(store, incoming):
        return NOTHING
    try:
        if incoming.contact is not None:
            given = incoming.contact
            return Arrived((read_contact(given.name, given.phone, given.vcard),))
        if len(incoming.files) == 1 and is_vcard(incoming.files[0].name, incoming.files[0].mime):
            return Arrived(await _vcards(opener, incoming.channel, incoming.files[0]))
    except CrmError as refusal:
        return Arrived(refusal=Outcome(refusal.key, refusal.facts, wrote=False))
    return NOTHING


async def _is_colleague(store: Store, incoming: Incoming) -> bool:
    """Whether somebody sent it for whom anything is opened at all."""
    async with store.reading()() as session:
        return await actor_by_identity(session, incoming.channel, incoming.speaker) is not None


async def _vcards(opener: Opener, channel: str, file: IncomingFile) -> tuple[ContactCard, ...]:
    name = shown_name(file.name, "vCard")
    check_offer(name, file.size)
    return tuple(read_vcards(await opener.content(channel, file, LARGEST), name))


def with_arrived(turn: Turn, readings: Sequence[Reading]) -> Sequence[Reading]:
    """The readings of a message with one for each card that it brings; a customer named in it is theirs."""
    if not turn.arrived:
        return readings
    told = [reading for reading in readings if reading.intent not in LOOKS]
    named = [reading.slots["customer"] for reading in readings if reading.slots.get("customer")]
    about = {"customer": named[-1]} if named else {}
    return [*told, *(Reading("update_contact", {**slots_of(card), **about}) for card in turn.arrived.cards)]


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
    """Why what came cannot be read, as an entry of that place."""
    return [Entry(place, None, (turn.arrived.refusal,))] if turn.arrived.refusal else []
