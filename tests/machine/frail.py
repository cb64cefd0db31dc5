"""A desk that dies while it handles a message, at a statement or at the commit, and is asked again by the worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import event, text

from handlers.desk import Desk
from storage.engine import Store
from storage.inbox import AlreadyHandled
from talk.incoming import Incoming
from tests.fakes import Clock

AT_COMMIT = -1
_COUNTS = (
    "SELECT (SELECT count(*) FROM changes), (SELECT count(*) FROM outbox), (SELECT count(*) FROM cards), "
    "(SELECT count(*) FROM buttons), (SELECT count(*) FROM inbox WHERE state <> 'new')"
)


class Died(Exception):
    """The process is gone: whatever was not committed is lost."""


@dataclass(frozen=True)
class Death:
    """When the next message kills its desk: at the statement of that number, or at the commit; once or again.

    `restarts`: a new process takes over, with nothing in its memory.
    """

    statement: int
    restarts: bool = True


class FrailDesk:
    """Stands where a desk stands. `deaths` come one after the other, each once."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store, self.clock = store, clock
        self.desk = Desk(store, clock)
        self.deaths: list[Death] = []
        self.died = 0
        self._left: int | None = None
        event.listen(store.write.sync_engine, "before_cursor_execute", self._count)
        self._commit = store.write.sync_engine.dialect.do_commit
        store.write.sync_engine.dialect.do_commit = self._do_commit  # type: ignore[method-assign, assignment]

    async def handle(self, incoming: Incoming) -> None:
        """Handle a message, whatever it takes; one that was handled before is nothing to do."""
        while True:
            death = self.deaths.pop(0) if self.deaths else None
            before = await self._counts() if death else None
            self._left = death.statement if death else None
            try:
                await self.desk.handle(incoming)
            except AlreadyHandled:
                return
            except Died:
                self.died += 1
                assert before == await self._counts(), "a message that died left something behind"
                if death is not None and death.restarts:
                    self.desk = Desk(self.store, self.clock)
            else:
                return
            finally:
                self._left = None

    async def _counts(self) -> tuple[Any, ...]:
        async with self.store.reading()() as session:
            return tuple((await session.execute(text(_COUNTS))).one())

    def _count(self, *_: Any) -> None:
        if self._left is not None and self._left >= 0:
            self._left -= 1
            if self._left < 0:
                self._left = None
                raise Died

    def _do_commit(self, connection: Any) -> None:
        if self._left == AT_COMMIT:
            self._left = None
            connection.rollback()  # what the database does with whom it hears no more of
            raise Died
        self._commit(connection)
