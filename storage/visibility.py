"""The policy's table, said in SQL: which customers and tasks an actor sees. Every query of records takes its actor."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false, or_, select, true, union_all

from crm.policy import Actor
from storage.tables import collaborators, customers, deals, tasks

# Of so few people the customers are gathered first, each by its index: PostgreSQL would look at every customer else. Of
# more people it had to look at very many anyhow.
FEW = 200
_OWNED = customers.alias()


def sees_customer(actor: Actor) -> ColumnElement[bool]:
    """Holds for the customers that an actor sees: own, shared, with a deal that was given to them, of people below.

    All for an admin, none if inactive.
    """
    if not actor.user.is_active:
        return false()
    if actor.user.role == "admin":
        return true()
    people = {actor.id, *actor.below}
    shared = select(collaborators.c.customer_id).where(*shared_with(actor))
    given = (deals.c.shares_customer, deals.c.owner_id.in_(people), deals.c.withdrawn_at.is_(None))
    dealt = select(deals.c.customer_id).where(*given)
    if len(people) > FEW:
        return or_(customers.c.owner_id.in_(people), customers.c.id.in_(shared), customers.c.id.in_(dealt))
    owned = select(_OWNED.c.id).where(_OWNED.c.owner_id.in_(people))
    return customers.c.id.in_(union_all(owned, shared, dealt))


def shared_with(actor: Actor) -> list[ColumnElement[bool]]:
    """Hold for what is shared with an actor and stands: not by a group that they may have left."""
    where = [collaborators.c.user_id == actor.id, collaborators.c.withdrawn_at.is_(None)]
    by = collaborators.c.chat_id
    return [*where, or_(by.is_(None), by.not_in(actor.barred))] if actor.barred else where


def sees_task(actor: Actor) -> ColumnElement[bool]:
    """Holds for the tasks that an actor sees: own, given, of people below, and those of customers they see."""
    if not actor.user.is_active:
        return false()
    if actor.user.role == "admin":
        return true()
    people = {actor.id, *actor.below}
    seen = select(customers.c.id).where(sees_customer(actor))
    return or_(tasks.c.assignee_id.in_(people), tasks.c.giver_id.in_(people), tasks.c.customer_id.in_(seen))
