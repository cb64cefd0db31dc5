"""One transaction of the records: load, add, set, commit, and the change log that undo reads.

Leaving the block without `commit` rolls back. Nothing else writes records of a person's message.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from crm.changes import Change, plain
from crm.policy import Actor
from storage.engine import Store
from storage.tables import THINGS, changes

T = TypeVar("T")
_NAMES = {cls: name for name, cls in THINGS.items()}


class Ledger:
    """An open transaction. `actor` is set by the desk once it knows who speaks; every change is logged to them."""

    def __init__(self, session: AsyncSession, now: datetime, inbox_id: int | None = None) -> None:
        self.session = session
        self.now = now
        self.inbox_id = inbox_id
        self._actor: Actor | None = None
        self._log_rows: list[dict[str, Any]] = []

    @property
    def actor(self) -> Actor:
        """Who acts. Asking before the desk has recognised anybody is a bug: RuntimeError."""
        if self._actor is None:
            raise RuntimeError("nobody has been recognised yet")
        return self._actor

    @actor.setter
    def actor(self, actor: Actor) -> None:
        self._actor = actor

    async def get(self, cls: type[T], key: int | None) -> T | None:
        """The record with that id, whoever owns it: ask the policy before showing any of it."""
        return None if key is None else await self.session.get(cls, key)

    async def add(self, thing: T) -> T:
        """Write a new record, log its creation, and give it its id."""
        self.session.add(thing)
        await self.session.flush()
        if type(thing) in _NAMES:
            self._log(thing, "", None, None)
        return thing

    def set(self, thing: Any, **fields: Any) -> bool:
        """Write fields of a record and log those that differ. Returns whether any did."""
        changed = {name: value for name, value in fields.items() if getattr(thing, name) != value}
        for name, value in changed.items():
            before = getattr(thing, name)
            setattr(thing, name, value)
            self._log(thing, name, plain(before), plain(value))
        return bool(changed)

    def put_back(self, change: Change, thing: Any, field: str, value: Any) -> None:
        """Write a field and log it as the undoing of a change."""
        self._log(thing, field, plain(getattr(thing, field)), plain(value), undoes_id=change.id)
        setattr(thing, field, value)

    def _log(self, thing: Any, field: str, before: Any, after: Any, undoes_id: int | None = None) -> None:
        row = {"at": self.now, "user_id": self.actor.id, "thing": _NAMES[type(thing)], "thing_id": thing.id}
        what = {"field": field, "before": before, "after": after}
        self._log_rows.append(row | what | {"inbox_id": self.inbox_id, "undoes_id": undoes_id})

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """A part that is rolled back alone when it raises; the exception goes on."""
        logged = len(self._log_rows)
        try:
            async with self.session.begin_nested():
                yield
                await self.session.flush()
        except BaseException:
            del self._log_rows[logged:]
            raise

    async def commit(self) -> None:
        """Make everything last. The log is written here, in one statement: nothing reads it within its own message."""
        await self.session.flush()
        if self._log_rows:
            await self.session.execute(insert(changes), self._log_rows)
            self._log_rows.clear()
        await self.session.commit()


@asynccontextmanager
async def open_ledger(store: Store, now: datetime, inbox_id: int | None = None) -> AsyncIterator[Ledger]:
    """A ledger on a writing transaction; rolled back unless its `commit` was called."""
    async with store.writing()() as session:
        yield Ledger(session, now, inbox_id)
