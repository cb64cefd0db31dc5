"""What is posted about an import: one message that shows how far it is, changed in place; and a file of all rows."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from crm.imports import Import
from crm.policy import Actor
from crm.users import Chat
from storage import outbox
from storage.cards import keep_buttons
from storage.imports import message_of
from storage.posts import OutboxRow, StoredButton
from talk.catalogue import say
from talk.forms import Reader, reader_of
from talk.message import Button, Offer, Outcome, Outgoing, OutgoingFile, Reply
from talk.views import outcome_blocks


@dataclass(frozen=True)
class Poster:
    """Somebody who sent a sheet, and where they did."""

    session: AsyncSession
    actor: Actor
    chat: Chat
    message: str
    now: datetime

    @property
    def reader(self) -> Reader:
        """How they are written to."""
        return reader_of(self.actor.user, self.now)

    async def show(self, told: Import, *outcomes: Outcome) -> None:
        """Let outcomes stand where the import is shown, else send them."""
        shown = await message_of(self.session, told)
        blocks = tuple(block for one in outcomes for block in outcome_blocks(one, self.reader))
        kept: list[StoredButton] = []
        rows = tuple(tuple(self._button(offer, kept) for offer in row) for one in outcomes for row in one.offers)
        key = f"import:{told.id}:{secrets.token_hex(6)}"
        if not shown:
            told.told = {**told.told, "post": key}
        body = Outgoing(
            "edit" if shown else "send",
            self.chat.address,
            Reply(blocks, rows),
            self.chat.topic,
            message=shown,
            reply_to="" if shown else self.message,
        )
        await self._put(key, "edit" if shown else "reply", body)
        await keep_buttons(self.session, kept)

    async def send_file(self, told: Import, file: OutgoingFile, outcome: Outcome) -> None:
        """Send a file with what stands under it."""
        reply = Reply(tuple(outcome_blocks(outcome, self.reader)))
        body = Outgoing("send", self.chat.address, reply, self.chat.topic, file=file)
        await self._put(f"import:{told.id}:{secrets.token_hex(6)}", "file", body)

    async def _put(self, key: str, kind: str, body: Outgoing) -> None:
        chat = self.chat
        row = OutboxRow(key, chat.channel, chat.address, kind, body.to_json(), self.now, self.now, chat.topic)
        await outbox.put(self.session, row)

    def _button(self, offer: Offer, kept: list[StoredButton]) -> Button:
        token = secrets.token_urlsafe(9)
        kept.append(StoredButton(token, self.actor.id, offer.action, dict(offer.facts), self.now))
        return Button(say(offer.label, self.reader, offer.words), token)
