"""What a kind of push is made of, and how a message of the house's own is posted: an outbox row and its buttons."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from crm.calendar import Calendar
from crm.policy import Actor
from crm.pushes import Push
from crm.users import Chat
from storage import outbox
from storage.cards import keep_buttons
from storage.posts import OutboxRow, StoredButton
from talk.catalogue import say
from talk.forms import Reader
from talk.message import Block, Button, Offer, Outcome, Outgoing, Parts, Reply
from talk.views import outcome_blocks

Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class To:
    """Whom something is told: with which rights, where, in which words, and when that is.

    A group is told of the `people` of the team `team_id`, called `who`, with the rights of whoever subscribed it.
    """

    session: AsyncSession
    actor: Actor
    chat: Chat
    reader: Reader
    calendar: Calendar
    now: datetime
    people: frozenset[int] | None = None
    team_id: int | None = None
    who: str = ""


@dataclass(frozen=True)
class Item:
    """One push that still holds: its line in a list and under which head it stands, its button there, and the card that
    it is alone.
    """

    push: Push
    head: str
    line: Parts
    card: Callable[[To], Awaitable[Outcome]]
    offer: Offer | None = None


# Of the pushes of a kind those that still hold; what is not among them is told no more.
Load = Callable[[To, Sequence[Push]], Awaitable[list[Item]]]


async def post(to: To, key: str, kind: str, outcome: Outcome) -> None:
    """Put a message into the outbox with its buttons, which are bound to whom it is told."""
    blocks: tuple[Block, ...] = tuple(outcome_blocks(outcome, to.reader))
    buttons: list[StoredButton] = []
    rows: Rows = tuple(tuple(_button(to, offer, buttons) for offer in row) for row in outcome.offers)
    body = Outgoing("send", to.chat.address, Reply(blocks, rows), to.chat.topic).to_json()
    row = OutboxRow(key, to.chat.channel, to.chat.address, kind, body, to.now, to.now, to.chat.topic)
    if await outbox.put(to.session, row) and buttons:
        await keep_buttons(to.session, buttons)


def _button(to: To, offer: Offer, kept: list[StoredButton]) -> Button:
    token = secrets.token_urlsafe(9)
    kept.append(StoredButton(token, to.actor.id, offer.action, dict(offer.facts), to.now))
    return Button(say(offer.label, to.reader, offer.words), token)
