"""What the group of a deal hears of what is done elsewhere: moves, approvals, tasks among its members. A line each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from crm.calendar import Hours, out_of_quiet
from crm.deals import Deal
from crm.pipelines import Stage
from crm.policy import Actor
from crm.tasks import Task
from crm.users import Chat, User
from handlers.groups.members import owner_of_group
from handlers.groups.showing import told
from handlers.task_of import task_parts
from handlers.turn import News, Turn, reader_for
from storage import outbox
from storage.groups import groups_hearing
from storage.post_tables import outbox as posts
from storage.posts import OutboxRow
from talk.message import Outgoing, Reply
from talk.views import outcome_blocks


async def tell_groups(turn: Turn) -> None:
    """Tell each group once, but for the one in which it was said or that was told of it already."""
    news = [*turn.news, *await _of_deals(turn), *await _of_tasks(turn)]
    if not news:
        return
    found = await turn.session.execute(_POSTS.where(posts.c.inbox_id == turn.incoming.id))
    written_to = {(row.channel, row.chat, row.topic) for row in found}
    for one in news:
        for chat in await groups_hearing(turn.session, one.customer_id, one.deal_id):
            is_here = chat is turn.chat or (chat.channel, chat.address, chat.topic) in written_to
            if not is_here and _concerns(one, chat):
                await _post(turn, chat, one)


_POSTS = select(posts.c.channel, posts.c.chat, posts.c.topic)


def _concerns(news: News, chat: Chat) -> bool:
    """Whether a group hears of it: of a task only where it is among its members."""
    return all(key in chat.member_ids for key in news.outcome.facts.get("members", ()))


async def _post(turn: Turn, chat: Chat, news: News) -> None:
    """In the owner's language, and not in the owner's quiet hours."""
    owner = await turn.ledger.get(User, await owner_of_group(turn.ledger, chat)) or turn.actor.user
    reader = reader_for(Actor(owner), turn.incoming.at)
    facts = {name: value for name, value in news.outcome.facts.items() if name != "members"}
    body = Outgoing(
        "send", chat.address, Reply(tuple(outcome_blocks(told(news.outcome.key, **facts), reader))), chat.topic
    )
    now = turn.ledger.now
    due = out_of_quiet(now, Hours.read(owner.quiet_hours), reader.zone)
    key = f"group:{chat.id}:{news.key}"
    row = OutboxRow(key, chat.channel, chat.address, "reminder", body.to_json(), now, due, topic=chat.topic)
    await outbox.put(turn.session, row)


def _net(rows: list[dict[str, Any]], thing: str, field: str) -> Iterator[tuple[int, Any, Any]]:
    """What became of a field of each record: (id, before, after), where it is another value in the end."""
    first: dict[int, Any] = {}
    last: dict[int, Any] = {}
    for row in rows:
        if (row["thing"], row["field"]) == (thing, field):
            first.setdefault(row["thing_id"], row["before"])
            last[row["thing_id"]] = row["after"]
    return ((key, first[key], after) for key, after in last.items() if after != first[key])


async def _of_deals(turn: Turn) -> list[News]:
    found = []
    for key, before, after in _net(turn.ledger.written(), "deal", "stage_id"):
        deal = await turn.ledger.get(Deal, key)
        was, now = await turn.ledger.get(Stage, before), await turn.ledger.get(Stage, after)
        if deal is None or was is None or now is None:
            continue
        facts = {"name": turn.actor.user.name, "deal": deal.name, "before": was.names, "after": now.names}
        mark = f"stage:{deal.id}:{turn.ledger.inbox_id}:{after}"
        found.append(News(mark, told("group_hears_move", **facts), deal.customer_id, deal.id))
    return found


async def _of_tasks(turn: Turn) -> list[News]:
    """Tasks that one member gave another, handed over or finished."""
    rows = turn.ledger.written()
    given = {row["thing_id"] for row in rows if row["thing"] == "task" and not row["field"] and not row["undoes_id"]}
    given |= {key for key, _, _ in _net(rows, "task", "assignee_id")}
    done = {key for key, _, after in _net(rows, "task", "state") if after == "done"}
    found = []
    for key, what in [*((key, "given") for key in sorted(given)), *((key, "done") for key in sorted(done))]:
        task = await turn.ledger.get(Task, key)
        if task is None or task.customer_id is None or task.withdrawn_at is not None:
            continue
        people = {task.giver_id, task.assignee_id}
        if len(people) == 2:
            found.append(await _of_task(turn, task, what))
    return found


async def _of_task(turn: Turn, task: Task, what: str) -> News:
    giver, doer = await turn.ledger.get(User, task.giver_id), await turn.ledger.get(User, task.assignee_id)
    facts = {
        "giver": giver.name if giver else "—",
        "name": doer.name if doer else "—",
        "parts": task_parts(task),
        "members": (task.giver_id, task.assignee_id),
    }
    mark = f"task:{task.id}:{what}:{task.assignee_id}"
    return News(mark, told(f"group_hears_task_{what}", **facts), task.customer_id or 0, task.deal_id)
