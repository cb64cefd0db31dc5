"""The policy's table, said in SQL: which customers and tasks an actor sees. Every query of records takes its actor."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, ColumnElement, Integer, bindparam, false, or_, select, true
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
    return _theirs({actor.id, *actor.below}, shared_with(actor))


def _theirs(people: Any, shared_with_them: list[ColumnElement[bool]]) -> ColumnElement[bool]:
    shared = select(collaborators.c.customer_id).where(*shared_with_them)
    given = (deals.c.shares_customer, deals.c.owner_id.in_(people), deals.c.withdrawn_at.is_(None))
    dealt = select(deals.c.customer_id).where(*given)
    either = (Among(customers.c.id, each.scalar_subquery()) for each in (shared, dealt))
    return or_(customers.c.owner_id.in_(people), *either)


def shared_with(actor: Actor) -> list[ColumnElement[bool]]:
    """Hold for what is shared with an actor and stands: not by a group that they may have left."""
    return _shared(actor.id, actor.barred)


def _shared(user_id: Any, barred: Any) -> list[ColumnElement[bool]]:
    where = [collaborators.c.user_id == user_id, collaborators.c.withdrawn_at.is_(None)]
    by = collaborators.c.chat_id
    return where if barred == frozenset() else [*where, or_(by.is_(None), by.not_in(barred))]


def _several(name: str) -> Any:
    return bindparam(name, expanding=True, type_=Integer)


# The same for statements that are built once and ask about one customer: they are run with what `seen_by` tells.
SEES_CUSTOMER = or_(
    bindparam("sees_all", type_=Boolean),
    _theirs(_several("people"), _shared(bindparam("seer", type_=Integer), _several("barred"))),
)


def seen_by(actor: Actor) -> dict[str, Any]:
    """Who sees, for SEES_CUSTOMER."""
    if not actor.user.is_active:
        return {"sees_all": False, "people": [], "seer": None, "barred": []}
    people, barred = [actor.id, *actor.below], list(actor.barred)
    return {"sees_all": actor.user.role == "admin", "people": people, "seer": actor.id, "barred": barred}


def sees_task(actor: Actor) -> ColumnElement[bool]:
    """Holds for the tasks that an actor sees: own, given, of people below, and those of customers they see."""
    if not actor.user.is_active:
        return false()
    if actor.user.role == "admin":
        return true()
    people = {actor.id, *actor.below}
    seen = select(customers.c.id).where(sees_customer(actor))
    return or_(tasks.c.assignee_id.in_(people), tasks.c.giver_id.in_(people), tasks.c.customer_id.in_(seen))
