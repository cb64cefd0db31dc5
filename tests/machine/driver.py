"""The real desk under a state machine: how a saying, a tap and a death are handed to it, and what must hold after."""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections import Counter
from collections.abc import Coroutine
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
)
from sqlalchemy import text

from storage.engine import Store, open_store
from tests.fakes import Clock, Office, Seen
from tests.machine import world
from tests.machine.buttons import Shown, shown_in
from tests.machine.frail import Death, FrailDesk
from tests.machine.invariants import broken, late_visits, leaks
from tests.machine.model import Model
from tests.machine.sayings import (
    CALLED,
    SHARED_NAME,
    Report,
    Saying,
)
from tests.machine.told import OPEN, Record, Told

T = TypeVar("T")
QUIET = ("card", "customer", "fields")  # buttons that only show something
TEMPLATE: dict[str, Path] = {}
COUNTED: Counter[str] = Counter()


def template() -> Path:
    """The firm's file, written once."""
    if "it" not in TEMPLATE:
        TEMPLATE["folder"] = Path(tempfile.mkdtemp(prefix="genjin-machine-"))
        TEMPLATE["it"] = TEMPLATE["folder"] / "firm.db"
        asyncio.run(world.found(TEMPLATE["it"]))
    return TEMPLATE["it"]


class DrivenDesk(RuleBasedStateMachine):
    """The real desk on a database of its own, beside the model of what its records should be."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="genjin-machine-")
        self.runner = asyncio.Runner()
        self.store: Store = open_store(world.copied(template(), Path(self.folder.name) / "firm.db"))
        self.clock = Clock(world.BEGIN)
        self.office = Office(self.store, self.clock)
        self.desk = FrailDesk(self.store, self.clock)
        self.office.desk = self.desk  # type: ignore[assignment]
        self.model = Model()
        self.people = {str(number): name for number, name in enumerate(world.PEOPLE, 101)}
        self.chats = {name: chat for chat, name in self.people.items()}
        self.shown: list[Shown] = []
        self.messages: dict[int, str] = {}  # id of a told -> the messenger's id of the message
        self.cards: dict[int, str] = {}  # id of a told -> the messenger's id of its card
        self.quiet: set[int] = set()
        self.last: tuple[str, dict[str, Any]] | None = None

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def teardown(self) -> None:
        self.run(self.store.close())
        self.runner.close()
        self.folder.cleanup()

    # --- what is done

    def _handled(self, seen: list[Seen], told: Told | None = None, undoing: Any = None) -> str:
        """Keep what was shown, learn a new task's number, and give the text that was read."""
        COUNTED["steps"] += 1
        for one in seen:
            note(f"    {one.do} {self.people[one.chat]} {one.text!r} {[button.label for button in one.buttons]}")
        COUNTED["deaths"] += self.desk.died
        self.desk.died, self.desk.deaths = 0, []
        for one in seen:
            read = one.text + " ".join(button.label for button in one.buttons)
            assert (found := leaks(self.people[one.chat], read)) == [], found
        if told is not None:
            own = [one for one in seen if one.do == "send" and self.people[one.chat] == told.by]
            if own and id(told) not in self.cards:
                self.cards[id(told)] = own[0].message
        self.shown += self.run(shown_in(self.store, seen, self.people, told, undoing))
        self._number_tasks()
        return "\n".join(one.text for one in seen)

    def _number_tasks(self) -> None:
        new = [task for task in self.model.records if task.kind == "task" and task.number is None]
        if new:
            known = {task.number for task in self.model.records if task.kind == "task"}
            rows = self.run(self._rows("SELECT id FROM tasks ORDER BY id"))
            fresh = [row.id for row in rows if row.id not in known]
            for task, number in zip(new, fresh, strict=False):
                task.number = number

    async def _rows(self, statement: str) -> list[Any]:
        async with self.store.reading()() as session:
            return list(await session.execute(text(statement)))

    def _any(self, data: Any, these: list[Any]) -> Any:
        """Any of these, by its place from the end."""
        return these[-1 - data.draw(st.integers(0, len(these) - 1))]

    def _day(self, days: int) -> date:
        return self.clock.now.date() + timedelta(days=days)

    def _sizes(self, told_by: str, saying: Saying, about: str = "") -> bool:
        """Whether a report's budget speaks of a deal too: its customer is plain, and the deal is open."""
        if not isinstance(saying, Report):
            return False
        called = saying.customer
        customer = CALLED.get(called) or about or self.model.learnt(told_by)
        return bool(customer) and self.model.values["deal", customer, "stage"] in OPEN

    def _say(self, who: str, saying: Saying, dying: list[Death], **more: Any) -> Told:
        self.clock.forward(minutes=1)
        if getattr(saying, "customer", "") == SHARED_NAME:
            self.clock.forward(hours=3)  # what was spoken of before serves no more
        told = Told(len(self.model.told), who, self.clock.now, saying, self._sizes(who, saying))
        self.desk.deaths = dying
        note(f"{self.clock.now:%d %H:%M} {who}> {saying.words()}")
        seen = self.run(self.office.say(who, saying.words(), **more))
        self.last = (who, {"text": saying.words(), **more, "update_id": self.office._update})
        self.model.say(told, self.clock.now)
        self.messages[id(told)] = more.get("message", str(self.office._update))
        self._handled(seen, told)
        return told

    # --- what must hold

    @invariant()
    def nothing_is_broken(self) -> None:
        assert (found := self.run(broken(self.store, self.quiet))) == [], found
        assert (late := self.run(late_visits(self.store, self.clock.now.date()))) == [], late

    @invariant()
    def records_are_as_the_model_says(self) -> None:
        deals = self.run(
            self._rows(
                "SELECT c.name, d.amount_minor, s.key FROM deals d JOIN customers c ON c.id = d.customer_id "
                "JOIN stages s ON s.id = d.stage_id WHERE d.withdrawn_at IS NULL"
            )
        )
        assert {r[0]: (r[1], r[2]) for r in deals} == self.model.deals(), (deals, self.model.deals())
        visits = self.run(
            self._rows(
                "SELECT u.name, c.name, v.held_on, v.kind, v.budget_minor FROM visits v "
                "JOIN users u ON u.id = v.user_id "
                "JOIN customers c ON c.id = v.customer_id WHERE v.withdrawn_at IS NULL"
            )
        )
        held = sorted(((r[0], r[1], date.fromisoformat(str(r[2])), r[3], r[4]) for r in visits), key=str)
        assert held == self.model.visits(), (held, self.model.visits())
        tasks = self.run(
            self._rows(
                "SELECT t.id, t.title, t.due_on, u.name, t.state FROM tasks t JOIN users u ON u.id = t.assignee_id "
                "WHERE t.withdrawn_at IS NULL ORDER BY t.id"
            )
        )
        there = [(r[0], _bare(r[1]), date.fromisoformat(str(r[2])), r[3], r[4]) for r in tasks]
        wanted = sorted((self._task(task) for task in self.model.tasks()), key=lambda row: row[0] or 0)
        assert there == wanted, (there, wanted)

    def _task(self, task: Record) -> tuple[Any, ...]:
        return (task.number, *(self.model.value_of(task, name) for name in ("title", "due", "assignee", "state")))


def _bare(title: str) -> str:
    """A title without the colleague who was called on: whether that is left in it is not our matter here."""
    return re.sub(rf"^({'|'.join(world.PEOPLE)})", "", title)
