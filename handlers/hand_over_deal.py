"""A deal goes to somebody else: its owner changes, the customer's does not. Both hear of it.

Whoever is given a deal sees its customer as long as they have it (storage/visibility.py).
"""

from __future__ import annotations

from dataclasses import replace

from crm import policy
from crm.customers import Customer
from crm.deals import Deal
from crm.errors import DealClosed, NoDeal, NotYourDeal
from crm.pipelines import Stage
from crm.users import User
from handlers.colleague_of import colleague_of
from handlers.customer_of import customer_of
from handlers.known import deals_known
from handlers.turn import Ask, Choice, Note, Result, Turn
from nlu.names import fold
from nlu.rule import Mention, Reading
from storage.customers import customer_for
from storage.deals import open_deals_called
from storage.people import users_named
from talk.message import Outcome, Parts

CHOICES = 5


async def hand_over_deal(turn: Turn, reading: Reading) -> list[Result]:
    """Write whose deal it is now. Raises NotYourDeal, DealClosed, NoDeal, NotAllowed, CustomerGone, NoSuchColleague."""
    found = await _deal(turn, reading)
    if isinstance(found, Ask):
        return [found]
    deal, stage, customer = found
    if not _may(turn, deal, customer):
        owner = (await users_named(turn.session, [deal.owner_id]))[deal.owner_id]
        raise NotYourDeal(deal=deal.name, owner=owner)
    if stage.outcome != "open":
        raise DealClosed(deal=deal.name, stage=stage.names)
    settled = {**reading.slots, "customer": Mention(customer.name, customer.id), "deal": Mention(deal.name, deal.id)}
    someone = await _somebody(turn, replace(reading, slots=settled))
    if isinstance(someone, Ask):
        return [someone]
    former = deal.owner_id
    parts = Parts((customer.name, deal.name, stage.names, deal.amount))
    is_shared = someone.id != customer.owner_id
    if not turn.ledger.set(deal, owner_id=someone.id, shares_customer=is_shared):
        return [Outcome("deal_theirs_already", {"parts": parts, "name": someone.name}, (), customer.id, wrote=False)]
    _tell(turn, parts, someone, former, customer)
    facts = {"parts": Parts((*parts, someone.name))}
    return [Outcome("deal_handed_over", facts, (), customer.id)]


async def _somebody(turn: Turn, reading: Reading) -> User | Ask:
    return turn.actor.user if reading.slots.get("to_me") else await colleague_of(turn, reading, "assignee")


def _may(turn: Turn, deal: Deal, customer: Customer) -> bool:
    """The deal's owner, the customer's, and whoever stands above one of them."""
    held = policy.relations(turn.actor, deal.owner_id) | policy.relations(turn.actor, customer.owner_id)
    return policy.may("hand_over_deal", held)


def _tell(turn: Turn, parts: Parts, someone: User, former: int, customer: Customer) -> None:
    facts = {"name": turn.actor.user.name, "to": someone.name, "parts": parts}
    notes = {former: "deal_handed_over_told", customer.owner_id: "deal_handed_over_told", someone.id: "deal_given_told"}
    for user_id, key in notes.items():
        if user_id != turn.actor.id:
            turn.notes.append(Note(user_id, Outcome(key, facts, wrote=False)))


async def _deal(turn: Turn, reading: Reading) -> tuple[Deal, Stage, Customer] | Ask:
    """The deal meant with its customer: known, the only one that fits, or which. Raises NoDeal."""
    said, called = reading.slots, str(reading.slots.get("called", ""))
    if "customer" not in said and "deal" not in turn.decisions:
        fitting = await open_deals_called(turn.session, turn.actor, called, CHOICES + 1) if called else []
        return await _one_of(turn, reading, fitting, called)
    if "deal" in turn.decisions and "customer" not in said:
        deal = await turn.ledger.get(Deal, int(turn.decisions["deal"]))
        said = {**said, "customer": Mention("", deal.customer_id if deal else 0)}
    customer = await customer_of(turn, replace(reading, slots=said), "see")
    if isinstance(customer, Ask):
        return customer
    known = await deals_known(turn, customer.id)
    key = turn.decisions.get("deal") or (said["deal"].key if "deal" in said else None)
    if key is not None:
        return next(((deal, stage, customer) for deal, stage in known if deal.id == int(key)), None) or _none(
            customer.name
        )
    opened = [(deal, stage) for deal, stage in known if stage.outcome == "open"]
    named = [one for one in opened if fold(called) in fold(one[0].name)] if called else opened
    focused = [one for one in named if one[0].id == turn.chat.focus_deal_id]
    return await _one_of(turn, reading, focused or named, customer.name)


def _none(name: str) -> tuple[Deal, Stage, Customer]:
    raise NoDeal(customer=name)


async def _one_of(
    turn: Turn, reading: Reading, found: list[tuple[Deal, Stage]], name: str
) -> tuple[Deal, Stage, Customer] | Ask:
    if not found:
        raise NoDeal(customer=name)
    if len(found) == 1:
        deal, stage = found[0]
        return deal, stage, await customer_for(turn.session, turn.actor, deal.customer_id)
    choices = tuple(
        Choice("choose_deal", {"deal": deal.id}, {"parts": Parts((deal.name, stage.names, deal.amount))})
        for deal, stage in found[:CHOICES]
    )
    return Ask("which_deal", reading, choices, f"deal_to_hand_over:{name}", {"customer": name, "name": name})
