"""Somebody works on a customer with its owner from now on, or no longer; both are told."""

from __future__ import annotations

from dataclasses import replace

from crm import policy
from crm.customers import Collaborator, Customer
from crm.errors import NotFound
from crm.users import User
from handlers.colleague_of import colleague_of
from handlers.customer_of import customer_of
from handlers.queries.pages import look_at_customer
from handlers.turn import Ask, Note, Result, Turn
from nlu.rule import Mention, Reading
from storage.sharing import shares_of
from talk.message import Outcome


async def share_customer(turn: Turn, reading: Reading) -> list[Result]:
    """Share the customers told, or end it. Raises NoSuchColleague, NotFound, NotAllowed (masked), CustomerGone."""
    user = await colleague_of(turn, reading, "user")
    if isinstance(user, Ask):
        return [user]
    return [await _one(turn, reading, mention, user) for mention in reading.slots["customers"]]


async def _one(turn: Turn, reading: Reading, mention: Mention, user: User) -> Result:
    if mention.key is None and not mention.candidates:
        raise NotFound(name=mention.text)
    is_ended = bool(reading.slots.get("is_ended"))
    leaves = is_ended and user.id == turn.actor.id  # whoever works on it with others may leave of themselves
    one = replace(reading, slots={**reading.slots, "customer": mention, "customers": (mention,)})
    customer = await customer_of(turn, one, "see" if leaves else "share_customer")
    if isinstance(customer, Ask):
        return customer
    return await end_share(turn, customer, user) if is_ended else await share(turn, customer, user)


async def share(turn: Turn, customer: Customer, user: User, deal_id: int | None = None) -> Outcome:
    """Share a customer with somebody; the policy has let the speaker."""
    facts = {"customer": customer.name, "user": user.name, "name": turn.actor.user.name}
    known = await shares_of(turn.session, customer.id, user.id)
    if user.id == customer.owner_id or any(row.chat_id is None and row.deal_id in (None, deal_id) for row in known):
        key = "owner_already" if user.id == customer.owner_id else "shared_already"
        return Outcome(key, facts, (), customer.id, wrote=False)
    await turn.ledger.add(Collaborator(customer.id, user.id, deal_id))
    open_card = ((look_at_customer(customer),),)
    _tell(turn, user.id, Outcome("shared_with_you", facts, wrote=False, offers=open_card))
    _tell(turn, customer.owner_id, Outcome("shared_told", facts, wrote=False))
    return Outcome("customer_shared", facts, (), customer.id)


async def end_share(turn: Turn, customer: Customer, user: User) -> Outcome:
    """End what was shared in words; what a group's membership gives ends with that."""
    facts = {"customer": customer.name, "user": user.name, "name": turn.actor.user.name}
    known = await shares_of(turn.session, customer.id, user.id)
    told = [row for row in known if row.chat_id is None]
    if not told:
        return Outcome("shared_by_group" if known else "not_shared", facts, (), customer.id, wrote=False)
    for row in told:
        turn.ledger.set(row, withdrawn_at=turn.ledger.now)
    key = "share_ended_by_group" if len(told) < len(known) else "share_ended"
    _tell(turn, user.id, Outcome("share_ended_for_you", facts, wrote=False))
    _tell(turn, customer.owner_id, Outcome("share_ended_told", facts, wrote=False))
    return Outcome(key, facts, (), customer.id if _still_sees(turn, customer, user) else None)


def _still_sees(turn: Turn, customer: Customer, user: User) -> bool:
    """Whether the speaker sees the customer without the share that ended."""
    return user.id != turn.actor.id or policy.may("see", policy.relations(turn.actor, customer.owner_id))


def _tell(turn: Turn, user_id: int, told: Outcome) -> None:
    if user_id != turn.actor.id:
        turn.notes.append(Note(user_id, told))
