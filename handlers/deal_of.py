"""Which deal of a customer a reading means: named, the only open one, chosen, or new."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from crm.customers import Customer
from crm.deals import Deal, StageChange
from crm.errors import NoDeal
from crm.pipelines import Stage
from crm.visits import Visit
from handlers.known import deals_known, remember_deal
from handlers.turn import Ask, Choice, Turn
from nlu.rule import Mention, Reading
from storage.deals import pipeline_by_key, stages_of
from storage.visits import visits_of_message
from talk.catalogue import say
from talk.message import Parts

Found = tuple[Deal, Stage]


async def deal_of(turn: Turn, reading: Reading, customer: Customer) -> Found | Ask:
    """The deal with its stage, made where the message says it is new; else what to ask. Raises NoDeal."""
    mention: Mention | None = reading.slots.get("deal")
    decided = turn.decisions
    known = await deals_known(turn, customer.id)
    wanted = decided.get("deal") or (mention.key if mention else None)
    if wanted is not None:
        for deal, stage in known:
            if deal.id == int(wanted):
                return deal, stage
    if decided.get("new_deal"):
        return await create_deal(turn, customer, str(decided["new_deal"]))
    name = mention.text if mention else ""
    same = [found for found in known if found[0].name == name]
    if name and reading.slots.get("is_new") and not same:
        return await create_deal(turn, customer, name)
    opened = [found for found in known if found[1].outcome == "open"]
    if not reading.slots.get("is_new"):
        if same:
            return same[0]
        if not name and len(opened) == 1:
            return opened[0]
    return _ask_which(turn, reading, customer, known, name)


def _ask_which(turn: Turn, reading: Reading, customer: Customer, known: list[Found], name: str) -> Ask:
    """Which open deal, or a new one. Raises NoDeal where there is neither."""
    opened = [found for found in known if found[1].outcome == "open"]
    new = name or (say("new_deal_name", turn.reader) if reading.slots.get("is_new") else "")
    if not opened and not new:
        raise NoDeal(customer=customer.name)
    choices = [_choose(deal, stage) for deal, stage in opened[:4]]
    if new:
        new = _unused(new, {deal.name for deal, _ in known})
        choices.append(Choice("create_deal", {"new_deal": new}, {"name": new}))
    is_known = any(deal.name == name for deal, _ in known)
    key = "deal_not_known" if name and not is_known else "which_deal"
    facts = {"customer": customer.name, "name": name}
    waiting = replace(reading, slots={**reading.slots, "customer": Mention(customer.name, customer.id)})
    return Ask(key, waiting, tuple(choices), f"deal:{customer.id}:{name}", facts, customer=customer.id)


def _unused(name: str, used: set[str]) -> str:
    """The name, numbered where the customer has had a deal of it."""
    return next(new for number in count(1) if (new := name if number == 1 else f"{name} {number}") not in used)


def bound(reading: Reading, customer_id: int, deal: Deal) -> Reading:
    """The reading with customer and deal settled, as it waits in a question."""
    settled = {"customer": Mention("", customer_id), "deal": Mention(deal.name, deal.id), "is_new": False}
    return replace(reading, slots={**reading.slots, **settled})


def _choose(deal: Deal, stage: Stage) -> Choice:
    parts = Parts((deal.name, stage.names, deal.amount))
    return Choice("choose_deal", {"deal": deal.id, "confirmed": True}, {"parts": parts})


async def create_deal(turn: Turn, customer: Customer, name: str) -> Found:
    """A new deal at the first stage of the standard pipeline, unless another reading has made it just now."""
    for found in await deals_known(turn, customer.id):
        if found[0].name == name and turn.ledger.is_new(found[0]):
            return found
    pipeline = await pipeline_by_key(turn.session, "standard")
    stage = (await stages_of(turn.session, pipeline.id))[0]
    deal = await turn.ledger.add(
        Deal(
            customer_id=customer.id,
            name=name,
            pipeline_id=pipeline.id,
            stage_id=stage.id,
            owner_id=turn.actor.id,
            created_at=turn.ledger.now,
        )
    )
    for visit in await _told_with_it(turn, customer):
        turn.ledger.set(visit, deal_id=deal.id)
    opening = StageChange(deal.id, None, stage.id, turn.ledger.now, turn.actor.id)
    await turn.ledger.add(opening)
    await remember_deal(turn, deal, stage)
    return deal, stage


async def _told_with_it(turn: Turn, customer: Customer) -> list[Visit]:
    """The visits to the customer that this very message has told, and that belong to no deal yet."""
    now = [row["thing_id"] for row in turn.ledger.written() if row["thing"] == "visit" and not row["field"]]
    new = [visit for key in now if (visit := await turn.ledger.get(Visit, key)) is not None]
    told = [*await visits_of_message(turn.session, turn.ledger.inbox_id), *new]
    of_customer = [v for v in told if v.customer_id == customer.id and v.deal_id is None and v.withdrawn_at is None]
    return list(dict.fromkeys(of_customer))
