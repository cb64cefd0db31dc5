"""A desk that says what it hears, over the real ledger, inbox and outbox. The way of a message is tested with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from storage import inbox, outbox
from storage.engine import Store
from storage.ledger import Ledger, open_ledger
from storage.posts import OutboxRow
from talk.incoming import Incoming
from talk.message import Button, Line, Outgoing, Reply, Title

BOOM = "boom"


class EchoDesk:
    """Answers each message with its words and its inbox id, a button below; edits the card when it is tapped.

    A message that says `boom` raises. `handled` is what it was asked to do, in order.
    """

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now
        self.handled: list[Incoming] = []

    async def handle(self, incoming: Incoming) -> None:
        """Put the echo into the outbox and finish."""
        self.handled.append(incoming)
        async with open_ledger(self._store, self._now(), incoming.id) as ledger:
            await self._answer(ledger, incoming)
            await inbox.finish(ledger.session, incoming.id)
            if incoming.text == BOOM:
                raise RuntimeError("boom")
            await ledger.commit()

    async def warm_up(self) -> None:
        """Nothing to load."""

    async def apologise(self, incoming: Incoming, error: str) -> None:
        """Bury the message and say so."""
        async with open_ledger(self._store, self._now(), incoming.id) as ledger:
            await inbox.bury(ledger.session, incoming.id, error)
            sorry = Reply((Line(f"sorry #{incoming.id}"),))
            await self._put(ledger, incoming, Outgoing("send", incoming.chat, sorry), "reply")
            await ledger.commit()

    async def _answer(self, ledger: Ledger, incoming: Incoming) -> None:
        if incoming.kind == "tap":
            answer = Outgoing("answer", incoming.chat, Reply((Line("ok"),)), tap=incoming.tap)
            await self._put(ledger, incoming, answer, "answer")
            edit = Outgoing("edit", incoming.chat, Reply((Title("tapped"),)), message=incoming.message)
            await self._put(ledger, incoming, edit, "edit")
            return
        reply = Reply((Title(f"#{incoming.id}"), Line(incoming.text)), ((Button("tap me", f"b{incoming.id}"),),))
        await self._put(ledger, incoming, Outgoing("send", incoming.chat, reply, reply_to=incoming.message), "reply")

    async def _put(self, ledger: Ledger, incoming: Incoming, outgoing: Outgoing, kind: str) -> None:
        body = outgoing.to_json()
        del body["chat"], body["topic"]
        row = OutboxRow(
            dedupe_key=f"{kind}:{incoming.id}",
            channel=incoming.channel,
            chat=incoming.chat,
            topic=incoming.topic,
            kind=kind,
            body=body,
            created_at=ledger.now,
            due_at=ledger.now,
            inbox_id=incoming.id,
        )
        await outbox.put(ledger.session, row)
