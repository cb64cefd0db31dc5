"""Customers go from one colleague to another: those named at once, all that somebody has by a list to choose from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from crm import policy
from crm.errors import BeyondYourTeam, NoSuchColleague, NotFound, NotYourPeople
from crm.hand_overs import by_worth
from crm.users import User
from handlers.colleague_of import colleague_of
from handlers.customer_of import customer_of
from handlers.hand_over_list import ask_how, step_taken
from handlers.handing_over import HandOver, hand_over
from handlers.turn import Ask, Result, Turn
from nlu.rule import Mention, Reading
from storage.hand_overs import Scope, holdings
from storage.people import nearest_superior, open_tasks_count
from talk.message import Outcome


async def hand_over_customers(turn: Turn, reading: Reading) -> list[Result]:
    """Write who looks after them now. Raises NoSuchColleague, NotYourPeople, NotAllowed, NotFound, BeyondYourTeam."""
    successor = await colleague_of(turn, reading, "successor")
    if isinstance(successor, Ask):
        return [successor]
    if reading.slots.get("customers"):
        return await _named(turn, reading, successor)
    former = await _former(turn, reading)
    if isinstance(former, Ask):
        return [former]
    await _check_successor(turn, former, successor)
    names = {"former": former.name, "to": successor.name}
    held = by_worth(await holdings(turn.session, turn.actor, Scope(former.id)))
    tasks = await open_tasks_count(turn.session, former.id)
    if former.id == successor.id or not (held or tasks):
        return [Outcome("nothing_to_hand_over", names, wrote=False)]
    slots = {**reading.slots, "former": Mention(former.name, former.id), "mine": False}
    step = step_taken(turn, replace(reading, slots=slots))
    if step.scope is None:
        return [ask_how(turn, step, held, tasks, names)]
    return await hand_over(turn, HandOver(Scope(former.id, step.scope.keys), successor))


async def _former(turn: Turn, reading: Reading) -> User | Ask:
    """Whose customers they are. Raises NotYourPeople where there is nobody of that name, or nobody of theirs."""
    if reading.slots.get("mine"):
        return turn.actor.user
    try:
        former = await colleague_of(turn, reading, "former", leavers=True)
    except NoSuchColleague as unknown:
        raise NotYourPeople(**unknown.facts) from unknown
    if isinstance(former, User):
        check_may(turn, former)
    return former


def check_may(turn: Turn, former: User) -> None:
    """Raise NotYourPeople unless the speaker may hand over what somebody looks after."""
    if not policy.may("hand_over_customer", policy.relations(turn.actor, former.id)):
        raise NotYourPeople(name=former.name)


async def _check_successor(turn: Turn, former: User, successor: User) -> None:
    """Whoever gives away their own gives it to a colleague of the same superior, or to that superior."""
    held = policy.relations(turn.actor, former.id)
    if held & {"admin", "superior"}:
        return
    mine = await nearest_superior(turn.session, turn.actor.user)
    theirs = await nearest_superior(turn.session, successor)
    if mine is None or (successor.id != mine.id and (theirs is None or theirs.id != mine.id)):
        raise BeyondYourTeam(name=successor.name)


async def _named(turn: Turn, reading: Reading, successor: User) -> list[Result]:
    """Those named are handed over at once: undoing is a tap."""
    keys: list[int] = []
    for mention in reading.slots["customers"]:
        one = replace(reading, slots={"customer": mention})
        if mention.key is None and not mention.candidates:
            raise NotFound(name=mention.text)
        customer = await customer_of(deciding(turn, mention), one, "hand_over_customer")
        if isinstance(customer, Ask):
            return [about_one(reading, mention, customer)]
        owner = await turn.ledger.get(User, customer.owner_id)
        await _check_successor(turn, owner or turn.actor.user, successor)
        if customer.owner_id != successor.id:
            keys.append(customer.id)
    if not keys:
        named = [mention.text for mention in reading.slots["customers"]]
        return [Outcome("customers_theirs_already", {"customers": named, "to": successor.name}, wrote=False)]
    return await hand_over(turn, HandOver(Scope(keys=tuple(dict.fromkeys(keys))), successor))


def deciding(turn: Turn, mention: Mention) -> Turn:
    """The turn with what was decided about one of several names, each asked about under its own."""
    told: Any = turn.decisions.get(f"customer:{mention.text}")
    return replace(turn, decisions={"customer": told} if told else {})


def about_one(reading: Reading, mention: Mention, ask: Ask) -> Ask:
    """The question about one of several names."""
    slot = f"customer:{mention.text}"
    choices = tuple(replace(choice, decision={slot: choice.decision.get("customer")}) for choice in ask.choices)
    return replace(ask, reading=reading, choices=choices, slot="")
