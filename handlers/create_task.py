"""Something is to be done, by the speaker or a colleague: keep it with its day."""

from __future__ import annotations

from crm.customers import Customer
from crm.tasks import Task
from crm.users import User
from handlers.customer_of import customer_of
from handlers.known import only_open_deal
from handlers.report_task import offers_of
from handlers.turn import Ask, Note, Result, Turn
from nlu.rule import Mention, Reading, When
from talk.message import Outcome, Parts


async def create_task(turn: Turn, reading: Reading) -> list[Result]:
    """Write the task; a colleague who gets one is told. A task needs no customer."""
    is_about_one = "customer" in reading.slots  # None: about one, and which was asked for anew
    customer = await customer_of(turn, reading, "create_task") if is_about_one else None
    if isinstance(customer, Ask):
        return [customer]
    assignee = await _assignee(turn, reading.slots.get("assignee"))
    task = await turn.ledger.add(await _task(turn, reading, customer, assignee))
    is_own = assignee.id == turn.actor.id
    due = task.due_at or task.due_on
    what = (f"#{task.id}", task.title, due)
    about = customer.name if customer else None
    head = Parts((*what, None if is_own else assignee.name, about))
    if not is_own:
        facts = {"name": turn.actor.user.name, "parts": Parts((*what, about))}
        given = Outcome("task_given", facts, offers=offers_of(task.id))
        turn.notes.append(Note(assignee.id, given, task_id=task.id))
    named: Mention | None = reading.slots.get("assignee")
    fields = (("label_assignee_unknown", named.text),) if named is not None and is_own and named.key is None else ()
    return [Outcome("task_created", {"parts": head}, fields, customer.id if customer else None)]


async def _assignee(turn: Turn, mention: Mention | None) -> User:
    """The colleague who is named, else the speaker."""
    found = await turn.ledger.get(User, int(mention.key)) if mention and mention.key is not None else None
    return found if found is not None and found.is_active else turn.actor.user


async def _task(turn: Turn, reading: Reading, customer: Customer | None, assignee: User) -> Task:
    due: When | None = reading.slots.get("due")
    deal = await only_open_deal(turn, customer.id) if customer else None
    return Task(
        title=reading.slots["title"],
        assignee_id=assignee.id,
        giver_id=turn.actor.id,
        created_at=turn.ledger.now,
        due_on=due.last_day if due else None,
        due_at=(due.at or due.until_at) if due else None,
        customer_id=customer.id if customer else None,
        deal_id=deal.id if deal else None,
    )
