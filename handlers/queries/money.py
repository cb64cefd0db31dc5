"""A customer's money asked for: what its deals are worth, the quotes, the contracts, the payments noted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from crm.quotes import quote_of
from handlers.queries.asked import Asked, head
from handlers.queries.pages import Item, List, Section, brief, listed, look_at_customer, short
from handlers.turn import Result, Turn
from storage.customer_cards import DealSum, deal_sums
from storage.lists.money import MoneyRow, count_money, list_money
from talk.message import Count, Outcome, Parts, Phrase, Word

KINDS = ("quote", "contract", "payment")
OUTCOMES = ("open", "won")


async def show_money(turn: Turn, asked: Asked) -> list[Result]:
    """The page of the customer named; without one there is nothing yet to sum up."""
    customer = asked.customer
    if customer is None:
        return [Outcome("topic_not_kept", {"what": Word(f"topic_{asked.reading.slots['topic']}")}, wrote=False)]
    counts = await count_money(turn.session, turn.actor, customer.id)
    sums = worth(await deal_sums(turn.session, customer.id))
    sections = [
        Section(Word(f"head_{kind}"), counts[kind], partial(_window, turn, customer.id, kind))
        for kind in KINDS
        if counts.get(kind)
    ]
    told = head(Phrase("list_money", {"who": customer.name}))
    summary = ((Word("head_worth"), sums),) if sums else ()
    note = Word("money_not_settled") if sections or sums else None
    example = Phrase("tell_quote", {"name": brief(customer.name)})
    shown = List(told, sections, summary, note, ((look_at_customer(customer),),), otherwise=example)
    return [await listed(turn, asked.reading, shown, customer)]


async def _window(turn: Turn, customer_id: int, kind: str, limit: int, offset: int) -> Sequence[Item]:
    rows = await list_money(turn.session, turn.actor, customer_id, limit, offset, kind=kind)
    return [Item(money_entry(row, turn, with_kind=False)) for row in rows]


def worth(sums: Sequence[DealSum]) -> list[Parts]:
    """What the open deals are worth, and the won ones, a line each, with how many they are."""
    found = []
    for outcome in OUTCOMES:
        of_it = [one for one in sums if one.outcome == outcome]
        amounts = [one.amount for one in of_it if one.amount is not None]
        if amounts:
            found.append(Parts((Word(f"worth_{outcome}"), *amounts, Count(sum(o.count for o in of_it), "count_deals"))))
    return found


def money_entry(row: MoneyRow, turn: Turn, *, with_kind: bool = True) -> Parts:
    """Day · what it is · of which deal · sum and discount, or the words of a payment · who noted it."""
    kind = Word(f"money_{row.kind}") if with_kind else None
    day = row.at.astimezone(turn.now.tzinfo).date()
    if row.kind == "payment":
        return Parts((day, kind, short(row.told), row.user))
    if row.kind == "contract":
        signed = date.fromisoformat(row.told) if row.told else day
        return Parts((signed, kind, short(row.deal, 40), row.amount, row.user))
    quote = quote_of(row.told)
    discount = f"-{quote.discount:g}%" if quote.discount is not None else None
    return Parts((day, kind, short(row.deal, 40), quote.amount, discount, row.user))
