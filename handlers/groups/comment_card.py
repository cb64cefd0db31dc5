"""A colleague replies in a group to the card of somebody's report: it is kept as a note, and the reporter hears it."""

from __future__ import annotations

from crm.changes import Card
from crm.deals import Deal
from crm.users import User
from handlers import post
from handlers.cards import blocks_of, buttons_of
from handlers.entries import keep, lines_in
from handlers.groups.showing import told
from handlers.run import run_entry
from handlers.turn import Bound, Note, Turn
from nlu.rule import Mention, Reading
from storage.cards import card_shown_as
from storage.customers import customer_name


async def card_commented(turn: Turn) -> Card | None:
    """The card of somebody else's message to which the speaker replies in this chat; None where it is none."""
    incoming = turn.incoming
    if not incoming.reply_to or not turn.text.strip() or incoming.files:
        return None
    card = await card_shown_as(turn.session, incoming.channel, incoming.chat, incoming.reply_to)
    is_here = card is not None and card.chat_id == turn.chat.id and card.user_id != turn.actor.id
    return card if is_here else None


async def comment(turn: Turn, bound: Bound, card: Card) -> None:
    """Keep the words as a note about what the group is bound to, and tell who had reported."""
    customer = Mention(await customer_name(turn.session, bound.customer_id), bound.customer_id)
    deal = await turn.ledger.get(Deal, bound.deal_id)
    about = {"deal": Mention(deal.name, deal.id)} if deal is not None else {}
    entries = [await run_entry(turn, 0, Reading("add_note", {"customer": customer, "text": turn.text, **about}))]
    lines = lines_in(entries)
    kept = await keep(turn, entries) if turn.ledger.written() else None
    author = await turn.ledger.get(User, card.user_id)
    if kept is not None and author is not None and author.is_active:
        facts = {"name": turn.actor.user.name, "customer": customer.text, "text": turn.text}
        turn.notes.append(Note(author.id, told("group_comment_told", **facts)))
    rows = buttons_of(turn, lines, turn.incoming.id, kept)
    await post.reply(turn, blocks_of(lines, turn.reader, kept), rows, card=kept)
