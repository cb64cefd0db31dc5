"""One deal's card: where it stands, what it is worth, what its next stage lacks, what is to be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm.deals import Deal
from crm.errors import NotFound
from crm.pipelines import Stage, missing_facts
from handlers.known import deals_known
from handlers.queries.asked import Asked
from handlers.queries.deals import standing, why_lost
from handlers.queries.pages import look
from handlers.queries.tasks import task_entry
from handlers.queries.visits import visit_entry
from handlers.turn import Ask, Choice, Result, Turn
from nlu.rule import Mention, Reading
from storage.deals import known_of, stages_of
from storage.lists.deals import DealRow, deals_among
from storage.lists.tasks import TasksWanted, list_tasks
from storage.lists.visits import VisitsWanted, list_visits
from talk.message import Outcome, Parts, Phrase, Word

SHOWN = 3  # open tasks on the card


async def show_deal(turn: Turn, asked: Asked) -> list[Result] | None:
    """The card of the deal that the question names, or of the customer's only open one where it asks how that stands.

    None where it is no question about one deal. Raises NotFound.
    """
    mention: Mention | None = asked.reading.slots.get("deal")
    keys = await _keys(turn, asked, mention)
    if not keys:
        return None
    found = await deals_among(turn.session, turn.actor, keys)
    if not found:
        raise NotFound(name=mention.text if mention else "")
    if len(found) > 1:
        return [_which(asked.reading, mention, found)]
    return [await deal_card(turn, found[0])]


async def _keys(turn: Turn, asked: Asked, mention: Mention | None) -> list[int]:
    if turn.decisions.get("deal"):
        return [int(turn.decisions["deal"])]
    if mention is not None and (mention.key is not None or mention.candidates):
        return [int(key) for key in (mention.key, *mention.candidates) if key is not None]
    if mention is not None:
        raise NotFound(name=mention.text)
    if asked.reading.slots.get("how") != "state" or asked.customer is None:
        return []
    opened = [deal.id for deal, stage in await deals_known(turn, asked.customer.id) if stage.outcome == "open"]
    return opened if len(opened) == 1 else []


def _which(reading: Reading, mention: Mention | None, found: Sequence[DealRow]) -> Ask:
    name = mention.text if mention else ""
    choices = tuple(
        Choice("choose_deal", {"deal": row.deal.id}, {"parts": Parts((row.deal.name, row.customer, row.stage.names))})
        for row in found
    )
    return Ask("which_of_that_name", reading, choices, f"deal:{name}", {"name": name})


async def deal_card(turn: Turn, row: DealRow) -> Outcome:
    """The card of a deal that the asker sees."""
    deal, session = row.deal, turn.session
    visits = await list_visits(session, turn.actor, VisitsWanted(None, deal.customer_id, deal.id), 1, 0)
    tasks = await list_tasks(session, turn.actor, TasksWanted(None, deal.customer_id, deal.id), SHOWN, 0)
    lines = [
        task_entry(one, turn, with_customer=False, with_name=one.task.assignee_id != deal.owner_id).shown
        for one in tasks
    ]
    sections = [(Word("head_visits"), [visit_entry(one, with_customer=False, with_name=True).shown for one in visits])]
    facts = {
        "head": Parts((deal.name, row.customer)),
        "fields": [(label, value) for label, value in await _fields(turn, row) if value is not None],
        "sections": [*(sections if visits else ()), *([(Word("head_tasks"), lines)] if lines else ())],
    }
    about = Mention(row.customer, deal.customer_id)
    offers = [
        look(f"button_{topic}", Reading("answer_query", {"topic": topic, "customer": about}))
        for topic in ("contact", "visits", "tasks")
    ]
    back = look("button_card", Reading("look_up_customer", {"customer": about}))
    return Outcome("record_card", facts, (), deal.customer_id, wrote=False, offers=((*offers, back),))


async def _fields(turn: Turn, row: DealRow) -> list[tuple[str, Any]]:
    deal, stage = row.deal, row.stage
    is_open = stage.outcome == "open"
    closed_on = deal.closed_at.astimezone(turn.now.tzinfo).date() if deal.closed_at else None
    usual = Phrase("usual_rate", {"percent": stage.win_rate})
    told = Phrase("percent", {"percent": deal.probability}) if deal.probability is not None else usual
    return [
        ("label_stage", Parts((stage.names, standing(row, turn) if is_open else closed_on))),
        ("label_amount", deal.amount or Word("not_known")),
        ("label_probability", told if is_open else None),
        ("label_close_on", (deal.close_on or Word("not_known")) if is_open else None),
        ("label_lost_reason", why_lost(deal)),
        ("label_owner", row.owner),
        ("label_competitors", list(deal.competitors) or None),
        ("label_next_stage", await _next_stage(turn, deal, stage) if is_open else None),
    ]


async def _next_stage(turn: Turn, deal: Deal, stage: Stage) -> Parts | None:
    """The stage that comes next, and what the deal lacks to enter it."""
    stages = await stages_of(turn.session, deal.pipeline_id)
    goal = next((one for one in stages if one.position > stage.position and one.outcome != "lost"), None)
    if goal is None:
        return None
    missing = missing_facts(stages, stage, goal, await known_of(turn.session, deal))
    lacks = Phrase("still_lacks", {"missing": [Word(f"lack_{key}") for key in missing]})
    return Parts((goal.names, lacks if missing else Word("nothing_lacking")))
