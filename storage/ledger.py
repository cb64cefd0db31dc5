"""One transaction of the records: load, add, set, commit, and the change log that undo reads.

Leaving the block without `commit` rolls back. Nothing else writes records of a person's message.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import insert, inspect
from sqlalchemy.ext.asyncio import AsyncSession

from crm.changes import Change, plain
from crm.deals import DealFact, StageChange
from crm.policy import Actor
from crm.tasks import Task
from crm.users import Chat
from storage.due_tasks import plan_everybodys
from storage.engine import Store
from storage.tables import THINGS, changes

T = TypeVar("T")
_NAMES = {cls: name for name, cls in THINGS.items()}
# What the reminders of one person's tasks follow from, and of everybody's.
_HOURS = {("user", name) for name in ("zone", "quiet_hours", "working_hours", "team_id", "role")}
_TREE = {("team", "parent_id"), ("team", "manager_id")}
_OF_EVERYBODY = ("ladder", "calendar_day")
APPEND_ONLY = (StageChange, DealFact)  # figures read them: what is told anew is a row of its own


_NOT_TOLD = frozenset({"id", "created_at", "withdrawn_at", "plan_from", "phone_key", "tax_key"})


def _told(cls: type[Any]) -> list[str]:
    """The fields of a record that a message tells."""
    return [name for name in inspect(cls).columns.keys() if name not in _NOT_TOLD]  # noqa: SIM118 - no plain mapping


def _may_stand_for(before: Any, thing: Any) -> bool:
    if isinstance(thing, APPEND_ONLY):
        return False
    return before.withdrawn_at is not None or getattr(before, "name", "") == getattr(thing, "name", "")


@dataclass
class Former:
    """What a message wrote before it is rewritten: its records, and the fields that somebody else has changed since.

    `records` are (place on the card, record); `fixed` names (kind of thing, id, field).
    """

    records: list[tuple[int, Any]] = field(default_factory=list)
    fixed: set[tuple[str, int, str]] = field(default_factory=set)

    def take(self, thing: T, entry: int) -> T | None:
        """The record that stands for a new one, each once: of the same entry where there is one.

        What others have built upon, and was therefore not withdrawn, stands only for what is called the same.
        """
        same = [pair for pair in self.records if type(pair[1]) is type(thing) and _may_stand_for(pair[1], thing)]
        if not same:
            return None
        chosen = min(same, key=lambda pair: pair[0] != entry)
        self.records.remove(chosen)
        before: T = chosen[1]
        return before

    def is_fixed(self, thing: Any, field_name: str) -> bool:
        """Whether somebody else has changed the field since."""
        return (_NAMES[type(thing)], thing.id, field_name) in self.fixed


class Ledger:
    """An open transaction. `actor` is set by the desk once it knows who speaks; every change is logged to them."""

    def __init__(self, session: AsyncSession, now: datetime, inbox_id: int | None = None) -> None:
        self.session = session
        self.now = now
        self.inbox_id = inbox_id
        self.entry = 0
        self.former: Former | None = None
        self._added: list[Any] = []
        self._actor: Actor | None = None
        self._log_rows: list[dict[str, Any]] = []
        self._passed = 0
        self._last: list[Callable[[], Awaitable[Any]]] = []

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
        """Write a new record, log its creation, and give it its id.

        While a message is rewritten the record that it wrote before comes back instead, as the new one tells it.
        """
        before = self.former.take(thing, self.entry) if self.former else None
        if before is not None:
            return self._again(before, thing)
        self.session.add(thing)
        await self.session.flush()
        self._added.append(thing)
        if type(thing) in _NAMES and not isinstance(thing, Chat):  # a chat begins by itself: nobody's doing
            self._log(thing, "", None, None)
        return thing

    def _again(self, before: T, thing: Any) -> T:
        """A record of this message, as it is told now; what somebody else has changed since stays."""
        told = {name: getattr(thing, name) for name in _told(type(thing))}
        record: Any = before
        if record.withdrawn_at is None:
            self.set(record, **told)
            return before
        record.withdrawn_at = None
        for name, value in told.items():
            if not (self.former and self.former.is_fixed(record, name)):
                setattr(record, name, value)
        self._added.append(record)
        self._log(record, "", None, None)
        return before

    def is_new(self, thing: Any) -> bool:
        """Whether this very message made the record."""
        return any(thing is added for added in self._added)

    def set(self, thing: Any, **fields: Any) -> bool:
        """Write fields of a record and log those that differ. Returns whether any did.

        While a message is rewritten, what somebody else has changed since is left.
        """
        changed = {name: value for name, value in fields.items() if getattr(thing, name) != value}
        if self.former is not None:
            changed = {name: value for name, value in changed.items() if not self.former.is_fixed(thing, name)}
        for name, value in changed.items():
            before = getattr(thing, name)
            setattr(thing, name, value)
            self._log(thing, name, plain(before), plain(value))
        return bool(changed)

    def tell(self, thing: Any, event: str, after: Any) -> None:
        """Log something that happened, one of EVENTS: no record changes, and there is nothing to put back."""
        self._log(thing, event, None, after)

    def put_back(self, change: Change, thing: Any, field: str, value: Any) -> None:
        """Write a field and log it as the undoing of a change."""
        self._log(thing, field, plain(getattr(thing, field)), plain(value), undoes_id=change.id)
        setattr(thing, field, value)

    def write_again(self, change: Change, thing: Any, value: Any) -> None:
        """Do once more what a change did: it belongs to the entry that it belonged to."""
        self.entry = change.entry
        if change.field:
            self.set(thing, **{change.field: value})
        else:
            thing.withdrawn_at = None
            self._log(thing, "", None, None)

    def _log(self, thing: Any, field: str, before: Any, after: Any, undoes_id: int | None = None) -> None:
        if isinstance(thing, Task):
            thing.plan_from = self.now  # what is to be told of it is planned anew
        row = {"at": self.now, "user_id": self.actor.id, "thing": _NAMES[type(thing)], "thing_id": thing.id}
        what = {"field": field, "before": before, "after": after, "undoes_id": undoes_id}
        self._log_rows.append(row | what | {"inbox_id": self.inbox_id, "entry": self.entry})

    def written(self, since: int = 0) -> list[dict[str, Any]]:
        """The rows that this message adds to the change log, those before `since` left out."""
        return self._log_rows[since:]

    def unpassed(self, since: int = 0) -> list[dict[str, Any]]:
        """Those of the rows since a place that `let_pass` was not told of."""
        return self._log_rows[max(since, self._passed) :]

    def let_pass(self) -> None:
        """What has been written so far is looked at no more: a policy let it, or a person's word did."""
        self._passed = len(self._log_rows)

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """A part that is rolled back alone when it raises; the exception goes on."""
        logged, added = len(self._log_rows), len(self._added)
        former = list(self.former.records) if self.former else []
        try:
            async with self.session.begin_nested():
                yield
                await self.session.flush()
        except BaseException:
            del self._log_rows[logged:], self._added[added:]
            self._passed = min(self._passed, logged)
            if self.former:
                self.former.records = former
            raise

    def at_last(self, act: Callable[[], Awaitable[Any]]) -> None:
        """Do something in this transaction behind all else that it writes, the answer and the log too."""
        self._last.append(act)

    async def _plan_anew(self) -> None:
        """Plan tasks anew where what their reminders follow from has changed: hours, superiors, ladder, calendar."""
        things = {row["thing"] for row in self._log_rows}
        people = {row["thing_id"] for row in self._log_rows if (row["thing"], row["field"]) in _HOURS}
        is_of_tree = any((row["thing"], row["field"]) in _TREE for row in self._log_rows)
        if is_of_tree or not things.isdisjoint(_OF_EVERYBODY):
            await plan_everybodys(self.session, None, self.now)
        elif people:
            await plan_everybodys(self.session, people, self.now)

    async def commit(self) -> None:
        """Make everything last. The log is written here, in one statement: nothing reads it within its own message."""
        await self.session.flush()
        if self._log_rows:
            await self._plan_anew()
            await self.session.execute(insert(changes), self._log_rows)
            self._log_rows.clear()
            self._passed = 0
        for act in self._last:
            await act()
        await self.session.commit()


@asynccontextmanager
async def open_ledger(store: Store, now: datetime, inbox_id: int | None = None) -> AsyncIterator[Ledger]:
    """A ledger on a writing transaction; rolled back unless its `commit` was called."""
    async with store.writing()() as session:
        yield Ledger(session, now, inbox_id)
