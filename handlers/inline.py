"""Our name and a few letters typed into any chat: the one who types is shown the customers that they see.

What is chosen tells name and owner, to whoever is in that chat, with a link to the card for those who may see it; in
the chat with us it is the card itself.
"""

from __future__ import annotations

import re

from crm.customers import Customer
from crm.errors import CustomerGone, NotAllowed
from handlers import post
from handlers.cards import offered
from handlers.customer_card import customer_card
from handlers.focus import keep_focus
from handlers.groups.membership import Standing, heed
from handlers.turn import Turn, reader_for
from storage import inbox, outbox
from storage.customers import customer_for
from storage.ledger import Ledger
from storage.people import actor_by_identity
from storage.posts import OutboxRow
from storage.suggestions import Suggested, customers_called, suggested
from talk.catalogue import say
from talk.forms import Reader
from talk.incoming import Incoming
from talk.message import Outcome, Outgoing, Reply, Suggestion
from talk.views import outcome_blocks

SHOWN = 20
OFFSET = re.compile(r"[0-9]{1,6}")
LINK = re.compile(r"\s{0,8}/start(?:@\w{1,64})?\s{1,8}card_(?P<key>\d{1,9})\s{0,8}")


async def answer_inline(ledger: Ledger, incoming: Incoming, stands: Standing) -> None:
    """Show what the letters may mean. A stranger is shown nothing; what was typed is not kept."""
    await inbox.forget(ledger.session, incoming.id)
    actor = await actor_by_identity(ledger.session, incoming.channel, incoming.speaker)
    shown: tuple[Suggestion, ...] = ()
    more = ""
    if actor is not None:
        actor = await heed(ledger, actor, stands)
        reader = reader_for(actor, incoming.at)
        begins = int(incoming.offset) if OFFSET.fullmatch(incoming.offset) else 0
        found = await suggested(ledger.session, actor, incoming.text, SHOWN + 1, begins)
        shown = tuple(_suggestion(one, reader, is_with_us=incoming.is_by_us) for one in found[:SHOWN])
        more = str(begins + SHOWN) if len(found) > SHOWN else ""
    outgoing = Outgoing("offer", incoming.chat, Reply(), tap=incoming.tap, suggestions=shown, more=more)
    now, key = ledger.now, f"offer:{incoming.id}"
    row = OutboxRow(key, incoming.channel, incoming.chat, "answer", outgoing.to_json(), now, now, inbox_id=incoming.id)
    await outbox.put(ledger.session, row)


def _suggestion(one: Suggested, reader: Reader, *, is_with_us: bool) -> Suggestion:
    """With us the name alone is said, which we answer; elsewhere name and owner are all that others learn."""
    facts = {"name": one.customer.name, "owner": one.owner, "by": one.by}
    detail = say("inline_detail_by" if one.by else "inline_detail", reader, facts)
    if is_with_us:
        return Suggestion(str(one.customer.id), one.customer.name, detail, one.customer.name)
    said, link = say("inline_shown", reader, facts), say("inline_open", reader)
    return Suggestion(str(one.customer.id), one.customer.name, detail, said, link, f"card_{one.customer.id}")


async def opened(turn: Turn) -> bool:
    """Whether a message opens the card of a customer: by a link, or chosen in the chat with us."""
    if turn.incoming.is_by_us and turn.incoming.kind == "text":
        await _show_chosen(turn)
        return True
    asked = LINK.fullmatch(turn.incoming.text) if turn.incoming.kind == "text" and not turn.incoming.is_group else None
    if asked is not None:
        await _show_linked(turn, int(asked["key"]))
    return asked is not None


async def _show_chosen(turn: Turn) -> None:
    """The card of the customer that was chosen. The words are a name and nothing else, whatever they read like."""
    found = await customers_called(turn.session, turn.actor, turn.text, SHOWN)
    for customer in found:
        await _show(turn, customer)
    if not found:
        await _show_nothing(turn)


async def _show_linked(turn: Turn, key: int) -> None:
    """The card of the customer of a link, to whom may see it. All others hear what they hear of one that never was."""
    try:
        await _show(turn, await customer_for(turn.session, turn.actor, key))
    except (CustomerGone, NotAllowed):
        await _show_nothing(turn)


async def _show(turn: Turn, customer: Customer) -> None:
    await keep_focus(turn, [customer.id])
    outcome = await customer_card(turn, customer)
    await post.reply(turn, tuple(outcome_blocks(outcome, turn.reader)), tuple(offered(turn, outcome)))


async def _show_nothing(turn: Turn) -> None:
    await post.reply(turn, tuple(outcome_blocks(Outcome("link_shows_nothing", wrote=False), turn.reader)))
