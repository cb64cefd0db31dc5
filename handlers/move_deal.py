"""Move a deal through its pipeline: conditions, confirmation, and the superior who may wave it through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from crm import policy
from crm.deals import TAPPED_FACTS, Deal, DealFact, StageChange, check_move
from crm.errors import NoSuchStage
from crm.money import Money
from crm.pipelines import Stage, missing_facts
from crm.write_policies import DEFAULTS
from handlers.turn import Ask, Choice, Result, Turn
from nlu.rule import Amount, Reading
from storage.deals import all_stages, facts_of, known_of, stages_of
from storage.people import nearest_superior
from talk.message import Outcome, Word

LOST_REASONS = ("price", "competitor", "budget_cut", "no_decision", "relationship")


async def move(turn: Turn, reading: Reading, deal: Deal, stage: Stage) -> list[Result]:
    """Move the deal to the stage that the reading names, or ask what the move waits for.

    Raises NoSuchStage, SameStage, DealClosed.
    """
    stages = await stages_of(turn.session, deal.pipeline_id)
    goal = next((one for one in stages if one.key == reading.slots["stage"]), None)
    if goal is None:
        named = {one.key: one.names for one in await all_stages(turn.session)}
        raise NoSuchStage(deal=deal.name, stage=named.get(reading.slots["stage"], reading.slots["stage"]))
    check_move(deal, stage, goal)
    waiting = _waiting(reading, deal, goal)
    if goal.outcome == "open" or turn.decisions.get("confirmed"):
        await _state(turn, deal, goal, reading)
        missing = missing_facts(stages, stage, goal, await known_of(turn.session, deal))
        if missing and not turn.decisions.get("waved_by"):
            return [await _ask_missing(turn, waiting, deal, goal, missing)]
    elif DEFAULTS[goal.outcome] != "auto":
        return [_ask_confirm(waiting, deal, goal)]
    return [await _moved(turn, deal, stage, goal)]


def _waiting(reading: Reading, deal: Deal, goal: Stage) -> Reading:
    """What is left of the reading once everything but the move is written."""
    kept = ("customer", "deal", "stage", *(("amount", "lost_reason") if goal.outcome != "open" else ()))
    return replace(reading, slots={name: reading.slots[name] for name in kept if name in reading.slots})


async def _state(turn: Turn, deal: Deal, goal: Stage, reading: Reading) -> None:
    """Write what the message or the taps say towards the conditions of the goal."""
    for key in turn.decisions.get("facts", ()):
        await state(turn, deal, key)
    for key, value in turn.decisions.get("values", {}).items():
        if isinstance(value, Money):
            turn.ledger.set(deal, amount_minor=value.minor, currency=value.currency)
        else:
            await state(turn, deal, key, value)
    if goal.outcome == "won":
        amount: Amount | None = reading.slots.get("amount")
        if amount is not None:
            turn.ledger.set(deal, amount_minor=amount.low.minor, currency=amount.low.currency)
        # 签了 says that it is signed; with no other day told that is the day it was told on.
        await state(turn, deal, "contract_date", turn.today)
    reason = turn.decisions.get("lost_reason") or reading.slots.get("lost_reason")
    if goal.outcome == "lost" and reason:
        turn.ledger.set(deal, lost_reason=str(reason))
    await turn.session.flush()


async def state(turn: Turn, deal: Deal, key: str, value: date | str = "") -> None:
    """Keep a named fact of the deal, unless it is known with that value."""
    text = value.isoformat() if isinstance(value, date) else value
    known = (await facts_of(turn.session, deal.id)).get(key)
    if known is None or known.value != text:
        await turn.ledger.add(DealFact(deal.id, key, turn.ledger.now, turn.actor.id, text))


def _ask_confirm(waiting: Reading, deal: Deal, goal: Stage) -> Ask:
    facts: Mapping[str, Any] = {"deal": deal.name, "stage": goal.names}
    group = f"close:{deal.id}"
    if goal.outcome == "lost" and not waiting.slots.get("lost_reason"):
        reasons = [
            Choice("lost_because", {"confirmed": True, "lost_reason": key}, {"reason": Word(f"lost_{key}")})
            for key in LOST_REASONS
        ]
        choices = (*reasons, Choice("leave_it", {"dropped": True}))
        return Ask("why_lost", waiting, choices, group, facts, slot="lost_reason", customer=deal.customer_id)
    choices = (Choice(f"confirm_{goal.outcome}", {"confirmed": True}), Choice("leave_it", {"dropped": True}))
    return Ask("close_waits", waiting, choices, group, facts, customer=deal.customer_id)


async def _ask_missing(turn: Turn, waiting: Reading, deal: Deal, goal: Stage, missing: list[str]) -> Ask:
    choices = [
        Choice("fact_holds", {"facts": [key]}, {"fact": Word(f"fact_{key}")}) for key in missing if key in TAPPED_FACTS
    ]
    if policy.may("wave_through", policy.relations(turn.actor, deal.owner_id)):
        choices.append(Choice("wave_through", {"waved_by": turn.actor.id}))
    else:
        superior = await nearest_superior(turn.session, turn.actor.user)
        if superior is not None:
            choices.append(Choice("ask_superior", {"ask": superior.id}, {"name": superior.name}))
    facts = {"deal": deal.name, "stage": goal.names, "missing": [Word(f"give_{key}") for key in missing]}
    slot = next((f"fact:{key}" for key in missing if key not in TAPPED_FACTS), "")
    return Ask("move_lacks", waiting, tuple(choices), f"move:{deal.id}", facts, slot, customer=deal.customer_id)


async def _moved(turn: Turn, deal: Deal, stage: Stage, goal: Stage) -> Outcome:
    waved_by = turn.decisions.get("waved_by")
    # The stage change first: put back in reverse, the deal's own stage tells whether the move may go.
    await turn.ledger.add(StageChange(deal.id, stage.id, goal.id, turn.ledger.now, turn.actor.id, waved_by))
    turn.known.clear()
    closed_at = turn.ledger.now if goal.outcome != "open" else None
    turn.ledger.set(deal, stage_id=goal.id, closed_at=closed_at)
    facts: dict[str, Any] = {"deal": deal.name, "before": stage.names, "after": goal.names}
    fields: tuple[tuple[str, Any], ...] = ()
    if goal.outcome == "won":
        fields = (("label_amount", deal.amount),)
    if goal.outcome == "lost":
        fields = (("label_lost_reason", _reason(deal.lost_reason)),)
    return Outcome("deal_moved" if goal.outcome == "open" else f"deal_{goal.outcome}", facts, fields, deal.customer_id)


def _reason(text: str) -> Any:
    return Word(f"lost_{text}") if text in LOST_REASONS else text
