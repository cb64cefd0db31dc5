"""Random people write, edit, correct, tap and undo while the desk dies under them: the records are as a model says."""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections import Counter
from collections.abc import Coroutine
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text

from jobs.expire_questions import expire_questions
from storage.engine import Store, open_store
from tests.fakes import Clock, Office, Seen
from tests.machine import world
from tests.machine.buttons import Shown, shown_in
from tests.machine.frail import AT_COMMIT, Death, FrailDesk
from tests.machine.invariants import broken, late_visits, leaks
from tests.machine.model import MENDABLE, OPEN, Model, Record, Told
from tests.machine.sayings import (
    CALLED,
    SHARED_NAME,
    STAGES,
    WAN,
    Correction,
    Joke,
    Moved,
    Planned,
    Report,
    Saying,
    Settled,
    Sized,
)

T = TypeVar("T")
people = st.sampled_from(["李娜", "李娜", "周岚", "周岚", "王磊", "何远征"])
names = st.sampled_from(["华信", "华信", "深圳华星", "杭州华星"])
sums = st.sampled_from([70, 80, 85, 90, 120, 300]).map(lambda wan: wan * WAN)
titles = st.sampled_from(["发报价", "寄样品", "整理合同", "安排演示"])
ahead = st.integers(1, 12)
back = st.integers(0, 3)
channels = st.sampled_from(["onsite", "phone", "wechat"])
one_death = st.builds(Death, statement=st.integers(AT_COMMIT, 40), restarts=st.booleans())
deaths: st.SearchStrategy[list[Death]] = st.one_of(
    st.just([]), st.just([]), st.lists(one_death, min_size=1, max_size=2)
)
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


class DeskMachine(RuleBasedStateMachine):
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

    # --- rules: people say things

    @rule(who=people, called=st.one_of(names, st.just(SHARED_NAME)), days=back, channel=channels,
          budget=st.none() | sums, todo=titles, due=st.none() | ahead, dying=deaths)  # fmt: skip
    def reports(  # noqa: PLR0917 - what hypothesis draws
        self, who: str, called: str, days: int, channel: str, budget: int | None, todo: str,
        due: int | None, dying: list[Death],
    ) -> None:  # fmt: skip
        report = Report(called, self._day(-days), channel, budget)
        self._say(who, replace(report, todo=todo, due=self._day(due)) if due else report, dying)

    @rule(who=people, called=names, amount=sums, dying=deaths)
    def sizes(self, who: str, called: str, amount: int, dying: list[Death]) -> None:
        self._say(who, Sized(called, amount), dying)

    @rule(who=people, called=names, stage=st.sampled_from([*STAGES, "won", "lost"]), dying=deaths)
    def moves(self, who: str, called: str, stage: str, dying: list[Death]) -> None:
        if called == "杭州华星" and stage not in ("contact", "needs", "lost"):
            stage = "needs"  # nobody knows its amount, which the later stages want
        self._say(who, Moved(called, stage), dying)

    @rule(who=people, todo=titles, due=ahead, to=st.sampled_from(["", "李娜", "王磊"]), dying=deaths)
    def plans(self, who: str, todo: str, due: int, to: str, dying: list[Death]) -> None:
        self._say(who, Planned(todo, self._day(due), to), dying)

    def _numbers(self) -> list[int]:
        return [t.number for t in self.model.records if t.kind == "task" and t.number is not None]

    @precondition(lambda self: self._numbers())
    @rule(who=people, data=st.data(), field=st.sampled_from(["state", "due", "title", "assignee"]), todo=titles,
          due=ahead, to=st.sampled_from(["李娜", "王磊"]), dying=deaths)  # fmt: skip
    def settles(  # noqa: PLR0917 - what hypothesis draws
        self, who: str, data: Any, field: str, todo: str, due: int, to: str, dying: list[Death]
    ) -> None:
        number = self._any(data, self._numbers())
        value = {"state": "done", "due": self._day(due), "title": todo + "终稿", "assignee": to}[field]
        self._say(who, Settled(number, field, value), dying)

    # --- rules: people think again

    def _mine(self) -> list[Told]:
        return [told for told in self.model.told if id(told) in self.messages]

    @precondition(lambda self: self._mine())
    @rule(data=st.data(), dying=deaths)
    def edits(self, data: Any, dying: list[Death]) -> None:
        told = self._any(data, self._mine()[-8:])
        saying = data.draw(self._other(told))
        self.clock.forward(minutes=1)
        self.desk.deaths = dying
        about = self._about(told)
        sizes = self._sizes(told.by, saying, about)
        note(f"{self.clock.now:%d %H:%M} {told.by} edits {told.saying.words()} -> {saying.words()}")
        seen = self.run(self.office.edit(told.by, saying.words(), message=self.messages[id(told)]))
        if not told.has_card:
            self._told_by_edit(told, saying, seen)
            return
        if saying.words() == told.saying.words() and not told.is_undone:
            self.quiet.add(self.run(self._rows("SELECT max(id) AS id FROM inbox"))[0].id)
        elif self.clock.now - told.at <= MENDABLE:
            COUNTED["edit" if saying.facts(sizes=False) else "edit to a joke"] += 1
            if about and not told.chosen:
                told.chosen = about
            self.model.retell(told, saying, self.clock.now, sizes=sizes)
        self._handled(seen, told)

    def _about(self, told: Told) -> str:
        """The customer that the shared name was found to mean in a message."""
        if getattr(told.saying, "customer", "") != SHARED_NAME:
            return ""
        return told.chosen or self.model.customer_meant(told.by, SHARED_NAME)

    def _told_by_edit(self, told: Told, saying: Saying, seen: list[Seen]) -> None:
        """A message that wrote nothing is read as it is now."""
        message = self.messages.pop(id(told))
        new = Told(len(self.model.told), told.by, self.clock.now, saying, self._sizes(told.by, saying))
        self.model.say(new, self.clock.now)
        self.messages[id(new)] = message
        self._handled(seen, new)

    def _other(self, told: Told) -> st.SearchStrategy[Any]:
        """What a message may be edited into: a part changed or dropped, another thing, a joke."""
        saying, today = told.saying, told.at.date() if told.has_card else self.clock.now.date()
        days = st.integers(1, 12).map(lambda n: today + timedelta(days=n))
        past = st.integers(0, 3).map(lambda n: today - timedelta(days=n))
        called = st.sampled_from([*CALLED, *([SHARED_NAME] if self._is_plain(told) else [])])
        reports = st.builds(Report, called, past, channels, st.none() | sums)
        ways = [st.just(saying), st.just(Joke()), reports, st.builds(Sized, names, sums)]
        if isinstance(saying, Report):
            ways += [
                sums.map(lambda amount: replace(saying, budget=amount)),
                st.just(replace(saying, budget=None)),
                st.just(replace(saying, due=None, todo="")),
                st.builds(lambda due, todo: replace(saying, due=due, todo=todo), days, titles),
                past.map(lambda day: replace(saying, day=day)),
                names.map(lambda name: replace(saying, customer=name)),
            ]
        if (isinstance(saying, Settled) and saying.field == "due") or isinstance(saying, Planned):
            name = "value" if isinstance(saying, Settled) else "due"
            ways.append(days.map(lambda due: replace(saying, **{name: due})))  # type: ignore[arg-type]
        if isinstance(saying, Sized):
            ways.append(sums.map(lambda amount: replace(saying, amount=amount)))
        return st.one_of(ways)

    def _still_asked(self, told: Told, question: Any) -> bool:
        return self.model.is_asked(told, question, self.clock.now)

    def _is_plain(self, told: Told) -> bool:
        return told.has_card and getattr(told.saying, "customer", "") == SHARED_NAME

    @precondition(lambda self: any(told.has_card for told in self.model.told))
    @rule(data=st.data(), replies=st.booleans(), dying=deaths)
    def corrects(self, data: Any, replies: bool, dying: list[Death]) -> None:
        carded = [told for told in self.model.told if told.has_card]
        told = self._any(data, carded[-8:])
        ways = self._corrections(told.saying)
        self.clock.forward(minutes=1)
        if not ways or (replies and id(told) not in self.cards):
            return
        said: Correction = data.draw(st.one_of(ways))
        if not replies and self._meant(told.by, said) is not told:
            return
        self.desk.deaths = dying
        more = {"reply_to": self.cards[id(told)]} if replies else {}
        note(f"{self.clock.now:%d %H:%M} {told.by}> {said.words()} {'(reply)' if replies else ''}")
        seen = self.run(self.office.say(told.by, said.words(), **more))
        if not told.is_undone and self.clock.now - told.at <= MENDABLE:
            COUNTED[f"corrected {said.field}"] += 1
            self.model.retell(told, said.mended(told.saying), self.clock.now)
        self._handled(seen, told)

    def _meant(self, who: str, said: Correction) -> Told | None:
        """The message that a correction means which replies to none: the last that holds what is wrong, or the last."""
        carded = [told for told in self.model.told if told.by == who and told.has_card]
        late = self.clock.now - timedelta(hours=24)
        last = sorted((t for t in carded if t.at >= late), key=lambda t: (t.at, t.number), reverse=True)[:5]
        held = [told for told in last if not told.is_undone and said.wrong is not None and self._holds(told, said)]
        return next(iter([*held, *last]), None)

    def _holds(self, told: Told, said: Correction) -> bool:
        values = {getattr(told.saying, name, None) for name in ("budget", "amount", "day", "due", "value")}
        return said.wrong in values

    def _corrections(self, saying: Saying) -> list[st.SearchStrategy[Correction]]:
        """The ways in which a saying can be mended in words."""
        ways: list[st.SearchStrategy[Correction]] = []
        days = ahead.map(self._day)
        if isinstance(saying, Report | Sized):
            name = "budget" if isinstance(saying, Report) else "amount"
            wrong = getattr(saying, name)
            if wrong is not None:
                ways.append(sums.map(lambda right: Correction(name, right, wrong)))
        if isinstance(saying, Report):
            ways.append(back.map(lambda n: Correction("day", self._day(-n), saying.day)))
            ways.append(names.map(lambda name: Correction("customer", name)))
        due = getattr(saying, "due", None) or (
            saying.value if isinstance(saying, Settled) and saying.field == "due" else None
        )
        if due:
            ways.append(days.map(lambda right: Correction("due", right)))
            ways.append(days.map(lambda right: Correction("due", right, due)))
        return ways

    @rule(who=people, dying=deaths)
    def undoes_in_words(self, who: str, dying: list[Death]) -> None:
        self.clock.forward(minutes=1)
        self.desk.deaths = dying
        last = self.model.last_of(who)
        asked = [
            told
            for told in self.model.told
            if told.by == who and any(self.model.is_asked(told, q, self.clock.now) for q in told.asks.values())
        ]
        note(f"{self.clock.now:%d %H:%M} {who}> 撤销")
        seen = self.run(self.office.say(who, "撤销"))
        told = last
        if asked and (last is None or asked[-1].number > last.number):
            told = asked[-1]
        if told is None:
            self._handled(seen)
            return
        done = self.model.undo(told)
        if done is None:
            told.is_undone = True
        read = self._handled(seen, None if done is None else told, done)
        COUNTED["undone, some kept" if done and done.kept else "undone"] += 1
        assert bool(done and done.kept) is ("没有动" in read or "没有撤" in read), read

    # --- rules: people tap

    @precondition(lambda self: self.shown)
    @rule(data=st.data(), dying=deaths)
    def taps(self, data: Any, dying: list[Death]) -> None:
        does = data.draw(st.sampled_from(["answer", "redo", "undo", ""]))
        shown = [one for one in self.shown if one.does == does] or [one for one in self.shown if one.does in QUIET]
        if not shown:
            return
        button: Shown = self._any(data, self._any(data, [shown[-3:], shown[-3:], shown]))
        who = data.draw(st.sampled_from([button.who, button.who, button.who, *world.PEOPLE]))
        self.clock.forward(minutes=1)
        self.desk.deaths = dying
        note(f"{self.clock.now:%d %H:%M} {who} taps {button} of {button.told}")
        seen = self.run(self._tap(button, who))
        told, undoing = button.told, None
        COUNTED[f"tap {button.does}" if who == button.who else "tap of another"] += 1
        if who != button.who:
            self._handled(seen)
            return
        if button.does == "undo" and told is not None:
            undoing = self.model.undo(told)
        elif button.does == "redo" and button.undoing is not None:
            COUNTED["redone" if self.model.redo(button.undoing) is not None else "not redone"] += 1
        elif (asked := button.question) is not None and told is not None and self._still_asked(told, asked):
            COUNTED[f"answered {asked.kind}"] += 1
            self.model.answer(told, asked, button.decision)
        self._handled(seen, told, undoing)

    async def _tap(self, button: Shown, who: str) -> list[Seen]:
        return await self.office._handle(
            kind="tap",
            button=button.token,
            tap="tap",
            chat=button.chat,
            speaker=self.chats[who],
            message=button.message,
        )

    # --- rules: the world goes on

    @rule(hours=st.sampled_from([0.4, 1, 5, 25, 60]), repeats=st.booleans())
    def time_passes(self, hours: float, repeats: bool) -> None:
        if repeats and self.last is not None:
            who, what = self.last
            before = self.run(self.desk._counts())
            self.run(self.office.say(who, **what))
            assert self.run(self.desk._counts()) == before
        self.clock.forward(hours=hours)
        self.run(expire_questions(self.store, self.clock.now))

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


def test_whatever_people_do_the_records_are_what_a_model_says() -> None:
    bounded = settings(
        max_examples=12, stateful_step_count=20, deadline=None, derandomize=True, database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )  # fmt: skip
    run_state_machine_as_test(DeskMachine, settings=bounded)
