"""What a kind of push is made of, and how a message of the house's own is posted: an outbox row and its buttons."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from crm.calendar import Calendar
from crm.due import DueTask
from crm.policy import Actor
from crm.pushes import Push
from crm.users import Chat
from storage import outbox
from storage.cards import keep_buttons
from storage.posts import OutboxRow, StoredButton
from talk.catalogue import say
from talk.forms import Reader
from talk.message import Button, Offer, Outcome, Outgoing, Parts, Reply
from talk.views import outcome_blocks

Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class To:
    """Whom something is told: with which rights, where, in which words, and when that is.

    A group is told of the `people` of the team `team_id`, called `who`, with the rights of whoever subscribed it.
    `tasks` are those that pushes are about, as far as they are open.
    """

    session: AsyncSession
    actor: Actor
    chat: Chat
    reader: Reader
    calendar: Calendar
    now: datetime
    tasks: Mapping[int, DueTask] = field(default_factory=dict)
    people: frozenset[int] | None = None
    team_id: int | None = None
    who: str = ""


@dataclass(frozen=True)
class Item:
    """One push that still holds: under which head of a list it stands, its line and button there, and the card that it
    is alone; each made only where it is shown.
    """

    push: Push
    head: str
    line: Callable[[], Parts]
    card: Callable[[To], Awaitable[Outcome]]
    offer: Callable[[], Offer] | None = None


# Of the pushes of a kind those that still hold; what is not among them is told no more.
Load = Callable[[To, Sequence[Push]], Awaitable[list[Item]]]


@dataclass(frozen=True)
class Post:
    """A message for the outbox, and what its buttons mean: they are bound to whom it is told."""

    row: OutboxRow
    buttons: list[StoredButton]


def post(to: To, key: str, kind: str, outcome: Outcome) -> Post:
    """What tells an outcome, under a key that nothing was told by before."""
    buttons: list[StoredButton] = []
    rows: Rows = tuple(tuple(_button(to, offer, buttons) for offer in row) for row in outcome.offers)
    body = Outgoing("send", to.chat.address, Reply(tuple(outcome_blocks(outcome, to.reader)), rows), to.chat.topic)
    chat = to.chat
    row = OutboxRow(key, chat.channel, chat.address, kind, body.to_json(), to.now, to.now, chat.topic)
    return Post(row, buttons)


async def put_posts(session: AsyncSession, posts: Sequence[Post]) -> None:
    """Put messages into the outbox, with their buttons."""
    await outbox.put_all(session, [one.row for one in posts])
    await keep_buttons(session, [button for one in posts for button in one.buttons])


def _button(to: To, offer: Offer, kept: list[StoredButton]) -> Button:
    token = secrets.token_urlsafe(9)
    kept.append(StoredButton(token, to.actor.id, offer.action, dict(offer.facts), to.now))
    return Button(say(offer.label, to.reader, offer.words), token)
