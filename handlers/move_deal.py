"""Move a deal through its pipeline: conditions, confirmation, and the superior who may wave it through."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from crm import policy
from crm.deals import TAPPED_FACTS, Deal, DealFact, StageChange, check_move
from crm.errors import NoSuchStage
from crm.money import Money, check_sum
from crm.pipelines import Stage, missing_facts
from crm.users import User
from handlers.gate import TAKE_OR_LEAVE, in_word
from handlers.known import remember_deal
from handlers.turn import Ask, Choice, Result, Turn
from nlu.rule import Amount, Reading
from storage.customers import customer_name
from storage.deals import all_stages, facts_of, known_of, stages_of
from storage.people import nearest_superior
from talk.message import Outcome, Parts, Word

LOST_REASONS = ("price", "competitor", "budget_cut", "no_decision", "relationship")


async def move(turn: Turn, reading: Reading, deal: Deal, stage: Stage) -> list[Result]:
    """Move the deal to the stage that the reading names, or ask what the move waits for.

    Raises NoSuchStage, SameStage, DealClosed, InvalidValue, all before anything is written.
    """
    stages = await stages_of(turn.session, deal.pipeline_id)
    goal = next((one for one in stages if one.key == reading.slots["stage"]), None)
    if goal is None:
        named = {one.key: one.names for one in await all_stages(turn.session)}
        raise NoSuchStage(deal=deal.name, stage=named.get(reading.slots["stage"], reading.slots["stage"]))
    check_move(deal, stage, goal)
    reason = str(turn.decisions.get("lost_reason") or reading.slots.get("lost_reason") or "")
    waiting = _waiting(reading, deal, goal)
    if goal.outcome == "lost" and not reason:
        return [_ask_why(turn, waiting, deal, goal)]  # nothing is lost without a reason, whoever waves
    word = await in_word(turn, [_kind(goal)], deal.owner_id, _ask_word(waiting, deal, stage, goal))
    if word is not None and goal.outcome != "open":
        return [word]
    results = await _state(turn, deal, goal, reading, reason)
    # 签了 says that it is signed: with no other day told, that is the day it was told on.
    known = await known_of(turn.session, deal) | ({"contract_date"} if goal.outcome == "won" else set())
    missing = missing_facts(stages, stage, goal, known)
    if missing and not turn.decisions.get("waved_by"):
        return [*results, await _ask_missing(turn, waiting, deal, goal, missing)]
    if word is not None:
        return [*results, word]
    return [*results, await _moved(turn, deal, stage, goal)]


def _waiting(reading: Reading, deal: Deal, goal: Stage) -> Reading:
    """What is left of the reading once everything but the move is written."""
    closing = {"won": ("amount",), "lost": ("lost_reason",)}.get(goal.outcome, ())
    kept = ("customer", "deal", "stage", *closing)
    return replace(reading, slots={name: reading.slots[name] for name in kept if name in reading.slots})


async def _state(turn: Turn, deal: Deal, goal: Stage, reading: Reading, reason: str) -> list[Result]:
    """Write what the message, the taps and the answers say towards the conditions of the goal: a line each."""
    told = dict.fromkeys(turn.decisions.get("facts", ()), "") | dict(turn.decisions.get("values", {}))
    amount: Amount | None = reading.slots.get("amount")
    if goal.outcome == "won" and amount is not None:
        turn.ledger.set(deal, amount_minor=amount.low.minor, currency=amount.low.currency)
    if goal.outcome == "lost":
        turn.ledger.set(deal, lost_reason=reason)
    for value in told.values():
        if isinstance(value, Money):
            check_sum(value)
    stated = [key for key, value in told.items() if await _keep(turn, deal, key, value)]
    return [
        Outcome("fact_stated", {"parts": Parts((deal.name, Word(f"fact_{key}"), told[key]))}, (), deal.customer_id)
        for key in stated
    ]


async def _keep(turn: Turn, deal: Deal, key: str, value: Any) -> bool:
    if isinstance(value, Money):
        return turn.ledger.set(deal, amount_minor=value.minor, currency=value.currency)
    return await state(turn, deal, key, value)


async def state(turn: Turn, deal: Deal, key: str, value: date | str = "") -> bool:
    """Keep a named fact of the deal; False where it is known so, or told again without its value."""
    text = value.isoformat() if isinstance(value, date) else value
    known = (await facts_of(turn.session, deal.id)).get(key)
    if known is not None and text in ("", known.value):
        return False
    await turn.ledger.add(DealFact(deal.id, key, turn.ledger.now, turn.actor.id, text))
    return True


def _kind(goal: Stage) -> str:
    """The kind of write that entering a stage is."""
    return "move" if goal.outcome == "open" else goal.outcome


def _ask_word(waiting: Reading, deal: Deal, stage: Stage, goal: Stage) -> Ask:
    facts = {"deal": deal.name, "before": stage.names, "stage": goal.names}
    if goal.outcome == "open":
        return Ask("move_waits", waiting, TAKE_OR_LEAVE, "write", facts, customer=deal.customer_id)
    choices = (Choice(f"confirm_{goal.outcome}", {"confirmed": True}), Choice("leave_open", {"dropped": True}))
    return Ask("close_waits", waiting, choices, f"close:{deal.id}", facts, customer=deal.customer_id)


def _ask_why(turn: Turn, waiting: Reading, deal: Deal, goal: Stage) -> Ask:
    told = str(turn.decisions.get("proposed_reason") or "")
    reasons = (*([_because(told)] if told else []), *map(_because, LOST_REASONS))
    choices = (*reasons, Choice("leave_open", {"dropped": True}))
    facts = {"deal": deal.name, "stage": goal.names}
    return Ask("why_lost", waiting, choices, f"close:{deal.id}", facts, "lost_reason", customer=deal.customer_id)


def _because(reason: str) -> Choice:
    return Choice("lost_because", {"confirmed": True, "lost_reason": reason}, {"reason": _reason(reason)})


def _reason(text: str) -> Any:
    return Word(f"lost_{text}") if text in LOST_REASONS else text


async def _ask_missing(turn: Turn, waiting: Reading, deal: Deal, goal: Stage, missing: list[str]) -> Ask:
    choices = [
        Choice("fact_holds", {"facts": [key]}, {"fact": Word(f"fact_{key}")}) for key in missing if key in TAPPED_FACTS
    ]
    if policy.may("wave_through", policy.relations(turn.actor, deal.owner_id)):
        choices.append(Choice("wave_through", {"waved_by": turn.actor.id}))
    else:
        owner = await turn.ledger.get(User, deal.owner_id)
        superior = await nearest_superior(turn.session, owner) if owner else None
        choices += [Choice("ask_superior", {"ask": True}, {"name": superior.name})] if superior else []
    facts = {
        "customer": await customer_name(turn.session, deal.customer_id),
        "deal": deal.name,
        "stage": goal.names,
        "missing": [Word(f"give_{key}") for key in missing],
        "lacks": [Word(f"lack_{key}") for key in missing],
    }
    slot = next((f"fact:{key}" for key in missing if key not in TAPPED_FACTS), "")
    return Ask("move_lacks", waiting, tuple(choices), f"move:{deal.id}", facts, slot, customer=deal.customer_id)


async def _moved(turn: Turn, deal: Deal, stage: Stage, goal: Stage) -> Outcome:
    if goal.outcome == "won" and "contract_date" not in await facts_of(turn.session, deal.id):
        await state(turn, deal, "contract_date", turn.today)
    # The stage change first: put back in reverse, the deal's own stage tells whether the move may go.
    waved_by = turn.decisions.get("waved_by")
    await turn.ledger.add(StageChange(deal.id, stage.id, goal.id, turn.ledger.now, turn.actor.id, waved_by))
    await remember_deal(turn, deal, goal)
    turn.ledger.set(deal, stage_id=goal.id, closed_at=turn.ledger.now if goal.outcome != "open" else None)
    facts = {"deal": deal.name, "before": stage.names, "after": goal.names}
    fields: tuple[tuple[str, Any], ...] = ()
    if goal.outcome == "won" and deal.amount is not None:
        fields = (("label_amount", deal.amount),)
    if goal.outcome == "lost":
        fields = (("label_lost_reason", _reason(deal.lost_reason)),)
    return Outcome("deal_moved" if goal.outcome == "open" else f"deal_{goal.outcome}", facts, fields, deal.customer_id)
