"""Files are called up again: the bot sends our own copies, with the rights of whoever asks as of now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from crm.customers import Customer
from handlers import post
from handlers.cards import offered
from handlers.customer_of import customer_of
from handlers.queries.asked import Asked, settled
from handlers.run import run_one
from handlers.stored import revived, stored
from handlers.turn import Ask, Result, Sending, Turn
from nlu.rule import Mention, Reading
from storage.attachments import AttachmentRow, Wanted, count_attachments, list_attachments
from storage.visits import last_visits
from talk.message import Count, Offer, Outcome, OutgoingFile, Parts
from talk.views import outcome_blocks

PAGE = 10  # files sent at a time


async def show_files(turn: Turn, reading: Reading) -> list[Result]:
    """Send the files of the customer meant: of the last visit, of a colleague, of a period, pictures only.

    Raises NotFound, NotAllowed (masked), CustomerGone, NotYourPeople.
    """
    asked = await settled(turn, reading)
    if isinstance(asked, Ask):
        return [asked]
    customer = asked.customer or await customer_of(turn, asked.reading, "see")
    if isinstance(customer, Ask):
        return [customer]
    wanted = await _wanted(turn, asked, customer)
    page = int(turn.decisions.get("page") or 0)
    rows = await list_attachments(turn.session, turn.actor, wanted, PAGE, page * PAGE)
    kept, coming = await count_attachments(turn.session, turn.actor, wanted)
    if not rows:
        return [await _none(turn, customer, wanted, coming)]
    left = kept - (page + 1) * PAGE
    turn.files += [_sending(turn, customer, row) for row in rows]
    if left > 0:
        more = _offer("button_more_files", asked.but(customer=Mention(customer.name, customer.id)), page + 1, n=left)
        last = turn.files[-1]
        turn.files[-1] = replace(last, caption=replace(last.caption, offers=((more,),)))
    parts = Parts((customer.name, asked.span, Count(kept, "count_files")))
    return [Outcome("files_sent", {"parts": parts}, (), customer.id, wrote=False)]


async def _wanted(turn: Turn, asked: Asked, customer: Customer) -> Wanted:
    visit_id = asked.reading.slots.get("visit")
    if asked.has("last"):
        last = await last_visits(turn.session, customer.id, 1)
        visit_id = last[0].id if last else None
    return Wanted(
        customer.id,
        visit_id=visit_id,
        user_id=asked.user.id if asked.user else None,
        since=asked.day("since"),
        until=asked.day("until"),
        is_picture=asked.has("pictures"),
        zone=turn.reader.zone,
    )


async def _none(turn: Turn, customer: Customer, wanted: Wanted, coming: int) -> Outcome:
    """None of those wanted; whatever else the customer has is one tap away."""
    others, _ = await count_attachments(turn.session, turn.actor, Wanted(customer.id))
    offers = ((files_offer(customer, others),),) if others and wanted != Wanted(customer.id, zone=wanted.zone) else ()
    key = "files_coming" if coming else "no_files"
    return Outcome(key, {"customer": customer.name}, (), customer.id, wrote=False, offers=offers)


def _sending(turn: Turn, customer: Customer, row: AttachmentRow) -> Sending:
    kept = row.attachment
    is_here = kept.channel == turn.chat.channel
    file = OutgoingFile(kept.sha256, kept.name, kept.mime, kept.file_id if is_here else "", kept.sent_as)
    parts = Parts((customer.name, row.held_on or kept.at.astimezone(turn.reader.zone).date(), row.user))
    return Sending(file, Outcome("file_shown", {"parts": parts}, wrote=False))


async def send_files(turn: Turn) -> None:
    """Send what the turn has called up, after its answer."""
    for sending in turn.files:
        rows = offered(turn, sending.caption)
        await post.send_file(turn, sending.file, tuple(outcome_blocks(sending.caption, turn.reader)), tuple(rows))


def files_offer(customer: Customer, count: int, visit: int | None = None) -> Offer:
    """A button that sends the files of a customer, or of one visit."""
    slots = {"customer": Mention(customer.name, customer.id), **({"visit": visit} if visit else {})}
    return _offer("button_files", Reading("show_files", slots), n=count)


def _offer(label: str, reading: Reading, page: int = 0, **words: Any) -> Offer:
    return Offer(label, "files", {"reading": stored(reading), "page": page}, words)


async def files_tapped(turn: Turn, facts: Mapping[str, Any]) -> None:
    """Send the files of a button; the card that carries it stays."""
    lines = await run_one(turn, revived(facts["reading"]), {"page": facts["page"]})
    shown = [line for line in lines if isinstance(line, Outcome)]
    blocks = tuple(block for outcome in shown for block in outcome_blocks(outcome, turn.reader))
    await post.answer_tap(turn, blocks, is_alert=not turn.files)
