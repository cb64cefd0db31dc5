"""The buttons under a silent deal: a next step, handled, pressed for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from crm.customers import Customer
from crm.deals import Deal
from crm.errors import CustomerGone
from crm.pushes import SILENT
from handlers import post
from handlers.look import answer_below, show_anew
from handlers.turn import Note, Turn
from nlu.company_forms import without_form
from nlu.rule import Mention, Reading, When
from storage.customers import customer_for
from storage.pushes import forget_waiting
from talk.catalogue import say
from talk.message import Offer, Outcome

DAY = timedelta(days=1)


async def push_step(turn: Turn, facts: Mapping[str, Any]) -> None:
    """A task to follow it up, tomorrow or on the Monday to come; its card comes below and can be put back."""
    customer, deal = await _about(turn, facts)
    ahead = DAY if facts["by"] == "day" else DAY * (7 - turn.today.weekday())
    what = f"{without_form(customer.name)} {deal.name}" if deal else without_form(customer.name)
    slots = {"title": say("follow_up_title", turn.reader, {"what": what}), "due": When(on=turn.today + ahead)}
    await answer_below(turn, Reading("create_task", {**slots, "customer": Mention(customer.name, customer.id)}))


async def push_seen_deal(turn: Turn, facts: Mapping[str, Any]) -> None:
    """A superior has taken care of it: nobody further up is told, the owner hears so."""
    customer, deal = await _about(turn, facts)
    if deal is not None:
        await forget_waiting(turn.session, SILENT, [deal.id])
    told = {"name": turn.actor.user.name, "what": deal.name if deal else customer.name}
    _tell_owner(turn, customer, deal, Outcome("deal_seen_told", told, wrote=False))
    await post.answer_tap(turn)
    await show_anew(turn, [Outcome("deal_seen", told, wrote=False)])


async def push_nudge_deal(turn: Turn, facts: Mapping[str, Any]) -> None:
    """The owner is asked in the superior's name how it is going, with a step to tap."""
    customer, deal = await _about(turn, facts)
    told = {"name": turn.actor.user.name, "what": deal.name if deal else customer.name}
    steps = tuple(Offer(f"push_step_{by}", "push_step", {**facts, "by": by}) for by in ("day", "monday"))
    _tell_owner(turn, customer, deal, Outcome("deal_nudged_told", told, wrote=False, offers=(steps,)))
    await post.answer_tap(turn)
    seen = (Offer("push_seen", "push_seen_deal", dict(facts)),)
    await show_anew(turn, [Outcome("deal_nudged", told, wrote=False, offers=(seen,))])


def _tell_owner(turn: Turn, customer: Customer, deal: Deal | None, outcome: Outcome) -> None:
    owner = deal.owner_id if deal else customer.owner_id
    if owner != turn.actor.id:
        turn.notes.append(Note(owner, outcome))


async def _about(turn: Turn, facts: Mapping[str, Any]) -> tuple[Customer, Deal | None]:
    """The customer and deal of a button, with the rights of now. Raises CustomerGone, NotAllowed."""
    customer = await customer_for(turn.session, turn.actor, facts["customer"])
    deal = await turn.ledger.get(Deal, facts.get("deal"))
    if deal is not None and deal.withdrawn_at is not None:
        raise CustomerGone
    return customer, deal
