"""A tap on a button: bound to whom it was shown to; what it may still do is read from the record, not the button."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from crm.changes import Card
from crm.errors import CrmError, NothingToUndo
from handlers import post
from handlers.answers import take
from handlers.approvals import decide, may_decide
from handlers.ask_owner import ask_owner_tapped, asked_tapped
from handlers.cards import blocks_of, buttons_of, offered, show_card
from handlers.change_fields import card_tapped, field_tapped, fields_tapped
from handlers.customer_card import customer_card
from handlers.entries import about, lines_of
from handlers.export_list import export_tapped
from handlers.focus import keep_focus
from handlers.forget_short_name import forget_tapped
from handlers.gate import obey_at_tap
from handlers.groups.bind_group import bind_tapped
from handlers.groups.share_group import keep_tapped, share_tapped
from handlers.hand_over_taps import to_tapped, whom_tapped
from handlers.import_customers import import_tapped
from handlers.keep_contact import keep_contact_tapped
from handlers.learn_short_name import settle_tapped
from handlers.look import look
from handlers.push_deal_taps import push_nudge_deal, push_seen_deal, push_step
from handlers.push_taps import push_all, push_done, push_give, push_given, push_later, push_nudge, push_seen
from handlers.redo_changes import redo_all
from handlers.refile import elsewhere_tapped
from handlers.reject_customer import rejected_tapped
from handlers.resource_taps import other_tapped, resource_tapped
from handlers.set_digest import digest_tapped
from handlers.set_language import choose_language
from handlers.show_definitions import definitions_tapped
from handlers.show_files import files_tapped
from handlers.stored import revived
from handlers.task_taps import task_accept, task_trouble
from handlers.turn import Turn, Waiting
from handlers.undo_changes import undo_message
from storage.cards import button_of, locked_card
from storage.customers import customer_for
from talk.catalogue import say
from talk.message import Line, Outcome
from talk.views import outcome_blocks


async def tap(turn: Turn) -> None:
    """Do what the button means, once; else say politely why not. The tap itself is answered in every case."""
    stored = await button_of(turn.session, turn.incoming.button)
    if stored is None:
        await _refuse(turn, "button_unknown")
        return
    if stored.user_id != turn.actor.id:
        await _refuse(turn, "button_not_yours")
        return
    try:
        async with turn.ledger.savepoint():
            await TAPS[stored.action](turn, stored.facts)
            await obey_at_tap(turn)
    except NothingToUndo:
        await _refuse(turn, "undone_already")
    except CrmError as refusal:
        await post.answer_tap(
            turn, tuple(outcome_blocks(Outcome(refusal.key, refusal.facts), turn.reader)), is_alert=True
        )


async def _refuse(turn: Turn, key: str) -> None:
    await post.answer_tap(turn, (Line(say(key, turn.reader)),), is_alert=True)


async def _answer(turn: Turn, facts: Mapping[str, Any]) -> None:
    card = await _open_card(turn, facts, at_superior=False)
    if card is None:
        return
    if not await take(turn, card, facts["group"], revived(facts["decision"])):
        await _refuse(turn, "superior_unreachable")
        return
    await post.answer_tap(turn)
    await show_card(turn, card)


async def _approve(turn: Turn, facts: Mapping[str, Any]) -> None:
    card = await _open_card(turn, facts, at_superior=True)
    if card is None:
        return
    if not await may_decide(turn, card, facts["group"]):
        await _refuse(turn, "button_not_yours")
        return
    await post.answer_tap(turn)
    await decide(turn, card, facts["group"], revived(facts["decision"]))


async def _open_card(turn: Turn, facts: Mapping[str, Any], *, at_superior: bool) -> Card | None:
    """The card of a button where it still waits for this side, for what was asked then; else the refusal is said."""
    card = await locked_card(turn.session, facts["card"])
    if card is not None and (card.state == "expired" or _is_late(card, turn)):
        await _refuse(turn, "approval_expired" if at_superior else "question_expired")
        return None
    if card is None or card.state != "open" or not _waits(card, facts, at_superior):
        await _refuse(turn, "answered_already")
        return None
    return card


def _is_late(card: Card, turn: Turn) -> bool:
    return card.state == "open" and card.expires_at is not None and card.expires_at <= turn.ledger.now


def _waits(card: Card, facts: Mapping[str, Any], at_superior: bool) -> bool:
    waiting = [line for line in lines_of(card) if isinstance(line, Waiting) and line.ask.group == facts["group"]]
    return any(bool(line.at_superior) is at_superior and about(line.ask) == facts["about"] for line in waiting)


async def _undo(turn: Turn, facts: Mapping[str, Any]) -> None:
    outcome = await undo_message(turn, facts["inbox"])
    await post.answer_tap(turn)
    await post.reply(turn, tuple(outcome_blocks(outcome, turn.reader)), tuple(offered(turn, outcome)))


async def _redo(turn: Turn, facts: Mapping[str, Any]) -> None:
    outcome, cards = await redo_all(turn, facts["by"])
    await post.answer_tap(turn)
    blocks = tuple(outcome_blocks(outcome, turn.reader))
    if len(cards) != 1:
        await post.reply(turn, blocks)
        return
    lines = lines_of(cards[0])
    rows = buttons_of(turn, lines, cards[0].inbox_id, cards[0])
    await post.reply(turn, (*blocks, *blocks_of(lines, turn.reader, cards[0])), rows, card=cards[0])


async def _customer(turn: Turn, facts: Mapping[str, Any]) -> None:
    customer = await customer_for(turn.session, turn.actor, facts["customer"])
    await keep_focus(turn, [customer.id])
    outcome = await customer_card(turn, customer)
    await post.answer_tap(turn)
    await post.send(
        turn, turn.chat, "reply", tuple(outcome_blocks(outcome, turn.reader)), tuple(offered(turn, outcome))
    )


TAPS: dict[str, Callable[[Turn, Mapping[str, Any]], Awaitable[None]]] = {
    "answer": _answer,
    "approve": _approve,
    "undo": _undo,
    "redo": _redo,
    "fields": fields_tapped,
    "field": field_tapped,
    "card": card_tapped,
    "customer": _customer,
    "keep_contact": keep_contact_tapped,
    "forget_name": forget_tapped,
    "settle_name": settle_tapped,
    "reject_customer": rejected_tapped,
    "ask_owner": ask_owner_tapped,
    "asked": asked_tapped,
    "resource": resource_tapped,
    "resource_other": other_tapped,
    "hand_over_whom": whom_tapped,
    "hand_over_to": to_tapped,
    "import": import_tapped,
    "look": look,
    "language": choose_language,
    "digest": digest_tapped,
    "definitions": definitions_tapped,
    "files": files_tapped,
    "export": export_tapped,
    "files_elsewhere": elsewhere_tapped,
    "task_accept": task_accept,
    "task_trouble": task_trouble,
    "push_done": push_done,
    "push_later": push_later,
    "push_give": push_give,
    "push_given": push_given,
    "push_seen": push_seen,
    "push_nudge": push_nudge,
    "push_all": push_all,
    "push_step": push_step,
    "push_seen_deal": push_seen_deal,
    "push_nudge_deal": push_nudge_deal,
    "group_bind": bind_tapped,
    "group_share": share_tapped,
    "group_keep": keep_tapped,
}
