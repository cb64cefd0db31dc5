"""Whoever meets a colleague's customer asks them by a button: share it, hand it over, or no. The answer comes back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm.customers import Customer
from crm.errors import CustomerGone, NotAllowed
from crm.users import User
from handlers import post
from handlers.cards import blocks_of, buttons_of
from handlers.entries import keep, lines_in
from handlers.look import show_anew
from handlers.run import run_entry
from handlers.turn import Line, Note, Turn
from nlu.rule import Mention, Reading
from storage.customers import customer_for
from storage.people import nearest_superior
from storage.sharing import shares_of
from talk.message import Offer, Outcome
from talk.views import outcome_blocks


async def whom_to_ask(turn: Turn, customer_id: int) -> User | None:
    """Who may share a customer: its owner, in place of a leaver the nearest superior; None where there is nobody."""
    customer = await turn.ledger.get(Customer, customer_id)
    owner = await turn.ledger.get(User, customer.owner_id) if customer else None
    if owner is None or owner.is_active:
        return owner
    return await nearest_superior(turn.session, owner)


async def ask_owner(turn: Turn, customer_id: int, said: str, key: str = "colleague_asks") -> str:
    """Ask whoever may share a customer; their name. Raises CustomerGone."""
    customer = await turn.ledger.get(Customer, customer_id)
    asked = await whom_to_ask(turn, customer_id)
    if customer is None or customer.withdrawn_at is not None or asked is None:
        raise CustomerGone
    told = {"name": turn.actor.user.name, "said": said, "customer": customer.name}
    facts = {"customer": customer.id, "asker": turn.actor.id}
    row = tuple(
        Offer(f"button_{answer}", "asked", {**facts, "answer": answer}, told)
        for answer in ("asked_share", "asked_give", "asked_no")
    )
    turn.notes.append(Note(asked.id, Outcome(key, told, wrote=False, offers=(row,))))
    return asked.name


async def refused_with_offer(turn: Turn, refusal: NotAllowed, customer_id: int, said: str) -> Outcome:
    """A refusal that names who looks after a customer, with the button that asks them."""
    asked = await whom_to_ask(turn, customer_id)
    facts = {"customer": customer_id, "said": said}
    offers = ((Offer("ask_owner", "ask_owner", facts, {"owner": asked.name}),),) if asked else ()
    return Outcome(refusal.key, refusal.facts, wrote=False, offers=offers)


async def ask_owner_tapped(turn: Turn, facts: Mapping[str, Any]) -> None:
    """The button under a refusal. Raises CustomerGone."""
    name = await ask_owner(turn, facts["customer"], facts["said"], facts.get("key", "colleague_asks"))
    await post.answer_tap(turn)
    await show_anew(turn, [Outcome("owner_asked", {"owner": name}, wrote=False)], is_shared=bool(facts.get("shared")))


async def asked_tapped(turn: Turn, facts: Mapping[str, Any]) -> None:
    """The answer of whoever was asked, with the rights of now. Raises NotAllowed, CustomerGone."""
    customer = await customer_for(turn.session, turn.actor, facts["customer"], "share_customer")
    asker = await turn.ledger.get(User, facts["asker"])
    if asker is None or not asker.is_active:
        raise CustomerGone
    meant, to = (Mention(customer.name, customer.id),), Mention(asker.name, asker.id)
    if facts["answer"] == "asked_share":
        await _do(turn, Reading("share_customer", {"customers": meant, "user": to}))
    elif facts["answer"] == "asked_give":
        await _do(turn, Reading("hand_over_customers", {"customers": meant, "successor": to}))
    else:
        await _refuse(turn, customer, asker)


async def _refuse(turn: Turn, customer: Customer, asker: User) -> None:
    is_late = customer.owner_id == asker.id or bool(await shares_of(turn.session, customer.id, asker.id))
    if not is_late:
        told = {"name": turn.actor.user.name}
        turn.notes.append(Note(asker.id, Outcome("owner_said_no", told, wrote=False)))
    await post.answer_tap(turn)
    key = "answered_already" if is_late else "you_said_no"
    await show_anew(turn, [Outcome(key, {"name": asker.name}, wrote=False)])


async def _do(turn: Turn, reading: Reading) -> None:
    """Do what was asked; the card tells it in place of the question, and can be put back. A refusal leaves it asked."""
    entry = await run_entry(turn, 0, reading)
    lines: list[Line] = lines_in([entry])
    if not any(isinstance(line, Outcome) and line.wrote for line in lines):
        told = [block for line in lines if isinstance(line, Outcome) for block in outcome_blocks(line, turn.reader)]
        await post.answer_tap(turn, tuple(told), is_alert=True)
        return
    card = await keep(turn, [entry])
    await post.answer_tap(turn)
    rows = buttons_of(turn, lines, turn.incoming.id, card)
    await post.reply(turn, blocks_of(lines, turn.reader, card), rows, card=card)
