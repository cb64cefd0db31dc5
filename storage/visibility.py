"""The policy's table, said in SQL: which customers and tasks an actor sees. Every query of records takes its actor."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, ColumnElement, false, or_, select, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from crm.policy import Actor
from storage.deal_tables import deals
from storage.tables import collaborators, customers, tasks


class Among(FunctionElement[bool]):
    """Holds where a column is one of the few ids that a query gives: Among(column, ids as a scalar subquery)."""

    inherit_cache = True
    type = Boolean()

    def self_group(self, against: Any = None) -> Any:
        """Itself: SQLAlchemy would say `= 1` behind it for SQLite, which then looks into no index."""
        return self


@compiles(Among)
def _in_query(element: Among, compiler: SQLCompiler, **options: Any) -> str:
    column, ids = (compiler.process(each, **options) for each in element.clauses)
    return f"{column} IN {ids}"


@compiles(Among, "postgresql")
def _in_array(element: Among, compiler: SQLCompiler, **options: Any) -> str:
    # Beside another condition PostgreSQL would look at every row for `IN (SELECT …)`. The array is made once, and is
    # looked up in the index.
    column, ids = (compiler.process(each, **options) for each in element.clauses)
    return f"{column} = ANY (ARRAY{ids})"


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
    either = (Among(customers.c.id, each.scalar_subquery()) for each in (shared, dealt))
    return or_(customers.c.owner_id.in_(people), *either)


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
