"""What the records should hold, as a person would reckon it: every message has its say, and can take it back.

A field's value is the last word that stands; a word taken back gives the field what it was before, unless somebody
has said something of it since. Independent of the desk: it knows sayings and facts, no readings, rows or cards.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from tests.machine import world
from tests.machine.sayings import CALLED, DEALS, SHARED_NAME, Amount, Fact, Saying, Set, Stage, Todo, Visit
from tests.machine.told import ASKED_FOR, OPEN, Field, Question, Record, Told, Undoing, Word


class Model:
    """The world as it should be."""

    def __init__(self) -> None:
        self.told: list[Told] = []
        self.words: dict[Field, list[Word]] = {}
        self.values: dict[Field, Any] = {}
        self.records: list[Record] = []
        self.clock = 0
        for name, deal in DEALS.items():
            self.values["deal", name, "amount"] = world.AMOUNTS[deal]
            self.values["deal", name, "stage"] = "contact"

    # --- who may what

    def sees(self, who: str, customer: str) -> bool:
        """Whether somebody may write about a customer."""
        owner = world.CUSTOMERS[customer][0]
        return who in (owner, world.SHARED.get(customer), "周岚", "何远征")

    def _may(self, who: str, task: Record) -> bool:
        people = (self.value_of(task, "assignee"), task.told.by)
        return who in people or who == "何远征" or (who == "周岚" and bool({"李娜", "王磊"} & set(people)))

    # --- names

    def customer_meant(self, who: str, called: str) -> str:
        """The customer that a name means to somebody, "" where it is open."""
        if called != SHARED_NAME:
            return CALLED.get(called, called)
        seen = [name for name in world.CUSTOMERS if SHARED_NAME in world.CUSTOMERS[name][1] and self.sees(who, name)]
        return seen[0] if len(seen) == 1 else self.learnt(who)

    def learnt(self, who: str) -> str:
        """What the shared name means to somebody since they chose."""
        found = [r for r in self.records if r.kind == "name" and r.stands and r.values["who"] == who]
        return str(found[-1].values["customer"]) if found else ""

    # --- values

    def value_of(self, task: Record, name: str) -> Any:
        """A field of a task."""
        return self.values["task", id(task), name]

    def task(self, number: int) -> Record | None:
        """The standing task of a number."""
        return next((r for r in self.records if r.kind == "task" and r.number == number and r.stands), None)

    def tick(self) -> int:
        """The next moment in the order of what happened."""
        self.clock += 1
        return self.clock

    # --- a message says something

    def say(self, told: Told, now: datetime) -> None:
        """A message is handled for the first time."""
        self._tell(told, told.saying, now, fixed=set())
        told.has_card = bool(told.wrote or told.asks)
        self.told.append(told)

    def retell(self, told: Told, saying: Saying, now: datetime, *, sizes: bool | None = None) -> bool:
        """A message means something else now; whether something that others said since was left as it is."""
        told.sizes = told.sizes if sizes is None else sizes
        told.saying = saying
        new = {type(fact): fact for fact in saying.facts(sizes=told.sizes)}
        same = {kind for kind in new if new[kind] == told.known.get(kind)} if not told.is_undone else set()
        told.is_undone = False
        keeps_name = getattr(saying, "customer", "") == SHARED_NAME
        back = self._take_back(told, [i for i in told.wrote if i.fact not in same and not (keeps_name and i.is_name)])
        told.asks = {kind: ask for kind, ask in told.asks.items() if kind in same}
        fixed = {item.place for item in told.wrote if isinstance(item, Word)}
        left = [item for item in told.wrote if isinstance(item, Record) and item.fact not in same]
        earlier = [r for r in reversed(self.records) if r.told is told and not r.stands and r not in back.records]
        self._tell(told, saying, now, fixed=fixed, same=same, former=[*left, *back.records, *earlier])
        told.version += 1
        return back.kept

    def _tell(
        self,
        told: Told,
        saying: Saying,
        now: datetime,
        *,
        fixed: set[Field],
        same: Iterable[type] = (),
        former: Iterable[Record] = (),
    ) -> None:
        facts = saying.facts(sizes=told.sizes)
        told.known = {type(fact): fact for fact in facts}
        asked = set(told.asks.values())
        pool = list(former)
        for fact in facts:
            if type(fact) not in same:
                self._state(told, fact, fixed, pool)
        if set(told.asks.values()) - asked:
            told.expires = now + ASKED_FOR

    def _state(self, told: Told, fact: Fact, fixed: set[Field], pool: list[Record]) -> None:
        customer = ""
        if getattr(fact, "customer", ""):
            customer = self.customer_meant(told.by, str(getattr(fact, "customer", ""))) or told.chosen
            if not customer:
                told.asks[type(fact)] = Question("customer", fact)
                return
            if not self.sees(told.by, customer):
                return
        match fact:
            case Visit():
                values = {"customer": customer, "day": fact.day, "channel": fact.channel, "budget": fact.budget}
                self._make(told, Visit, "visit", values | {"who": told.by}, pool)
            case Todo():
                self._plan(told, fact, fixed, pool)
            case Amount():
                self._size(told, fact, customer, fixed)
            case Stage():
                self._move(told, fact, customer, fixed)
            case Set():
                self._settle(told, fact, fixed)

    def _make(self, told: Told, fact: type, kind: str, values: dict[str, Any], pool: list[Record]) -> Record:
        record = next((r for r in pool if r.kind == kind), None)
        if record is None:
            record = Record(told, fact, kind, values, self.tick())
            self.records.append(record)
        else:
            pool.remove(record)
            record.values, record.at = values, self.tick()
        record.stands = True
        if record not in told.wrote:
            told.wrote.append(record)
        return record

    def _plan(self, told: Told, fact: Todo, fixed: set[Field], pool: list[Record]) -> None:
        was_left = next((r for r in pool if r.kind == "task" and r.stands), None)
        told_of = {"title": fact.title, "due": fact.due, "assignee": fact.assignee or told.by, "state": "open"}
        if was_left is not None:
            pool.remove(was_left)
            for name, value in told_of.items():
                place = ("task", id(was_left), name)
                if not self._others(place, told):
                    self.write(told, Todo, place, value, fixed)
            return
        record = self._make(told, Todo, "task", {}, pool)
        for name, value in told_of.items():
            self.values["task", id(record), name] = value

    def _size(self, told: Told, fact: Amount, customer: str, fixed: set[Field]) -> None:
        place = ("deal", customer, "amount")
        before = self.values[place]
        if self.values["deal", customer, "stage"] not in OPEN or before == fact.amount:
            return
        is_large = before is not None and abs(fact.amount - before) * 5 > before
        if is_large and not self._answered(told, Question("amount", fact, before)):
            return
        self.write(told, Amount, place, fact.amount, fixed)

    def _move(self, told: Told, fact: Stage, customer: str, fixed: set[Field]) -> None:
        place = ("deal", customer, "stage")
        if self.values[place] not in OPEN or self.values[place] == fact.stage:
            return
        if fact.stage not in OPEN and not self._answered(told, Question("close", fact)):
            return
        self.write(told, Stage, place, fact.stage, fixed)

    def _settle(self, told: Told, fact: Set, fixed: set[Field]) -> None:
        task = self.task(fact.task)
        if task is None or not self._may(told.by, task):
            return
        if fact.field != "state" and self.value_of(task, "state") != "open":
            return
        self.write(told, Set, ("task", id(task), fact.field), fact.value, fixed)

    def _answered(self, told: Told, question: Question) -> bool:
        """Whether a question is answered with yes; else it is asked, unless it was answered with no."""
        if question in told.answers:
            return bool(told.answers[question])
        told.asks[type(question.fact)] = question
        return False

    def write(self, told: Told, fact: type, place: Field, value: Any, fixed: set[Field]) -> None:
        """A message has its say about a field."""
        if place in fixed or self.values[place] == value:
            return
        word = Word(told, fact, place, self.values[place], value, self.tick())
        self.values[place] = value
        self.words.setdefault(place, []).append(word)
        told.wrote.append(word)

    # --- taking back

    def _others(self, place: Field, told: Told, since: int = 0) -> bool:
        return any(word.told is not told and word.at > since for word in self.words.get(place, ()))

    def _is_built_upon(self, record: Record) -> bool:
        names = ("title", "due", "assignee", "state")
        return record.kind == "task" and any(self._others(("task", id(record), n), record.told) for n in names)

    def _take_back(self, told: Told, items: list[Word | Record]) -> Undoing:
        done = Undoing(told, told.version, self.tick())
        for item in reversed(items):
            if isinstance(item, Word):
                if self._others(item.place, told, item.at):
                    done.kept = True
                    continue
                self.values[item.place] = item.before
                self.words[item.place].remove(item)
                done.words.insert(0, item)
            elif self._is_built_upon(item):
                done.kept = True
                continue
            else:
                item.stands = False
                done.records.insert(0, item)
            told.wrote.remove(item)
        return done

    def undo(self, told: Told) -> Undoing | None:
        """Take a message back; None where nothing of it stands."""
        if not told.wrote:
            return None
        done = self._take_back(told, list(told.wrote))
        if done.words or done.records:
            told.is_undone = True
        return done

    def redo(self, done: Undoing) -> bool | None:
        """Put an undoing back; whether something was left as others said since. None where there is nothing."""
        told = done.told
        if done.is_spent or done.version != told.version or not told.is_undone:
            return None
        done.is_spent, told.is_undone, kept = True, False, False
        for record in done.records:
            record.stands, record.at = True, self.tick()
            told.wrote.append(record)
        for word in done.words:
            if self._others(word.place, told, done.at):
                kept = True
            else:
                self.write(told, word.fact, word.place, word.after, set())
        return kept

    def last_of(self, who: str) -> Told | None:
        """The message of somebody that wrote last, of what stands."""
        mine = [(item.at, told) for told in self.told if told.by == who for item in told.wrote]
        return max(mine, key=lambda pair: pair[0])[1] if mine else None

    # --- answers

    def is_asked(self, told: Told, question: Question, now: datetime) -> bool:
        """Whether a message still waits for that answer."""
        waits = question in told.asks.values() and not told.is_undone
        return waits and told.expires is not None and now < told.expires

    def answer(self, told: Told, question: Question, decision: Any) -> None:
        """A question is answered: a customer, yes or no."""
        group = [q for q in told.asks.values() if q.kind == question.kind]
        if question.kind == "customer":
            told.chosen = decision
            self._make(told, Visit, "name", {"who": told.by, "customer": decision}, [])
        for one in group:
            told.asks = {kind: ask for kind, ask in told.asks.items() if ask != one}
            if question.kind != "customer":
                told.answers[one] = decision
            if decision:
                self._state(told, one.fact, set(), [])

    # --- what should be there

    def deals(self) -> dict[str, tuple[int | None, str]]:
        """Amount and stage of each customer's deal."""
        return {name: (self.values["deal", name, "amount"], self.values["deal", name, "stage"]) for name in DEALS}

    def visits(self) -> list[tuple[str, str, date, str, int | None]]:
        """Who visited whom when, how, and with what budget."""
        found = [r.values for r in self.records if r.kind == "visit" and r.stands]
        return sorted(((v["who"], v["customer"], v["day"], v["channel"], v["budget"]) for v in found), key=str)

    def tasks(self) -> list[Record]:
        """The standing tasks."""
        return [r for r in self.records if r.kind == "task" and r.stands]
