"""What somebody looks after, as a hand-over lists it and writes it; found with the rights of whoever hands over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from crm.changes import Change
from crm.customers import Collaborator, Customer
from crm.deals import Deal
from crm.hand_overs import Holding, OpenDeal
from crm.money import Money
from crm.pipelines import Stage
from crm.policy import Actor
from crm.tasks import Task
from storage.deal_tables import deals, stages
from storage.push_tables import pushes
from storage.tables import changes, collaborators, customers, tasks, visits
from storage.visibility import sees_customer

LATELY = timedelta(days=30)  # what was handed over before is known by now
_undoing = aliased(changes)
_DEAL_OF_OWNER = (deals.c.owner_id == customers.c.owner_id, deals.c.withdrawn_at.is_(None), stages.c.outcome == "open")
_TASK_OF_OWNER = (tasks.c.assignee_id == customers.c.owner_id, tasks.c.state == "open", tasks.c.withdrawn_at.is_(None))


@dataclass(frozen=True)
class Scope:
    """Which customers: all that `former_id` looks after, or those of the `keys` only."""

    former_id: int | None = None
    keys: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Belongings:
    """The records that a hand-over writes; `shared` are the former owner's own shares in these customers."""

    customers: Sequence[Customer]
    deals: Sequence[Deal]
    tasks: Sequence[Task]
    shared: Sequence[Collaborator]


async def holdings(session: AsyncSession, actor: Actor, scope: Scope) -> list[Holding]:
    """Each customer of a scope with its owner's open deals and tasks, in no order."""
    where = _where(actor, scope)
    open_deals: dict[int, list[OpenDeal]] = defaultdict(list)
    found: Select[Any] = select(deals.c.customer_id, deals.c.name, deals.c.amount_minor, deals.c.currency, Stage)
    home = deals.join(customers, customers.c.id == deals.c.customer_id).join(stages, stages.c.id == deals.c.stage_id)
    for key, name, minor, currency, stage in await session.execute(
        found.select_from(home).where(*where, *_DEAL_OF_OWNER).order_by(deals.c.id)
    ):
        open_deals[key].append(OpenDeal(name, stage, None if minor is None else Money(minor, currency)))
    contacted = await _by_customer(session, func.max(visits.c.held_on), visits, where, visits.c.withdrawn_at.is_(None))
    due = await _by_customer(session, func.count(tasks.c.id), tasks, where, *_TASK_OF_OWNER)
    owned = await session.scalars(select(Customer).where(*where))
    return [Holding(one, tuple(open_deals[one.id]), contacted.get(one.id), int(due.get(one.id, 0))) for one in owned]


async def belongings(session: AsyncSession, actor: Actor, scope: Scope) -> Belongings:
    """The records of a scope, the customers locked where the engine can; of a whole hand-over every open task too."""
    where = _where(actor, scope)
    locked = select(Customer).where(*where).order_by(customers.c.id).with_for_update(of=customers)
    found = list(await session.scalars(locked.execution_options(populate_existing=True)))
    with_stage = select(Deal).join(customers, customers.c.id == deals.c.customer_id)
    with_stage = with_stage.join(stages, stages.c.id == deals.c.stage_id)
    at_customers = select(Task).join(customers, customers.c.id == tasks.c.customer_id).where(*where, *_TASK_OF_OWNER)
    if scope.former_id is not None and scope.keys is None:
        theirs = (tasks.c.assignee_id == scope.former_id, tasks.c.state == "open", tasks.c.withdrawn_at.is_(None))
        at_customers = select(Task).where(*theirs)
    shared = select(Collaborator).join(customers, customers.c.id == collaborators.c.customer_id)
    own = (collaborators.c.user_id == customers.c.owner_id, collaborators.c.withdrawn_at.is_(None))
    return Belongings(
        found,
        list(await session.scalars(with_stage.where(*where, *_DEAL_OF_OWNER).order_by(deals.c.id))),
        list(await session.scalars(at_customers.order_by(tasks.c.id))),
        list(await session.scalars(shared.where(*where, *own).order_by(collaborators.c.id))),
    )


async def handed_to(session: AsyncSession, actor: Actor, now: datetime) -> Scope:
    """The customers that somebody else handed to the actor of late and that they still look after."""
    undone = exists().where(_undoing.c.undoes_id == changes.c.id)
    given = (
        changes.c.thing == "customer",
        changes.c.field == "owner_id",
        changes.c.at >= now - LATELY,
        changes.c.user_id != actor.id,
        ~undone,
    )
    keys = select(customers.c.id).join(changes, changes.c.thing_id == customers.c.id)
    found = await session.scalars(keys.where(*given, customers.c.owner_id == actor.id).distinct())
    return Scope(keys=tuple(sorted(found)))


async def last_hand_over(session: AsyncSession, former_id: int, since: datetime) -> Change | None:
    """The newest change since a moment by which a customer went from somebody to another and that still stands.

    The caller asks the policy about whoever wrote it.
    """
    undone = exists().where(_undoing.c.undoes_id == changes.c.id)
    where = (changes.c.thing == "customer", changes.c.field == "owner_id", changes.c.at >= since, ~undone)
    given = (changes.c.undoes_id.is_(None), changes.c.inbox_id.is_not(None))
    found = await session.scalars(select(Change).where(*where, *given).order_by(changes.c.id.desc()))
    return next((change for change in found if change.before == former_id), None)


async def drop_reminders(session: AsyncSession, former: Collection[int], keys: Collection[int]) -> None:
    """Tell former owners nothing more of what still waits to be told about these customers."""
    waiting = (pushes.c.state == "waiting", pushes.c.user_id.in_(former), pushes.c.customer_id.in_(keys))
    await session.execute(delete(pushes).where(*waiting), execution_options={"synchronize_session": False})


async def _by_customer(
    session: AsyncSession, figure: Any, table: Any, where: Sequence[ColumnElement[bool]], *more: ColumnElement[bool]
) -> dict[int, Any]:
    found = select(table.c.customer_id, figure).join(customers, customers.c.id == table.c.customer_id)
    return dict((await session.execute(found.where(*where, *more).group_by(table.c.customer_id))).all())


def _where(actor: Actor, scope: Scope) -> list[ColumnElement[bool]]:
    where = [customers.c.withdrawn_at.is_(None), sees_customer(actor)]
    if scope.former_id is not None:
        where.append(customers.c.owner_id == scope.former_id)
    if scope.keys is not None:
        where.append(customers.c.id.in_(scope.keys))
    return where
