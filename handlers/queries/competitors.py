"""Competitors at a customer, deal by deal, as far as the deals name them."""

from __future__ import annotations

from handlers.known import deals_known
from handlers.queries.asked import Asked
from handlers.queries.pages import List, listed, look_at_customer
from handlers.turn import Result, Turn
from talk.message import Outcome, Parts, Phrase, Word


async def show_competitors(turn: Turn, asked: Asked) -> list[Result]:
    """Who competes for which deal of a customer; across customers nothing is worked out yet."""
    customer = asked.customer
    if customer is None:
        return [Outcome("topic_not_kept", {"what": Word("topic_competitors")}, wrote=False)]
    deals = await deals_known(turn, customer.id)
    entries = [
        Parts((deal.name, stage.names, list(deal.competitors)))
        for deal, stage in deals
        if deal.competitors and stage.outcome == "open"
    ]
    head = Parts((Phrase("list_competitors", {"who": customer.name}),))
    shown = List(head, (), summary=((None, entries),) if entries else (), offers=((look_at_customer(customer),),))
    return [await listed(turn, asked.reading, shown, customer)]
