"""Files come with a message, or right after one: they are kept with the visit it tells of, else with the customer.

Also in words: 照片放到华信 moves the files that were sent last. The bytes are fetched later (jobs/fetch_files.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any

from crm.attachments import Attachment, check_offer, shown_name
from crm.customers import Customer
from crm.errors import CrmError, NoFilesSent
from crm.visits import Visit
from handlers.cards import show_in_place
from handlers.customer_of import customer_of
from handlers.import_customers import look_at_sheets, received
from handlers.refile import card_of_files, refile
from handlers.show_files import files_offer
from handlers.turn import Ask, Result, Turn
from handlers.whose_files import ask_whose, with_count
from nlu.rule import Mention, Reading
from storage.attachments import attachments_of_message
from storage.visits import visit_near, visits_of_message
from talk.incoming import IncomingFile
from talk.message import Offer, Outcome, Parts

ABOUT_VISIT = timedelta(days=1)  # a file for a customer told by name goes with a visit of so long ago at most
_TOLD = ("id", "at", "withdrawn_at")
_ENDINGS = {"photo": ".jpg", "voice": ".ogg", "video": ".mp4", "video_note": ".mp4", "animation": ".mp4"}


@dataclass(frozen=True)
class Home:
    """Where files are kept."""

    customer: Customer
    visit: Visit | None


async def keep_files(turn: Turn, reading: Reading) -> list[Result]:
    """Keep the files of a message; those that cannot be kept are told with the reason. Raises NoFilesSent."""
    if "files" not in reading.slots:
        return await _move_last(turn, reading)
    taken, refused = _looked_at(turn, reading.slots["files"])
    if not taken:
        return list(refused)
    is_sheet = bool(reading.slots.get("sheet")) and not turn.decisions and not reading.slots.get("customer")
    home = None if is_sheet else await _home(turn, reading)
    kept = await _keep(turn, reading, taken, home if isinstance(home, Home) else None)
    await look_at_sheets(turn, kept, is_asked=is_sheet)
    if home is None:
        return [*refused, received(turn, taken[0][1])]
    return [*refused, with_count(home, len(kept)) if isinstance(home, Ask) else _told(turn, reading, home, len(kept))]


async def _move_last(turn: Turn, reading: Reading) -> list[Result]:
    """Put the files that were sent last, or those of the card that is replied to, where they are said to belong."""
    card = await card_of_files(turn)
    if card is None:
        raise NoFilesSent
    customer = await customer_of(turn, reading, "record_visit")
    if isinstance(customer, Ask):
        return [customer]
    await refile(turn, card, {"customer": Mention(customer.name, customer.id)})
    await show_in_place(turn, card)
    return []


def _looked_at(turn: Turn, files: Sequence[IncomingFile]) -> tuple[list[tuple[IncomingFile, str]], list[Outcome]]:
    """The files that may be kept with the names they are shown under; and why the others are not."""
    taken: list[tuple[IncomingFile, str]] = []
    refused: list[Outcome] = []
    for number, file in enumerate(files, 1):
        unnamed = f"{file.sent_as}-{turn.now:%Y%m%d-%H%M%S}{f'-{number}' if number > 1 else ''}"
        name = shown_name(file.name, f"{unnamed}{_ENDINGS.get(file.sent_as, '')}")
        try:
            check_offer(name, file.size)
            taken.append((file, name))
        except CrmError as refusal:
            refused.append(Outcome(refusal.key, refusal.facts, wrote=False))
    return taken, refused


async def _home(turn: Turn, reading: Reading) -> Home | Ask:
    """Where the files belong: told by customer, chosen, found beforehand (`visit`), else asked."""
    slots, decided = reading.slots, turn.decisions
    if slots.get("with_visit") or slots.get("customer") or decided.get("customer") or decided.get("new_customer"):
        customer = await customer_of(turn, reading, "record_visit")
        if isinstance(customer, Ask):
            return customer
        chosen = decided.get("visit") or slots.get("visit")
        is_told = bool(slots.get("with_visit"))
        return Home(customer, await _visit(turn, customer, int(chosen) if chosen else None, is_told=is_told))
    return await ask_whose(turn, reading)


async def _visit(turn: Turn, customer: Customer, chosen: int | None, *, is_told: bool) -> Visit | None:
    """The visit to the customer that was chosen, that this message tells of, or else that was not long ago."""
    visit = await turn.ledger.get(Visit, chosen)
    if visit is not None and visit.customer_id == customer.id and visit.withdrawn_at is None:
        return visit
    told = await visits_of_message(turn.session, turn.ledger.inbox_id)
    theirs = [visit for visit in told if visit.customer_id == customer.id]
    if theirs:
        return theirs[-1]
    if is_told:
        return await visit_near(turn.session, turn.actor.id, customer.id, turn.ledger.now)
    sent = turn.incoming.at
    return await visit_near(turn.session, turn.actor.id, customer.id, turn.ledger.now, (sent - ABOUT_VISIT, sent))


async def adopt_files(turn: Turn, visit: Visit) -> None:
    """A visit that waited for an answer is written: the files of its message go with it."""
    for attachment in await attachments_of_message(turn.session, turn.ledger.inbox_id or 0):
        if attachment.visit_id is None:
            turn.ledger.set(attachment, visit_id=visit.id, customer_id=visit.customer_id)


async def _keep(
    turn: Turn, reading: Reading, taken: Sequence[tuple[IncomingFile, str]], home: Home | None
) -> list[Attachment]:
    """The rows of the message's files; all that it brought so far goes where these go."""
    inbox_id = turn.ledger.inbox_id or turn.incoming.id
    before = await attachments_of_message(turn.session, inbox_id, whole=True)
    standing = [each for each in before if each.withdrawn_at is None and each.state != "refused"]
    where = {"customer_id": home.customer.id, "visit_id": home.visit.id if home.visit else None} if home else {}
    for attachment in standing:
        turn.ledger.set(attachment, **where)
    there = {each.file_id for each in before if each in standing or each.state == "refused"}
    known = {attachment.file_id: _fields(attachment) for attachment in before}
    for file, name in taken:
        if file.id not in there:
            new = known.get(file.id) or _new(turn, reading, file, name, inbox_id)
            standing.append(await turn.ledger.add(Attachment(**{**new, **where}, at=turn.incoming.at)))
    await turn.session.flush()
    return standing


def _new(turn: Turn, reading: Reading, file: IncomingFile, name: str, inbox_id: int) -> dict[str, Any]:
    return {
        "user_id": turn.actor.id,
        "chat_id": turn.chat.id,
        "inbox_id": inbox_id,
        "name": name,
        "channel": turn.chat.channel,
        "file_id": file.id,
        "sent_as": file.sent_as,
        "mime": file.mime,
        "size": file.size,
        "message": reading.slots.get("message", ""),
        "album": reading.slots.get("album", ""),
    }


def _fields(attachment: Attachment) -> dict[str, Any]:
    """What is known of a file: told anew, it need not be fetched again."""
    return {f.name: getattr(attachment, f.name) for f in fields(attachment) if f.name not in _TOLD}


def _told(turn: Turn, reading: Reading, home: Home, count: int) -> Outcome:
    """Beside the visit it came with the number says it all; else where it went, with a way to put it elsewhere."""
    offers: list[Offer] = []
    where: tuple[Any, ...] = ()
    if home.visit is not None and reading.slots.get("with_visit"):
        offers.append(files_offer(home.customer, count, home.visit.id))
    else:
        where = (home.customer.name, home.visit.held_on if home.visit else None)
        label = "button_other_visit" if home.visit else "button_other_customer"
        offers.append(Offer(label, "files_elsewhere", {"inbox": turn.ledger.inbox_id}))
    facts = {"parts": Parts((count, *where))}
    return Outcome("files_kept", facts, customer=home.customer.id, offers=(tuple(offers),))
