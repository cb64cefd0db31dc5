"""What several readings of one message ask the records for: asked once a message."""

from __future__ import annotations

from crm.customers import Contact, Customer
from crm.deals import Deal
from crm.pipelines import Stage
from handlers.turn import Turn
from storage.customers import allowed, contacts_of, held_customer
from storage.deals import deals_of


async def customer_known(turn: Turn, key: int, verb: str) -> Customer:
    """The customer, if the speaker may do the verb there. Raises CustomerGone, NotAllowed."""
    place = ("customer", key)
    if place not in turn.known:
        turn.known[place] = await held_customer(turn.session, turn.actor, key, is_writing=verb != "see")
    return await allowed(turn.session, turn.known[place], verb)


async def deals_known(turn: Turn, customer_id: int) -> list[tuple[Deal, Stage]]:
    """The customer's deals with their stages, open ones first."""
    place = ("deals", customer_id)
    if place not in turn.known:
        turn.known[place] = await deals_of(turn.session, customer_id)
    deals: list[tuple[Deal, Stage]] = turn.known[place]
    return deals


async def remember_deal(turn: Turn, deal: Deal, stage: Stage) -> None:
    """A deal was made or moved by this message: what is known of the customer's deals follows."""
    others = [known for known in await deals_known(turn, deal.customer_id) if known[0] is not deal]
    turn.known["deals", deal.customer_id] = [(deal, stage), *others]


async def only_open_deal(turn: Turn, customer_id: int) -> Deal | None:
    """The customer's open deal, where there is exactly one; in a group that is bound to one of several, that one."""
    opened = [deal for deal, stage in await deals_known(turn, customer_id) if stage.outcome == "open"]
    bound = [deal for deal in opened if turn.bound is not None and deal.id == turn.bound.deal_id]
    opened = bound or opened
    return opened[0] if len(opened) == 1 else None


async def contacts_known(turn: Turn, customer_id: int) -> list[Contact]:
    """The customer's contacts, decision makers first."""
    place = ("contacts", customer_id)
    if place not in turn.known:
        turn.known[place] = await contacts_of(turn.session, customer_id)
    contacts: list[Contact] = turn.known[place]
    return contacts
