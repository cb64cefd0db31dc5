"""What was said about visits: to a customer, of a colleague, or all that one sees; who, when, of which visit. Behind
those of a customer stand its notes.
"""

from __future__ import annotations

from collections.abc import Sequence

from crm.customers import Customer
from handlers.queries.asked import head, settled
from handlers.queries.pages import Item, List, Section, brief, listed, look, look_at_customer, short
from handlers.turn import Ask, Result, Turn
from nlu.rule import Mention, Reading
from storage.lists.comments import CommentRow, CommentsWanted, count_comments, list_comments_of
from storage.notes import count_notes, list_notes_of
from talk.message import Count, Offer, Parts, Phrase, Word


async def list_comments(turn: Turn, reading: Reading) -> list[Result]:
    """A page of them, the newest first. Raises NotAllowed (masked), NotYourPeople, CustomerGone."""
    asked = await settled(turn, reading)
    if isinstance(asked, Ask):
        return [asked]
    customer, user = asked.customer, asked.user
    wanted = CommentsWanted(customer.id if customer else None, user.id if user else None)
    count = await count_comments(turn.session, turn.actor, wanted)

    async def fetch(limit: int, offset: int) -> Sequence[Item]:
        rows = await list_comments_of(turn.session, turn.actor, wanted, limit, offset)
        return [_entry(row, with_customer=customer is None) for row in rows]

    about = [customer.name if customer else None, user.name if user else None]
    notes = await _notes_of(turn, customer) if customer else ()
    total = count + sum(section.count for section in notes)
    told = head(Word("head_comments"), about, Count(total, "count_entries") if total else None)
    offers = ((look_at_customer(customer),),) if customer else ()
    sections = (Section(None, count, fetch), *notes)
    return [await listed(turn, asked.reading, List(told, sections, offers=offers), customer)]


async def _notes_of(turn: Turn, customer: Customer) -> tuple[Section, ...]:
    """What was kept as notes of a customer: a colleague's words in its group among them."""
    count = await count_notes(turn.session, turn.actor, customer.id)

    async def fetch(limit: int, offset: int) -> Sequence[Item]:
        rows = await list_notes_of(turn.session, turn.actor, customer.id, limit, offset)
        told = [(n, Phrase("last_words", {"name": name, "text": short(n.text, 120)})) for n, name in rows]
        return [Item(Parts((note.created_at, said))) for note, said in told]

    return (Section(Word("head_notes"), count, fetch),) if count else ()


def _entry(row: CommentRow, *, with_customer: bool) -> Item:
    """When · who: what · of whose visit when · at whom."""
    said = Phrase("last_words", {"name": row.said_by, "text": short(row.comment.text, 120)})
    visit = Phrase("comment_of_visit", {"name": row.user, "day": row.visit.held_on})
    return Item(Parts((row.comment.created_at, said, visit, brief(row.customer) if with_customer else None)))


def comments_offer(customer: Customer, count: int) -> tuple[Offer, ...]:
    """The button to what was said about the visits to a customer; none where nothing was."""
    asked = Reading("list_comments", {"customer": Mention(customer.name, customer.id)})
    return (look("page_comments", asked, n=count),) if count else ()
