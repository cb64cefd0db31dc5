"""What a message was read as while it is scanned for a narrowed list, and what fits the list that it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from crm.filters import Condition
from nlu.filters.marks import INDUSTRY, Layout, Mark
from nlu.filters.sort import Top

OF_A_RECORD = frozenset({"place", "industry", "tier", "source"})  # 浙江 制造业 may be told of a customer, too
OF_PEOPLE = frozenset({"birthday", "role"})
DEAL_ALONE = frozenset({"amount", "closing", "closed", "outcome", "stage", "competitor", "stalled"})
LACKS = re.compile(r"(?:没有|缺少?|无)[一-鿿]{2,4}")
ENGLISH = re.compile(r"[a-z]{3}")
SORTED = ("customers", "deals")
DATED = ("visits", "tasks")
UNFIT = {  # what a list cannot be narrowed by; a customer's own things can narrow what is of customers
    "customers": ("at", "overdue", "done"),
    "deals": ("overdue", "done"),
    "contact": ("at", "overdue", "done"),
    "visits": ("overdue", "done"),
    "tasks": (),
}
OPEN = Condition("outcome", ("open",))
OF_CUSTOMERS = ("contact", "visits", "tasks")


@dataclass
class Scan:
    """What a message was read as; `rest` are the parts that were not understood, as [start, end) of the layout, and
    `said` where the condition of the same place in `conditions` is told.
    """

    layout: Layout
    conditions: list[Condition] = field(default_factory=list)
    said: list[tuple[int, int]] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    users: list[Mark] = field(default_factory=list)
    names_customer: bool = False
    team: str = ""
    sort: str = ""
    ordered: tuple[int, int] = (0, 0)  # where the order is told
    top: Top | None = None  # so many of the first
    period: tuple[date | None, date | None] = (None, None)  # of visits held and tasks due
    flags: list[str] = field(default_factory=list)  # of tasks: overdue, done
    rest: list[tuple[int, int]] = field(default_factory=list)
    is_unfit: bool = False  # something was understood that cannot narrow this list
    last: str = ""  # what the message ends with: condition, noun, sort, small or rest
    ends_in_of: bool = False

    @property
    def has_unknown_alone(self) -> bool:
        """Whether nothing narrows the list but what nobody knows: 蓝色客户的待办, 没有预算的商机."""
        return bool(self.rest) and (len(set(self.topics)) > 1 or self.is_unfit or self.lacks_unknown)

    @property
    def lacks_unknown(self) -> bool:
        """Whether all that was not understood is one thing that is not there."""
        return len(self.rest) == 1 and LACKS.fullmatch(self.layout.text, *self.rest[0]) is not None

    @property
    def topic(self) -> str:
        """What the list is of: what the last noun says, else what its conditions are of."""
        if self.layout.text.rstrip().endswith(INDUSTRY) and not (self.topics and ENGLISH.search(self.layout.text)):
            return "customers"  # 有50万以上商机的医院
        if self.topics:
            is_first = self.topics[0] in OF_CUSTOMERS and ENGLISH.search(self.layout.text)  # tasks of key accounts
            return self.topics[0 if is_first else -1]
        if any(condition.name in OF_PEOPLE for condition in self.conditions):
            return "contact"
        is_of_deals = any(condition.name in DEAL_ALONE for condition in self.conditions)
        return "deals" if is_of_deals and not any(c.name == "industry" for c in self.conditions) else "customers"


def fit(found: Scan) -> None:
    """Take what cannot narrow the list out of its conditions, as not understood; a bare time is what its topic has."""
    topic, told = found.topic, list(zip(found.conditions, found.said, strict=True))
    is_over = any(c.name == "outcome" and c != OPEN for c in found.conditions)
    found.conditions, found.said = [], []
    for condition, span in told:
        if condition.name in UNFIT[topic] or (condition.name == "created" and _is_new_itself(found, topic)):
            found.rest.append(span)
            found.is_unfit = found.is_unfit or condition.name != "at"
        elif topic in DATED and _dates(condition, found):
            found.period = condition.values
        elif topic == "tasks" and condition.name in ("overdue", "done"):
            found.flags.append(condition.name)
        elif topic == "tasks" and condition == OPEN:
            continue  # tasks are open unless they are said to be done
        else:
            bare = "closed" if is_over else "closing"
            found.conditions.append(replace(condition, name=bare) if condition.name == "at" else condition)
            found.said.append(span)
    if found.sort and topic not in SORTED:
        found.rest.append(found.ordered)
        found.sort, found.is_unfit = "", True
    _fit_top(found, topic)
    found.rest = list(_joined(sorted(found.rest), found.layout.text))


def _is_new_itself(found: Scan, topic: str) -> bool:
    """Whether the people, visits or tasks are said to be new, of which nothing is kept: not 新增客户的任务."""
    return topic in OF_CUSTOMERS and "customers" not in found.topics


def _dates(condition: Condition, found: Scan) -> bool:
    """Whether a time is when a visit was held or a task is due: 上周拜访过的客户的拜访 tells of the customers."""
    if condition.is_denied or condition.name not in ("at", "closing", "contacted"):
        return False
    return condition.name != "contacted" or (found.topic == "visits" and "customers" not in found.topics)


def _fit_top(found: Scan, topic: str) -> None:
    """The first so many need an order: 五个商机 alone are none."""
    top = found.top
    if top is None:
        return
    if topic in SORTED and (top.is_led or found.sort):
        found.sort = found.sort or "-amount"
        return
    found.top = None
    if top.count > 1:
        found.rest.append((top.start, top.end))


def _joined(spans: list[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    """Spans in order, those that only blanks part as one."""
    last: tuple[int, int] | None = None
    for start, end in spans:
        if last is not None and not text[last[1] : start].strip():
            last = (last[0], max(end, last[1]))
        else:
            if last is not None:
                yield last
            last = (start, end)
    if last is not None:
        yield last
