"""Tasks asked for: whose, about whom, due when, overdue or finished."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from crm.tasks import is_overdue
from handlers.queries.asked import Asked, Whose, head, leads, midnight, whose
from handlers.queries.filters import conditions_of, stage_names, told_conditions
from handlers.queries.pages import Item, List, Rows, Section, brief, listed, look, look_at_customer, short
from handlers.turn import Result, Turn
from storage.comments import last_words
from storage.lists.tasks import TaskRow, TasksWanted, count_tasks, list_tasks
from talk.message import Count, Offer, Parts, Phrase, Word


async def show_tasks(turn: Turn, asked: Asked) -> list[Result]:
    """The tasks wanted, the earliest due first, each with the number by which it can be finished or moved."""
    owner, wanted, is_given = _whose(turn, asked), tasks_wanted(turn, asked), asked.has("given")
    count = await count_tasks(turn.session, turn.actor, wanted)
    late = 0
    if not asked.has("done") and not asked.has("overdue"):
        late = await count_tasks(turn.session, turn.actor, replace(wanted, late_on=turn.today))

    async def fetch(limit: int, offset: int) -> Sequence[Item]:
        rows = await list_tasks(turn.session, turn.actor, wanted, limit, offset)
        words = await last_words(turn.session, "task", [row.task.id for row in rows]) if is_given else {}
        with_customer, with_name = not asked.customer, is_given or owner.is_several
        return [
            task_entry(
                row, turn, _state(row, words) if is_given else None, with_customer=with_customer, with_name=with_name
            )
            for row in rows
        ]

    told = head(
        Phrase(_head(asked), {"who": turn.actor.user.name if is_given else owner.label}),
        asked.customer.name if asked.customer and asked.user else None,
        Phrase("filter_due", {"days": asked.span}) if asked.span and not asked.has("done") else asked.span,
        Word("overdue") if asked.has("overdue") else None,
        Count(count, "count_tasks") if count else None,
        Phrase("of_them_late", {"n": late}) if late else None,
    )
    narrowed = told_conditions(turn, asked, await stage_names(turn, wanted.where))
    example = (
        Phrase("tell_task", {"name": brief(asked.customer.name)}) if asked.customer and not asked.has("done") else None
    )
    offers = _offers(turn, asked, count, late)
    shown = List(told, (Section(None, count, fetch),), offers=offers, conditions=narrowed, otherwise=example)
    return [await listed(turn, asked.reading, shown, asked.customer)]


def _whose(turn: Turn, asked: Asked) -> Whose:
    """One's own, but what is asked for by what customers are: that is everybody's."""
    return whose(turn, asked, is_own=not asked.has("where"))


def _head(asked: Asked) -> str:
    return "list_tasks_given" if asked.has("given") else "list_tasks_done" if asked.has("done") else "list_tasks"


def tasks_wanted(turn: Turn, asked: Asked) -> TasksWanted:
    """Which tasks a question asks for."""
    wanted = replace(_wanted(turn, asked, _whose(turn, asked).people), where=conditions_of(turn, asked))
    if not asked.has("given"):
        return wanted
    return replace(wanted, people=frozenset({asked.user.id}) if asked.user else None, giver_id=turn.actor.id)


def _wanted(turn: Turn, asked: Asked, people: frozenset[int] | None) -> TasksWanted:
    key = asked.customer.id if asked.customer else None
    since, until = asked.day("since"), asked.day("until")
    if not asked.has("done"):
        return TasksWanted(people, key, None, since, until, turn.today if asked.has("overdue") else None)
    after = until + timedelta(days=1) if until else None
    return TasksWanted(people, key, is_done=True, done_from=midnight(turn, since), done_until=midnight(turn, after))


def _offers(turn: Turn, asked: Asked, count: int, late: int) -> Rows:
    """The overdue ones alone, the whole team's, the customer's card."""
    row: list[Offer] = []
    if 0 < late < count:
        row.append(look("button_overdue", asked.but(overdue=True), n=late))
    if asked.has("overdue") and not asked.has("done"):
        row.append(look("button_every_task", asked.but(overdue=None)))
    if asked.customer is not None:
        row.append(look_at_customer(asked.customer))
    elif leads(turn) and (asked.user is None or asked.user.id == turn.actor.id):
        everyone = None if asked.has("everyone") else True
        row.append(look("button_team" if everyone else "button_mine", asked.but(everyone=everyone, user=None)))
    return (tuple(row),) if row else ()


def _state(row: TaskRow, words: Mapping[int, tuple[str, str]]) -> Parts:
    """Of a task given to somebody: whether they accepted it, and what was said of it last."""
    name, text = words.get(row.task.id, ("", ""))
    accepted = Word("task_is_accepted" if row.task.accepted_at else "task_not_accepted")
    return Parts((accepted, Phrase("last_words", {"name": name, "text": short(text)}) if text else None))


def task_entry(row: TaskRow, turn: Turn, state: Parts | None = None, *, with_customer: bool, with_name: bool) -> Item:
    """#12 · title · due, or when it was done · whether it is overdue · customer · whose · how it stands."""
    task = row.task
    when = task.done_at or task.due_at or task.due_on
    late = Word("overdue") if is_overdue(task, turn.today) else None
    customer = brief(row.customer) if with_customer else None
    who = row.assignee if with_name else None
    return Item(Parts((f"#{task.id}", short(task.title), when, late, customer, who, state)))
