"""What was said about visits: a window at a time, and how much there is. Whoever sees the visit's customer sees it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm.comments import Comment
from crm.policy import Actor
from crm.visits import Visit
from storage.note_tables import comments
from storage.people_tables import users
from storage.tables import customers, visits
from storage.visibility import sees_customer


@dataclass(frozen=True)
class CommentsWanted:
    """Which comments: on visits to a customer, on visits that somebody made."""

    customer_id: int | None = None
    user_id: int | None = None


@dataclass(frozen=True)
class CommentRow:
    """A comment, who said it, and the visit with the names of the customer and of whoever went."""

    comment: Comment
    said_by: str
    visit: Visit
    customer: str
    user: str


_GUESTS = users.alias()  # those who made the visits


async def count_comments(session: AsyncSession, actor: Actor, wanted: CommentsWanted) -> int:
    """How many of the comments wanted the actor sees."""
    home = comments.join(visits, visits.c.id == comments.c.visit_id).join(customers)
    found = select(func.count(comments.c.id)).select_from(home).where(*_where(actor, wanted))
    return int(await session.scalar(found) or 0)


async def list_comments_of(
    session: AsyncSession, actor: Actor, wanted: CommentsWanted, limit: int, offset: int
) -> list[CommentRow]:
    """A window of the comments wanted that the actor sees, the newest first."""
    rows = await session.execute(
        select(Comment, users.c.name, Visit, customers.c.name, _GUESTS.c.name)
        .join(users, users.c.id == comments.c.user_id)
        .join(visits, visits.c.id == comments.c.visit_id)
        .join(customers, customers.c.id == visits.c.customer_id)
        .join(_GUESTS, _GUESTS.c.id == visits.c.user_id)
        .where(*_where(actor, wanted))
        .order_by(comments.c.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [CommentRow(*row) for row in rows]


def _where(actor: Actor, wanted: CommentsWanted) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [sees_customer(actor)]
    where += [one.c.withdrawn_at.is_(None) for one in (comments, visits, customers)]
    if wanted.customer_id is not None:
        where.append(visits.c.customer_id == wanted.customer_id)
    if wanted.user_id is not None:
        where.append(visits.c.user_id == wanted.user_id)
    return where
