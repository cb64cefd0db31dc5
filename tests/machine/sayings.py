"""What people write in the machine's world: sayings as data, their words, and the plain facts that they state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tests.machine.world import CUSTOMERS

CALLED = {text: name for name, (_, texts, *_) in CUSTOMERS.items() for text in texts if text != "华星"}
SHARED_NAME = "华星"
DEALS = {name: deal for name, (*_, deal) in CUSTOMERS.items()}
STAGES = {"contact": "初步接触", "needs": "需求分析", "proposal": "方案报价", "negotiation": "商务谈判"}
_WAYS = {"onsite": "{on}去了{who}", "phone": "{on}给{who}打了电话", "wechat": "{on}微信联系了{who}"}
WAN = 10_000_00


@dataclass(frozen=True)
class Visit:
    """A contact took place."""

    customer: str
    day: date
    channel: str
    budget: int | None


@dataclass(frozen=True)
class Amount:
    """A deal is worth so much, in minor units."""

    customer: str
    amount: int


@dataclass(frozen=True)
class Stage:
    """A deal goes to a stage; `won` and `lost` close it."""

    customer: str
    stage: str


@dataclass(frozen=True)
class Todo:
    """Something is to be done by a day; `assignee` "" is whoever says it."""

    customer: str
    title: str
    due: date
    assignee: str = ""


@dataclass(frozen=True)
class Set:
    """A field of a task gets a value: state, due, title, assignee."""

    task: int
    field: str
    value: Any


Fact = Visit | Amount | Stage | Todo | Set


def _on(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _wan(minor: int) -> str:
    return f"{minor // WAN}万"


@dataclass(frozen=True)
class Report:
    """A visit, with a budget and a next step where there are such."""

    customer: str
    day: date
    channel: str = "onsite"
    budget: int | None = None
    todo: str = ""
    due: date | None = None

    def words(self) -> str:
        """As somebody would write it."""
        text = _WAYS[self.channel].format(on=_on(self.day), who=self.customer)
        text += f",预算{_wan(self.budget)}" if self.budget is not None else ""
        return text + (f"。{_on(self.due)}前{self.todo}" if self.due else "")

    def facts(self, *, sizes: bool) -> list[Fact]:
        """What it states; `sizes`: of a deal that it plainly means, the budget is the amount."""
        found: list[Fact] = [Visit(self.customer, self.day, self.channel, self.budget)]
        if sizes and self.budget is not None:
            found.append(Amount(self.customer, self.budget))
        return found + ([Todo(self.customer, self.todo, self.due)] if self.due else [])


@dataclass(frozen=True)
class Sized:
    """The amount of a deal."""

    customer: str
    amount: int

    def words(self) -> str:
        """As somebody would write it."""
        return f"{self.customer}{DEALS[CALLED[self.customer]]}金额是{_wan(self.amount)}"

    def facts(self, *, sizes: bool) -> list[Fact]:
        """What it states."""
        return [Amount(self.customer, self.amount)]


@dataclass(frozen=True)
class Moved:
    """A deal goes to a stage, or is closed."""

    customer: str
    stage: str

    def words(self) -> str:
        """As somebody would write it."""
        closing = {"won": "签了", "lost": "丢单了"}
        return self.customer + (closing.get(self.stage) or f"推进到{STAGES[self.stage]}")

    def facts(self, *, sizes: bool) -> list[Fact]:
        """What it states."""
        return [Stage(self.customer, self.stage)]


@dataclass(frozen=True)
class Planned:
    """A task of one's own or for a colleague."""

    todo: str
    due: date
    assignee: str = ""

    def words(self) -> str:
        """As somebody would write it."""
        return f"@{self.assignee} {_on(self.due)}前{self.todo}" if self.assignee else f"{_on(self.due)}前{self.todo}"

    def facts(self, *, sizes: bool) -> list[Fact]:
        """What it states."""
        return [Todo("", self.todo, self.due, self.assignee)]


@dataclass(frozen=True)
class Settled:
    """A task is done, goes to another day, is called something else, or goes to somebody else."""

    task: int
    field: str
    value: Any

    def words(self) -> str:
        """As somebody would write it."""
        match self.field:
            case "state":
                return f"#{self.task}完成"
            case "due":
                return f"#{self.task}改到{_on(self.value)}"
            case "title":
                return f"#{self.task}改名为{self.value}"
            case _:
                return f"#{self.task}交给{self.value}"

    def facts(self, *, sizes: bool) -> list[Fact]:
        """What it states."""
        return [Set(self.task, self.field, self.value)]


@dataclass(frozen=True)
class Joke:
    """Nothing that anybody would note."""

    text: str = "哈哈今天天气真好"

    def words(self) -> str:
        """As somebody would write it."""
        return self.text

    def facts(self, *, sizes: bool) -> list[Fact]:
        """What it states."""
        return []


Saying = Report | Sized | Moved | Planned | Settled | Joke


@dataclass(frozen=True)
class Correction:
    """Words that mend a saying: one value of it for another."""

    field: str  # budget, amount, due, day, customer
    right: Any
    wrong: Any = None

    def words(self) -> str:
        """As somebody would write it."""
        match self.field:
            case "customer":
                return f"客户错了,是{self.right}"
            case "budget" | "amount":
                return f"不是{_wan(self.wrong)}是{_wan(self.right)}"
            case _ if self.wrong is None:
                return f"改成{_on(self.right)}"
            case _:
                return f"不是{_on(self.wrong)}是{_on(self.right)}"

    def mended(self, saying: Any) -> Any:
        """The saying as it is meant."""
        name = "value" if isinstance(saying, Settled) else self.field
        return replace(saying, **{name: self.right})
