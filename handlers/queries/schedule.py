"""The schedule of a day or period: what is due, what is overdue, whom one has visited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from handlers.queries.asked import Asked, Whose, head, leads, whose
from handlers.queries.pages import Item, List, Section, listed, look
from handlers.queries.tasks import task_entry
from handlers.queries.visits import visit_entry
from handlers.turn import Result, Turn
from storage.lists.tasks import TasksWanted, count_tasks, list_tasks
from storage.lists.visits import VisitsWanted, count_visits, list_visits
from talk.message import Count, Offer, Phrase, Span, Word

DAY = timedelta(days=1)


async def show_schedule(turn: Turn, asked: Asked) -> list[Result]:
    """Today's schedule unless another day or period is told: what is due first, then what is late, then visits."""
    since, until = _days(turn, asked)
    owner = whose(turn, asked, is_own=True)
    sections = [await _tasks(turn, owner, Word("head_due"), TasksWanted(owner.people, None, None, since, until))]
    if since <= turn.today <= until:
        late = TasksWanted(owner.people, late_on=min(since, turn.today))
        sections.append(await _tasks(turn, owner, Word("head_late"), late))
    if since <= turn.today:
        sections.append(await _visits(turn, owner, VisitsWanted(owner.people, None, None, since, until)))
    counts = [Phrase("head_count", {"what": s.head, "n": Count(s.count, "count_entries")}) for s in sections if s.count]
    told = head(Phrase("list_schedule", {"who": owner.label}), Span(since, until), counts)
    shown = List(told, sections, offers=_offers(turn, asked, since, until))
    return [await listed(turn, asked.reading, shown)]


def _days(turn: Turn, asked: Asked) -> tuple[date, date]:
    """The first and last day asked about; with one end told it is that day, up to or from today where that fits."""
    since, until = asked.day("since"), asked.day("until")
    if since is None and until is None:
        return turn.today, turn.today
    first = since or min(turn.today, until or turn.today)
    return first, max(first, until or first)


async def _tasks(turn: Turn, owner: Whose, title: Any, wanted: TasksWanted) -> Section:
    async def fetch(limit: int, offset: int) -> Sequence[Item]:
        rows = await list_tasks(turn.session, turn.actor, wanted, limit, offset)
        return [task_entry(row, turn, with_customer=True, with_name=owner.is_several) for row in rows]

    return Section(title, await count_tasks(turn.session, turn.actor, wanted), fetch)


async def _visits(turn: Turn, owner: Whose, wanted: VisitsWanted) -> Section:
    async def fetch(limit: int, offset: int) -> Sequence[Item]:
        rows = await list_visits(turn.session, turn.actor, wanted, limit, offset)
        return [visit_entry(row, with_customer=True, with_name=owner.is_several) for row in rows]

    return Section(Word("head_visited"), (await count_visits(turn.session, turn.actor, wanted)).visits, fetch)


def _offers(turn: Turn, asked: Asked, since: date, until: date) -> tuple[tuple[Offer, ...], ...]:
    """The days before and behind, or the periods; and the whole team's for those who lead one."""
    step = until - since + DAY
    row = [
        look(label, asked.but(since=since + by, until=until + by), days=Span(since + by, until + by))
        for label, by in (("span_before", -step), ("span_after", step))
    ]
    if leads(turn) and (asked.user is None or asked.user.id == turn.actor.id):
        everyone = None if asked.has("everyone") else True
        row.append(look("button_team" if everyone else "button_mine", asked.but(everyone=everyone, user=None)))
    return (tuple(row),)
