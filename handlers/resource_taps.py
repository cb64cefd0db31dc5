"""The answer of whoever was asked to help: they take it on, or cannot and whoever asked is told who else is free."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from crm.customers import Collaborator, Customer
from crm.errors import CustomerGone
from crm.policy import Actor
from crm.tasks import Task
from crm.users import User
from handlers import post
from handlers.ask_for_resource import OFFERED, ROLES, busy_entry, request
from handlers.cards import blocks_of, buttons_of
from handlers.entries import keep
from handlers.look import show_anew
from handlers.queries.pages import brief, in_rows, look_at_customer
from handlers.turn import Entry, Note, Turn
from storage.busy import busy_on
from storage.customers import customer_for
from storage.people import actor_for
from storage.sharing import shares_of
from storage.tasks import has_open_task
from talk.catalogue import say
from talk.message import Offer, Outcome


async def resource_tapped(turn: Turn, facts: Mapping[str, Any]) -> None:
    """Take it on, or say that one cannot; whoever asked must still have the right. Raises CustomerGone, NotAllowed."""
    asker = await turn.ledger.get(User, facts["asker"])
    if asker is None or not asker.is_active:
        raise CustomerGone
    customer = await _still(turn, await actor_for(turn.session, asker), facts["customer"])
    day = date.fromisoformat(facts["day"])
    if facts["answer"] == "resource_yes":
        await _accept(turn, customer, asker, day, facts.get("deal"))
    else:
        await _decline(turn, customer, asker, day, facts)


async def other_tapped(turn: Turn, facts: Mapping[str, Any]) -> None:
    """Whoever asked asks somebody else. Raises NotAllowed, CustomerGone, NoSuchColleague."""
    customer = await _still(turn, turn.actor, facts["customer"])
    user = await request(turn, customer, facts["user"], {"day": facts["day"], "role": facts.get("role")})
    told = {"user": user.name, "customer": customer.name, "day": date.fromisoformat(facts["day"])}
    await post.answer_tap(turn)
    await show_anew(turn, [Outcome("resource_asked", told, (), customer.id, wrote=False)])


async def _still(turn: Turn, asker: Actor, key: int) -> Customer:
    return await customer_for(turn.session, asker, key, "share_customer")


async def _accept(turn: Turn, customer: Customer, asker: User, day: date, deal_id: int | None) -> None:
    """They work on the customer from now on, and have a task for that day."""
    title = say("resource_task", turn.reader, {"customer": brief(customer.name)})
    if await has_open_task(turn.session, turn.actor.id, customer.id, day, title):
        await post.answer_tap(turn)
        await show_anew(turn, [Outcome("answered_already", wrote=False)])
        return
    if customer.owner_id != turn.actor.id and not await shares_of(turn.session, customer.id, turn.actor.id):
        await turn.ledger.add(Collaborator(customer.id, turn.actor.id, deal_id))
    task = Task(title, turn.actor.id, asker.id, turn.ledger.now, due_on=day, customer_id=customer.id, deal_id=deal_id)
    await turn.ledger.add(task)
    told = {"user": turn.actor.user.name, "customer": customer.name, "day": day, "task": f"#{task.id}"}
    for user_id in dict.fromkeys((asker.id, customer.owner_id)):
        if user_id != turn.actor.id:
            offers = ((look_at_customer(customer),),)
            turn.notes.append(Note(user_id, Outcome("resource_accepted", told, wrote=False, offers=offers)))
    done = Outcome("resource_taken_on", told, (), customer.id)
    card = await keep(turn, [Entry(0, None, (done,))])
    await post.answer_tap(turn)
    rows = buttons_of(turn, [done], turn.incoming.id, card)
    await post.reply(turn, blocks_of([done], turn.reader, card), rows, card=card)


async def _decline(turn: Turn, customer: Customer, asker: User, day: date, facts: Mapping[str, Any]) -> None:
    roles = (facts["role"],) if facts.get("role") else ROLES
    others = [one for one in await busy_on(turn.session, roles, day) if one.user.id not in (turn.actor.id, asker.id)]
    again = {"customer": customer.id, "day": facts["day"], "role": facts.get("role")}
    offers = [
        Offer("resource_choice", "resource_other", {**again, "user": one.user.id}, {"parts": busy_entry(one)})
        for one in others[:OFFERED]
    ]
    told = {"user": turn.actor.user.name, "customer": customer.name, "day": day}
    key = "resource_declined" if offers else "resource_declined_nobody_else"
    turn.notes.append(Note(asker.id, Outcome(key, told, wrote=False, offers=in_rows(offers, 1))))
    await post.answer_tap(turn)
    await show_anew(turn, [Outcome("resource_refused", {"name": asker.name}, wrote=False)])
