"""A question: what is wanted is shown as a list or a card, with its period and filter. One file a topic in queries/."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from handlers.queries.again import asked_again, summed_up
from handlers.queries.asked import Asked, settled
from handlers.queries.competitors import show_competitors
from handlers.queries.contacts import show_contact
from handlers.queries.customers import show_customers
from handlers.queries.customers_split import show_customers_split
from handlers.queries.deal_card import show_deal
from handlers.queries.deals import show_deals
from handlers.queries.last_visit import show_last_visit
from handlers.queries.money import show_money
from handlers.queries.reports import show_forecast, show_funnel, show_performance
from handlers.queries.schedule import show_schedule
from handlers.queries.tasks import show_tasks
from handlers.queries.visits import show_visits
from handlers.turn import Ask, Result, Turn
from nlu.rule import Reading
from talk.message import Outcome, Word


async def answer_query(turn: Turn, reading: Reading) -> list[Result]:
    """Answer a question, or say plainly that the records do not hold the answer yet."""
    if reading.slots.get("again"):
        meant = await asked_again(turn, reading)
        if meant is None:
            return [Outcome("nothing_to_sort" if reading.slots.get("sort") else "no_list_above", wrote=False)]
        reading = meant
    reading = summed_up(reading)
    topic = str(reading.slots["topic"])
    if topic == "contact":
        return await show_contact(turn, reading)
    if topic not in TOPICS:
        return [Outcome("topic_not_kept", {"what": Word(f"topic_{topic}")}, wrote=False)]
    asked = await settled(turn, reading)
    return [asked] if isinstance(asked, Ask) else await TOPICS[topic](turn, asked)


async def _deals(turn: Turn, asked: Asked) -> list[Result]:
    """One deal's card where one is meant, else the list."""
    return await show_deal(turn, asked) or await show_deals(turn, asked)


async def _customers(turn: Turn, asked: Asked) -> list[Result]:
    """The customers, or how many there are of each kind."""
    return await (show_customers_split if asked.has("per") else show_customers)(turn, asked)


async def _visits(turn: Turn, asked: Asked) -> list[Result]:
    """The visits, or the last one; those still to come are the schedule, narrowed ones the tasks."""
    if asked.reading.slots.get("how") == "last":
        return await show_last_visit(turn, asked)
    since = asked.day("since")
    if since is None or since <= turn.today or asked.customer is not None:
        return await show_visits(turn, asked)
    if asked.has("where"):
        return await show_tasks(turn, replace(asked, reading=asked.but(topic="tasks", how=None)))
    return await show_schedule(turn, replace(asked, reading=asked.but(topic="schedule", how=None)))


TOPICS: dict[str, Callable[[Turn, Asked], Awaitable[list[Result]]]] = {
    "competitors": show_competitors,
    "contracts": show_money,
    "customers": _customers,
    "deals": _deals,
    "forecast": show_forecast,
    "funnel": show_funnel,
    "money": show_money,
    "performance": show_performance,
    "quotes": show_money,
    "receivables": show_money,
    "schedule": show_schedule,
    "tasks": show_tasks,
    "visits": _visits,
}
