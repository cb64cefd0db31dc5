"""Customers change hands: what is written, and who hears of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crm import policy
from crm.customers import Customer
from crm.hand_overs import by_worth
from crm.users import User
from handlers.queries.pages import PAGE, brief, capped
from handlers.show_handed_over import handed_over_list
from handlers.turn import Note, Result, Turn
from nlu.rule import Reading
from storage.hand_overs import Belongings, Scope, belongings, drop_reminders, holdings
from storage.people import actor_for, nearest_superior, users_of
from storage.sharing import sharers_of
from talk.message import Count, Offer, Outcome, Parts, Phrase


@dataclass(frozen=True)
class HandOver:
    """Which customers go to whom."""

    scope: Scope
    successor: User


async def hand_over(turn: Turn, wanted: HandOver) -> list[Result]:
    """Write it, drop what the former owners were still to be told, and tell whom it concerns."""
    held = by_worth(await holdings(turn.session, turn.actor, wanted.scope))
    goes = await belongings(turn.session, turn.actor, wanted.scope)
    owners = {customer.id: customer.owner_id for customer in goes.customers}
    assignees = {task.assignee_id for task in goes.tasks}
    former = await users_of(turn.session, {*owners.values(), *assignees} - {wanted.successor.id})
    _write(turn, goes, wanted.successor)
    await turn.session.flush()
    turn.known.clear()
    await drop_reminders(turn.session, [user.id for user in former], list(owners))
    names = [brief(one.customer.name) for one in held]
    facts: dict[str, Any] = {
        "former": [user.name for user in former],
        "to": wanted.successor.name,
        "name": turn.actor.user.name,
        "counts": _counts(goes),
    }
    await _tell(turn, wanted, former, owners, facts)
    listed = capped([Parts((name,)) for name in names])
    fields = (("label_customers", list(listed)),) if names else ()
    about = next(iter(owners)) if len(owners) == 1 else None
    return [Outcome("customers_handed_over", facts, fields, about)]


def _write(turn: Turn, goes: Belongings, successor: User) -> None:
    """Customers last: whoever puts it back gets sight of them first."""
    for share in goes.shared:
        turn.ledger.set(share, withdrawn_at=turn.ledger.now)
    for task in goes.tasks:
        turn.ledger.set(task, assignee_id=successor.id, remind_at=None)
    for deal in goes.deals:
        turn.ledger.set(deal, owner_id=successor.id, shares_customer=False)
    for customer in goes.customers:
        turn.ledger.set(customer, owner_id=successor.id)


def _counts(goes: Belongings) -> Parts:
    counted = (
        (len(goes.customers), "count_customers"),
        (len(goes.deals), "count_open_deals"),
        (len(goes.tasks), "count_open_tasks"),
    )
    return Parts(tuple(Count(n, unit) for n, unit in counted if n))


async def _tell(
    turn: Turn, wanted: HandOver, former: Sequence[User], owners: dict[int, int], facts: dict[str, Any]
) -> None:
    """The successor gets the list with a brief each; the former owners, whom they are shared with, and the superior of
    those who had them hear of it, each once; a superior who may put it back gets the button.
    """
    told = {turn.actor.id}
    if wanted.successor.id not in told:
        turn.notes.append(Note(wanted.successor.id, await _for_successor(turn, wanted, former, owners, facts)))
        told.add(wanted.successor.id)
    for user in former:
        if user.id not in told:
            told.add(user.id)
            turn.notes.append(Note(user.id, Outcome("customers_handed_on", facts, wrote=False)))
    for user_id, keys in (await sharers_of(turn.session, list(owners))).items() if owners else ():
        if user_id not in told:
            told.add(user_id)
            turn.notes.append(Note(user_id, await _for_sharer(turn, keys, facts)))
    back = ((Offer("button_put_back", "undo", {"inbox": turn.ledger.inbox_id}),),)
    for user in former:
        superior = await nearest_superior(turn.session, user)
        if superior is not None and superior.id not in told:
            told.add(superior.id)
            key = _worded("customers_handed_over_told", turn, former)
            theirs = policy.relations(await actor_for(turn.session, superior), turn.actor.id)
            offers = back if policy.may("undo", theirs) else ()
            turn.notes.append(Note(superior.id, Outcome(key, facts, wrote=False, offers=offers)))


async def _for_successor(
    turn: Turn, wanted: HandOver, former: Sequence[User], owners: dict[int, int], facts: dict[str, Any]
) -> Outcome:
    theirs = await actor_for(turn.session, wanted.successor)
    if not owners:
        return Outcome("tasks_handed_to_you", facts, wrote=False)
    held = by_worth(await holdings(turn.session, theirs, Scope(keys=tuple(owners))))
    return handed_over_list(
        Phrase(_worded("customers_handed_to_you", turn, former), facts), held, Reading("show_handed_over"), 0
    )


def _worded(key: str, turn: Turn, former: Sequence[User]) -> str:
    """The words for customers of somebody else's, or of the speaker's own."""
    return f"own_{key}" if [user.id for user in former] == [turn.actor.id] else key


async def _for_sharer(turn: Turn, keys: Sequence[int], facts: dict[str, Any]) -> Outcome:
    found = [await turn.ledger.get(Customer, key) for key in keys[:PAGE]]
    names = [brief(customer.name) for customer in found if customer is not None]
    more = [Phrase("and_more", {"n": len(keys) - PAGE})] if len(keys) > PAGE else []
    return Outcome("shared_customers_handed_over", {**facts, "customers": [*names, *more]}, wrote=False)
